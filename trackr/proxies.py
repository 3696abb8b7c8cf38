"""Reverse proxies: what they say about a request is believed of those that the settings trust, and of nobody else."""

import ipaddress
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.middleware.proxy_fix import ProxyFix

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Whatever a proxy may say, in all its dialects.
CLAIMS = tuple(
    f"HTTP_{name}"
    for name in (
        "FORWARDED",
        "X_FORWARDED_BY",
        "X_FORWARDED_FOR",
        "X_FORWARDED_HOST",
        "X_FORWARDED_PORT",
        "X_FORWARDED_PREFIX",
        "X_FORWARDED_PROTO",
    )
)


def believe(app: WSGIApplication, trusted: Iterable[str]) -> WSGIApplication:
    """Wrap an application so that it sees the address, scheme and host that the client used.

    `trusted` are networks. Requests of other peers lose their X-Forwarded-… headers. Where trusted proxies stand in
    a row, the client is the last address that is not one of them.
    """
    networks = [ipaddress.ip_network(network) for network in trusted]

    def is_trusted(text: str) -> bool:
        address = _address(text)
        return address is not None and any(address in network for network in networks)

    def wrapped(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not is_trusted(environ["REMOTE_ADDR"]):
            for claim in CLAIMS:
                environ.pop(claim, None)
            return app(environ, start_response)
        chain = [part.strip() for part in environ.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        steps = 1
        while steps < len(chain) and is_trusted(chain[-steps]):
            steps += 1
        if _address(chain[-steps]) is None:
            steps = 0  # "unknown", or nonsense: the proxy's own address says more
        return ProxyFix(app, x_for=steps, x_proto=1, x_host=1)(environ, start_response)

    return wrapped


def _address(text: str) -> Address | None:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    # The peer of a socket for both protocols; networks are written in the shape people know.
    return getattr(address, "ipv4_mapped", None) or address

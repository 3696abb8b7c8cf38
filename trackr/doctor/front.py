"""What stands in front of Trackr, as far as the settings tell: nothing is asked of the network."""

import ipaddress
from collections.abc import Iterator

from trackr.doctor.finding import Finding, hint, ok
from trackr.settings import Settings


def examine(settings: Settings) -> Iterator[Finding]:
    everybody = [network for network in settings.trusted_proxies if ipaddress.ip_network(network).prefixlen == 0]
    if everybody:
        yield hint(
            "proxy",
            f"TRACKR_TRUSTED_PROXIES has {everybody[0]}, which is everybody: whoever reaches the port can pass for any"
            " address. Name the proxies alone",
        )
    elif settings.base_url and settings.base_url.startswith("https:") and not settings.trusted_proxies:
        yield hint(
            "proxy",
            f"people open {settings.base_url}, so a proxy stands in front, but TRACKR_TRUSTED_PROXIES names none:"
            " all requests seem to come from it. Name it, such as 127.0.0.1",
        )
    else:
        yield ok("proxy", _told(settings))


def _told(settings: Settings) -> str:
    address = f"people open {settings.base_url}" if settings.base_url else "TRACKR_BASE_URL is not set"
    return f"{address}, and {', '.join(settings.trusted_proxies) or 'no proxy'} is believed"

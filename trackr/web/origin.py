"""Requests for another host, and writes from other sites, are refused: by headers that no page of theirs can forge."""

import re
from urllib.parse import urlsplit

from flask import abort, current_app, request

LOOPBACK = re.compile(r"(?:localhost|127\.0\.0\.1|\[::1\])(?::[0-9]+)?")
SAFE = {"GET", "HEAD", "OPTIONS"}


def refuse_other_hosts() -> None:
    """Before every request: 421 where the name that was asked for is not the instance's, if it has been told its own.

    So no link that is made of it leads elsewhere, and no name that an attacker lets point here is this site. The names
    of the machine itself pass: a proxy beside it may ask by them, and nobody else's page can have one.
    """
    base = current_app.config["BASE_URL"]
    if base and request.host != urlsplit(base).netloc and not LOOPBACK.fullmatch(request.host):
        abort(421)


def refuse_cross_site() -> None:
    """Before every request: 403 for a write that another site's page caused.

    Sec-Fetch-Site decides, else Origin; a client that sends neither is no browser and carries no one's cookies by
    accident.
    """
    if request.method in SAFE:
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        if site not in ("same-origin", "none"):
            abort(403)
        return
    origin = request.headers.get("Origin")
    if origin is not None and origin.partition("://")[2] not in _own_hosts():
        abort(403)


def _own_hosts() -> set[str]:
    base = current_app.config["BASE_URL"]
    return {request.host} | ({urlsplit(base).netloc} if base else set())

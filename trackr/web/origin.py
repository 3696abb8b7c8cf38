"""Writes from other sites are refused, by the headers that browsers send and pages cannot forge."""

from urllib.parse import urlsplit

from flask import abort, current_app, request

SAFE = {"GET", "HEAD", "OPTIONS"}


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

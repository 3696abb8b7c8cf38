"""What a browser calls itself, in the words of whoever looks at their devices."""

from flask import Flask
from flask_babel import gettext as _

# By what stands in their name; the first that fits, since each also claims to be others.
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari", "curl": "curl"}
SYSTEMS = {
    "iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Mac OS": "macOS", "Linux": "Linux",
}  # fmt: skip


def device(agent: str) -> str:
    """ "Firefox, Linux"; "A browser" where it says neither."""
    found = [_first(names, agent) for names in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, found)) or _("A browser")


def _first(names: dict[str, str], agent: str) -> str:
    return next((name for mark, name in names.items() if mark in agent), "")


def register(app: Flask) -> None:
    app.jinja_env.filters["device"] = device

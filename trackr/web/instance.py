"""The agency whose instance this is, as every request asks for it."""

from flask import Flask, current_app

from trackr.models import Agency


def agency() -> Agency | None:
    """The agency: read until the first set-up has made it, and then kept."""
    kept: dict[str, Agency] = current_app.extensions["trackr"]
    if "agency" not in kept:
        found = Agency.current()
        if found is None:
            return None
        kept["agency"] = found
    return kept["agency"]


def register(app: Flask) -> None:
    app.extensions["trackr"] = {}
    app.jinja_env.globals["agency"] = agency

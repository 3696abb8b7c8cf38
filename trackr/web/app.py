"""The Flask class: methods that plain forms cannot send, and the limits of what is read."""

import logging
from collections.abc import MutableMapping
from typing import Any

from flask import Flask, Request, request
from flask.templating import Environment
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from trackr import log, paths
from trackr.models.session import LONGEST_REMEMBERED
from trackr.oidc.provider import Provider
from trackr.settings import LARGEST_FORM, Settings
from trackr.web.session_cookies import Sessions

logger = logging.getLogger("trackr.web")

LARGEST_BODY = 20 * 1024 * 1024  # of what is neither a form nor files
MOST_FIELDS = 1000

OVERRIDES = {"PUT", "PATCH", "DELETE"}


class Templates(Environment):
    """Jinja's environment, with one dictionary of globals for all templates: it is copied for every include."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


class Application(Flask):
    jinja_environment = Templates

    def __init__(self, settings: Settings) -> None:
        super().__init__("trackr", template_folder=str(paths.templates), static_folder=None)
        self.serve(settings)
        self.session_interface = Sessions()
        self.jinja_env.trim_blocks = True
        self.jinja_env.lstrip_blocks = True
        self.jinja_env.auto_reload = False

    def serve(self, settings: Settings) -> None:
        """Be the application of that instance."""
        secure = bool(settings.base_url and settings.base_url.startswith("https:"))
        self.config.update(
            SECRET_KEY=settings.secret_key,
            BASE_URL=settings.base_url,
            SESSION_COOKIE_NAME="__Host-trackr" if secure else "trackr",
            SESSION_COOKIE_SECURE=secure,
            SESSION_COOKIE_HTTPONLY=True,
            SESSION_COOKIE_SAMESITE="Lax",
            SESSION_REFRESH_EACH_REQUEST=False,
            PERMANENT_SESSION_LIFETIME=LONGEST_REMEMBERED,
        )
        self.extensions["provider"] = Provider(settings)
        self.largest_request = settings.largest_request

    def log_exception(self, exc_info: Any) -> None:
        """One line for a fault, with the trace in it."""
        fields = {"method": request.method, "path": request.path, "error": repr(exc_info[1])}
        log.event(logger, "fault", level=logging.ERROR, exc_info=True, **fields)

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Before the address is matched: let a plain form's `_method` stand for the method it cannot send."""
        if request is not None:
            _limit(request, self.largest_request)
        if request is not None and request.method == "POST":
            method = _override(request)
            if method in OVERRIDES:
                request.method = method
                request.environ["REQUEST_METHOD"] = method
        return super().create_url_adapter(request)


def _limit(request: Request, largest: int) -> None:
    # Flask would set these only later, when the form has been read already.
    by_type = {"application/x-www-form-urlencoded": LARGEST_FORM, "multipart/form-data": largest}
    request.max_content_length = by_type.get(request.mimetype, LARGEST_BODY)
    request.max_form_memory_size = LARGEST_FORM
    request.max_form_parts = MOST_FIELDS


def refuse_unreadable() -> None:
    """Before every request: 413 for a form that is too large, 507 for one that the disk has no room to take apart.

    Read again, what is left of it might look empty.
    """
    if refusal := request.environ.get("trackr.unreadable"):
        raise refusal


def _override(request: Request) -> str:
    try:
        return request.form.get("_method", "").upper()
    except HTTPException as refusal:
        request.environ["trackr.unreadable"] = refusal
    except OSError as problem:  # files that are large are laid down while the form is read
        log.event(logger, "disk_full", level=logging.ERROR, error=repr(problem))
        request.environ["trackr.unreadable"] = NoRoom()
    return ""


class NoRoom(HTTPException):
    """The disk has no room to take what was sent."""

    code = 507

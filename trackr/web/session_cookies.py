"""Session cookies: signed by Flask as ever, and each verified once: an open page asks every few seconds."""

import copy
import functools
from datetime import UTC, datetime
from typing import Any

from flask import Flask, Request, Response, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadSignature, URLSafeTimedSerializer

VERIFIED = 500  # cookies


class Sessions(SecureCookieSessionInterface):
    """What Flask does, with the cookies verified last kept beside the instant at which each was signed.

    Files know nothing of sessions, so that any cache may hand them to anybody.
    """

    def __init__(self) -> None:
        self._verified = functools.lru_cache(maxsize=VERIFIED)(self._verify)
        self._serializer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        self._serializer = self._serializer or super().get_signing_serializer(app)
        return self._serializer

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        value = request.cookies.get(self.get_cookie_name(app))
        if not value:
            return self.session_class()
        self.get_signing_serializer(app)
        try:
            data, signed_at = self._verified(value)
        except BadSignature:
            return self.session_class()
        if datetime.now(UTC) - signed_at > app.permanent_session_lifetime:
            return self.session_class()
        return self.session_class(copy.copy(data))

    def _verify(self, value: str) -> tuple[dict[str, Any], datetime]:
        """The cookie's content and when it was signed; raises BadSignature, which is not kept."""
        assert self._serializer is not None
        data, signed_at = self._serializer.loads(value, return_timestamp=True)
        return data, signed_at

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if request.endpoint != "assets.show":
            super().save_session(app, session, response)

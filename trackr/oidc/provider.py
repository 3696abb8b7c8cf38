"""The provider of the settings: what it publishes of itself, asked for when it is needed, and kept for a while.

What talks to it is imported then too: an instance without a provider never loads it.
"""

import time
from functools import cached_property
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from trackr.checks import is_here
from trackr.settings import Settings

NEEDED = {
    "oidc_issuer": "TRACKR_OIDC_ISSUER",
    "oidc_client_id": "TRACKR_OIDC_CLIENT_ID",
    "base_url": "TRACKR_BASE_URL",
}
EXTRA = ("authlib", "requests")
PUBLISHED = "/.well-known/openid-configuration"
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
MORE_ENDPOINTS = ("userinfo_endpoint",)  # which not every provider has

PATIENCE = 4  # seconds, for each answer
KEPT = 3600  # seconds, what it publishes
KEYS_ANEW = 60  # seconds, before keys are asked for again because of a key that is unknown
REST = 10  # seconds, in which one that did not answer is not asked again: who waits for it keeps others waiting


class Unreachable(Exception):
    """The provider does not answer, or not as a provider does."""


class Provider:
    """Who says who people are. One for each app; its client secret stands in no `repr`."""

    def __init__(self, settings: Settings) -> None:
        self.issuer = settings.oidc_issuer or ""
        self.client_id = settings.oidc_client_id or ""
        self.client_secret = settings.oidc_client_secret
        self.name = settings.oidc_name or urlsplit(self.issuer).hostname or ""
        self.base_url = settings.base_url or ""
        wished = [settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret, settings.oidc_name]
        self.is_wished = any(wished)
        self.missing = tuple(name for attribute, name in NEEDED.items() if not getattr(settings, attribute))
        self._published: dict[str, Any] = {}
        self._published_at = self._keys_at = self._failed_at = float("-inf")
        self._keys: list[dict[str, Any]] = []

    @property
    def is_ready(self) -> bool:
        """Whether people can sign in by it: all that is needed is set and installed."""
        return not self.missing and not self.trouble

    @cached_property
    def trouble(self) -> str:
        """What is in the way though it is wished for, in words for the shell; "" for nothing."""
        if not self.is_wished:
            return ""
        if self.missing:
            return f"without {' and '.join(self.missing)} nobody signs in by OpenID Connect: set what is missing"
        lacking = [name for name in EXTRA if find_spec(name) is None]
        if lacking:
            return f"signing in by OpenID Connect needs {' and '.join(lacking)}: install Trackr with its extra oidc"
        return ""

    def published(self) -> dict[str, Any]:
        """What it says of itself, with all of ENDPOINTS in it; raises Unreachable."""
        if time.monotonic() - self._published_at > KEPT:
            found = self.fetch(self.issuer.rstrip("/") + PUBLISHED)
            named = str(found.get("issuer", ""))
            if named.rstrip("/") != self.issuer.rstrip("/"):
                raise Unreachable(f"it calls itself {named[:200]!r}, and TRACKR_OIDC_ISSUER is {self.issuer!r}")
            for name in (*ENDPOINTS, *(name for name in MORE_ENDPOINTS if name in found)):
                if not self._is_safe(found.get(name)):
                    raise Unreachable(f"its {name} is no encrypted address")
            self._published, self._published_at, self._keys_at = found, time.monotonic(), float("-inf")
        return self._published

    def keys(self, *, anew: bool = False) -> list[dict[str, Any]]:
        """Those that it signs with; `anew`: one that is not among those that are kept was named."""
        address = self.published()["jwks_uri"]
        if time.monotonic() - self._keys_at > (KEYS_ANEW if anew else KEPT):
            found = self.fetch(address).get("keys")
            if not isinstance(found, list):
                raise Unreachable("it publishes no keys")
            self._keys = [key for key in found if isinstance(key, dict) and key.get("use", "sig") == "sig"]
            self._keys_at = time.monotonic()
        return self._keys

    def fetch(self, address: str, token: str = "") -> dict[str, Any]:
        """The JSON object at that address of the provider; raises Unreachable."""
        import requests

        if time.monotonic() - self._failed_at < REST:
            raise Unreachable("it did not answer a moment ago")
        headers = {"Accept": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        try:
            answer = requests.get(address, headers=headers, timeout=PATIENCE, allow_redirects=False)
            if answer.status_code != 200:
                raise Unreachable(f"it answers {answer.status_code}")
            found = answer.json()
        except requests.JSONDecodeError as problem:
            raise Unreachable("it answers no JSON") from problem
        except requests.RequestException as problem:
            self._failed_at = time.monotonic()
            raise Unreachable(type(problem).__name__) from problem
        if not isinstance(found, dict):
            raise Unreachable("it answers no JSON object")
        return found

    def _is_safe(self, address: object) -> bool:
        """Whether it can be asked there: encrypted, as the provider itself is."""
        try:
            parts = urlsplit(str(address))
        except ValueError:
            return False
        return bool(parts.hostname) and (
            parts.scheme == "https" or (is_here(parts) and self.issuer.startswith("http:"))
        )

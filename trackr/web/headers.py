"""Headers that every answer carries."""

from flask import Response, current_app, request

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


# The letter of a mail is looked at in a frame of its own: it carries its looks in itself, and nothing in it runs.
LETTER = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)
WITH_LETTERS = f"{POLICY}; frame-src 'self'"

ALWAYS = [
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
]

WITH_FILES = "Cross-Origin-Resource-Policy"  # which downloads set for themselves


def add_headers(response: Response) -> Response:
    """After every request: the content policy, and no caching of what only one person may see."""
    headers = response.headers
    headers.extend(ALWAYS[1:] if "Content-Security-Policy" in headers else ALWAYS)
    headers.setdefault(WITH_FILES, "same-origin")
    # The same as the policy's frame-ancestors, for browsers and scanners that do not read those.
    headers["X-Frame-Options"] = "SAMEORIGIN" if headers["Content-Security-Policy"] == LETTER else "DENY"
    if request.is_secure or current_app.config["SESSION_COOKIE_SECURE"]:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if "Cache-Control" not in headers:
        headers["Cache-Control"] = "no-store" if "ETag" not in headers else "private, no-cache"
        headers["Vary"] = "Cookie, HX-Request"
    return response

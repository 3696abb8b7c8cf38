"""The browser that asked for a way in by mail: it alone is let in by the code."""

from flask import redirect, session, url_for
from flask.typing import ResponseReturnValue

ASKED = "asked"  # in the cookie: the secret of the browser that asked, and the address that was typed there


def wait_for_code(browser: str, email: str) -> ResponseReturnValue:
    session[ASKED] = [browser, email]
    return redirect(url_for("mailed_codes.new"), 303)


def asked() -> tuple[str, str] | None:
    """The secret of this browser and the address for which it asked; None where it did not."""
    found = session.get(ASKED)
    return (found[0], found[1]) if found else None

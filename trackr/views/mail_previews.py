"""Every kind of mail as the instance would write it now."""

from flask import Blueprint, make_response, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from trackr.forms.people import LANGUAGES
from trackr.mail import post
from trackr.mail.previews import SHOWN, preview
from trackr.models import Person
from trackr.web.auth import allow, me
from trackr.web.headers import LETTER, WITH_LETTERS
from trackr.web.pages import page

bp = Blueprint("mail_previews", __name__, url_prefix="/mails/previews")


@bp.get("")
@allow(Person.can_manage)
def index() -> ResponseReturnValue:
    language = _language()
    found = {kind: preview(kind, me(), language) for kind in SHOWN}
    response = make_response(page("mails/previews.html", letters=found, language=language, post=post))
    response.headers["Content-Security-Policy"] = WITH_LETTERS
    return response


@bp.get("/<letter>")
@allow(Person.can_manage)
def show(letter: str) -> ResponseReturnValue:
    """The letter alone, for its frame on the page above."""
    found = preview(letter, me(), _language())
    response = make_response(found.html if found else "")
    response.headers["Content-Security-Policy"] = LETTER
    return response


def _language() -> str:
    asked = request.args.get("language", "")
    return asked if asked in LANGUAGES else str(get_locale())

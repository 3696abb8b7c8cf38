"""The outbox: every mail, what became of it, and what it said."""

from flask import Blueprint, g, make_response, request
from flask.typing import ResponseReturnValue

from trackr.mail import letters, post
from trackr.mail.smtp import understood
from trackr.models import Mail, Person
from trackr.models.mail import STATES
from trackr.reach.mails import outbox
from trackr.web.auth import allow
from trackr.web.headers import LETTER, WITH_LETTERS
from trackr.web.pages import page

bp = Blueprint("mails", __name__, url_prefix="/mails")


@bp.get("")
@allow(Person.can_manage)
def index() -> ResponseReturnValue:
    number = request.args.get("page", 1, type=int)
    found = outbox(g.reach, request.args.get("state", ""), number)
    return page("mails/index.html", outbox=found, states=STATES, post=post, understood=understood)


@bp.get("/<int:mail>")
@allow(Person.can_manage)
def show(mail: Mail) -> ResponseReturnValue:
    """The mail as it would be written now; where `as` says html, the letter alone, for the frame on that page."""
    try:
        letter, nothing = letters.write(mail), ""
    except letters.Nothing as why:
        letter, nothing = None, str(why)
    if letter and request.args.get("as") == "html":
        response = make_response(letter.html)
        response.headers["Content-Security-Policy"] = LETTER
        return response
    shown = page("mails/show.html", mail=mail, letter=letter, nothing=nothing, post=post, understood=understood)
    response = make_response(shown)
    response.headers["Content-Security-Policy"] = WITH_LETTERS
    return response

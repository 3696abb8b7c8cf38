"""Fewer mails, by the link at the foot of one: without signing in, and never by looking alone."""

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from trackr.forms.mail_choices import read_stop
from trackr.mail.addresses import unsubscribing
from trackr.models import Participant, Person, Ticket
from trackr.reach import Reach
from trackr.web.auth import public
from trackr.web.limits import slow_down
from trackr.web.pages import page, refills

bp = Blueprint("unsubscriptions", __name__, url_prefix="/unsubscribe/<stop>")


@bp.get("")
@public
def show(stop: str) -> ResponseReturnValue:
    reader, ticket = _about(stop)
    return page("unsubscriptions/show.html", reader=reader, ticket=ticket, stopped="")


@bp.post("")
@public
@refills(show)
def create(stop: str) -> ResponseReturnValue:
    slow_down("unsubscribe")
    reader, ticket = _about(stop)
    stopped = read_stop(request.form)
    if stopped == "ticket" and ticket:
        Participant.leave(ticket, reader, reader)
    elif stopped != "ticket":
        reader.choose_mails(mails={"daily": "daily", "all": "never"}[stopped])
    return page("unsubscriptions/show.html", reader=reader, ticket=ticket, stopped=stopped)


def _about(stop: str) -> tuple[Person, Ticket | None]:
    """Whose mails the link is about, and the ticket, where it still is theirs."""
    known = unsubscribing(stop) or abort(404)
    reader = Person.by_number(known.person) or abort(404)
    return reader, Reach(reader).ticket(known.ticket) if known.ticket else None

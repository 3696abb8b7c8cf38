"""Closing a ticket, and reopening it: clients may do both."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from trackr.models import Person, Ticket
from trackr.views.tickets import show_changed
from trackr.web.auth import allow, me

bp = Blueprint("closures", __name__, url_prefix="/tickets/<int:ticket>/closure")


@bp.post("")
@allow(Person.can_write)
def create(ticket: Ticket) -> ResponseReturnValue:
    ticket.close(me())
    return show_changed(ticket)


@bp.delete("")
@allow(Person.can_write)
def destroy(ticket: Ticket) -> ResponseReturnValue:
    ticket.reopen(me())
    return show_changed(ticket)

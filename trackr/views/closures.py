"""Closing a ticket, and reopening it: clients may do both."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.models import Person, Ticket
from trackr.views.tickets import show, show_changed
from trackr.web.auth import allow, me
from trackr.web.pages import refills

bp = Blueprint("closures", __name__, url_prefix="/tickets/<int:ticket>/closure")


@bp.post("")
@allow(Person.can_write)
def create(ticket: Ticket) -> ResponseReturnValue:
    ticket.close(me())
    return show_changed(ticket, _("Closed."))


@bp.delete("")
@allow(Person.can_write)
@refills(show)
def destroy(ticket: Ticket) -> ResponseReturnValue:
    ticket.reopen(me())
    return show_changed(ticket, _("Open again."))

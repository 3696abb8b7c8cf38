"""A person's timer on a ticket: started and continued, parked, answered for after an absence, discarded."""

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms.timers import Answer
from trackr.models import Person, Ticket, Timer
from trackr.reach.ticket_page import TicketPage
from trackr.web import timers
from trackr.web.auth import allow, me
from trackr.web.pages import done, page, refills

bp = Blueprint("timers", __name__, url_prefix="/tickets/<int:ticket>/timer")


def show(ticket: Ticket) -> ResponseReturnValue:
    """The timer on its ticket: shown again, with the question, where it cannot be done."""
    view = TicketPage(g.reach, ticket)
    return page("tickets/show.html", fragment="timers/update.htmx.html", view=view, ticket=ticket)


@bp.post("")
@allow(Person.can_work)
@refills(show, "timer")
def create(ticket: Ticket) -> ResponseReturnValue:
    timers.require_answered(ticket)
    Timer.start(me(), ticket)
    return _changed(ticket, _("The timer runs."))


@bp.patch("")
@allow(Person.can_work)
@refills(show, "timer")
def update(ticket: Ticket) -> ResponseReturnValue:
    timer = Timer.of(me(), ticket)
    if timer is None:  # used or discarded on another device: the page will say so
        return _changed(ticket)
    answer = Answer.read(request.form)
    if answer.kind == "keep":
        timer.keep()
        return _changed(ticket, _("The timer goes on."))
    timer.trim(answer.minutes) if answer.kind == "trim" else timer.park()
    return _changed(ticket, _("The timer is paused."))


@bp.delete("")
@allow(Person.can_work)
def destroy(ticket: Ticket) -> ResponseReturnValue:
    Timer.discard(me(), ticket)
    return _changed(ticket, _("The timer is discarded."))


def _changed(ticket: Ticket, message: str = "") -> ResponseReturnValue:
    timers.read_again()
    address = url_for("tickets.show", ticket=ticket.id)
    return done(address, fragment="timers/update.htmx.html", ticket=ticket, told=message)

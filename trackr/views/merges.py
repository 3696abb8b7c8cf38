"""Merging a ticket into another of its project, and taking that back: for staff."""

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms import tickets as forms
from trackr.models import Person, Ticket, merging
from trackr.views.tickets import show_changed
from trackr.web.auth import allow, me
from trackr.web.pages import done, page, refills

bp = Blueprint("merges", __name__, url_prefix="/tickets/<int:ticket>/merge")


@bp.get("")
@allow(Person.can_work)
def new(ticket: Ticket) -> ResponseReturnValue:
    return page("merges/new.html", ticket=ticket, into=request.args.get("into", "")[:9])


@bp.post("")
@allow(Person.can_work)
@refills(new)
def create(ticket: Ticket) -> ResponseReturnValue:
    into = forms.require_ticket(g.reach.ticket(forms.merge(request.form)), "into")
    merging.merge(ticket, me(), into)
    words = _("#%(number)s goes on here now.", number=ticket.id)
    return done(url_for("tickets.show", ticket=merging.end_of(ticket).id), message=words)


@bp.delete("")
@allow(Person.can_work)
def destroy(ticket: Ticket) -> ResponseReturnValue:
    merging.undo(ticket, me())
    return show_changed(g.reach.again(ticket), _("It stands for itself again."))

"""Estimates: what the agency proposes for a ticket, and what the client answers."""

from flask import Blueprint, abort, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms import estimates as forms
from trackr.models import Estimate, Person, Ticket
from trackr.reach.ticket_page import TicketPage
from trackr.web.auth import allow, me
from trackr.web.pages import done, page, refills

bp = Blueprint("estimates", __name__)


@bp.get("/tickets/<int:ticket>/estimates/new")
@allow(Person.can_work)
def new(ticket: Ticket) -> ResponseReturnValue:
    view = TicketPage(g.reach, ticket)
    return page("estimates/new.html", fragment="estimates/_form.html", ticket=ticket, view=view)


@bp.post("/tickets/<int:ticket>/estimates")
@allow(Person.can_work)
@refills(new, "estimate")
def create(ticket: Ticket) -> ResponseReturnValue:
    Estimate.propose(ticket, me(), **vars(forms.NewEstimate.read(request.form)))
    return _changed(ticket, _("The estimate is proposed."), is_proposed=True)


def edit(estimate: Estimate) -> ResponseReturnValue:
    """The ticket as it stands now, with the answer that was refused."""
    view = TicketPage(g.reach, g.reach.again(estimate.ticket))
    return page("tickets/show.html", fragment="estimates/update.htmx.html", view=view, ticket=view.ticket)


@bp.patch("/estimates/<int:estimate>")
@allow(Person.can_agree)
@refills(edit, "answer")
def update(estimate: Estimate) -> ResponseReturnValue:
    if not g.reach.agrees(estimate.project):
        abort(403)
    answered = forms.Answer.read(request.form)
    if answered.answer == "accept":
        estimate.accept(me(), answered.message)
        return _changed(estimate.ticket, _("It is agreed."))
    estimate.decline(me(), answered.message)
    return _changed(estimate.ticket, _("Declined; nothing is agreed."))


@bp.delete("/estimates/<int:estimate>")
@allow(Person.can_work)
@refills(edit, "answer")
def destroy(estimate: Estimate) -> ResponseReturnValue:
    estimate.withdraw(me())
    return _changed(estimate.ticket, _("The estimate is taken back."))


def _changed(ticket: Ticket, message: str, is_proposed: bool = False) -> ResponseReturnValue:
    address = url_for("tickets.show", ticket=ticket.id)
    view = TicketPage(g.reach, g.reach.again(ticket))
    return done(address, "estimates/update.htmx.html", message, view=view, ticket=view.ticket, is_proposed=is_proposed)

"""Links between tickets: for staff."""

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms import tickets as forms
from trackr.models import Link, Person, Ticket
from trackr.reach.ticket_page import TicketPage
from trackr.views.tickets import show_changed
from trackr.web.auth import allow, me
from trackr.web.pages import page, refills

bp = Blueprint("links", __name__, url_prefix="/tickets/<int:ticket>/links")


def new(ticket: Ticket) -> ResponseReturnValue:
    """The form beside its ticket: shown again when what was sent cannot be taken."""
    view = TicketPage(g.reach, ticket)
    return page("tickets/show.html", fragment="tickets/side.htmx.html", view=view, ticket=ticket)


@bp.post("")
@allow(Person.can_work)
@refills(new, "link")
def create(ticket: Ticket) -> ResponseReturnValue:
    number, kind = forms.link(request.form)
    other = forms.require_ticket(g.reach.ticket(number), "number")
    Link.join(ticket, me(), other, kind)
    words = _("Duplicate of #%(number)s.") if kind == "duplicate" else _("Linked with #%(number)s.")
    return show_changed(ticket, words % {"number": other.id})


@bp.delete("/<int:link>")
@allow(Person.can_work)
def destroy(ticket: Ticket, link: Link) -> ResponseReturnValue:
    link.cut(me())
    return show_changed(ticket, _("The link is gone."))

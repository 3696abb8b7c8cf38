"""How a ticket went, said by its clients once it is closed."""

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms.satisfactions import Said
from trackr.models import Person, Satisfaction, Ticket
from trackr.reach.ticket_page import TicketPage
from trackr.views.tickets import show_changed
from trackr.web.auth import allow, me
from trackr.web.pages import page, refills

bp = Blueprint("satisfactions", __name__, url_prefix="/tickets/<int:ticket>/satisfaction")


def edit(ticket: Ticket) -> ResponseReturnValue:
    """The ticket, with what was said and could not be taken."""
    view = TicketPage(g.reach, g.reach.again(ticket))
    return page("tickets/show.html", "tickets/update.htmx.html", view=view, ticket=view.ticket, in_form=True)


@bp.put("")
@allow(Person.can_rate)
@refills(edit, "satisfaction")
def update(ticket: Ticket) -> ResponseReturnValue:
    Satisfaction.say(ticket, me(), **vars(Said.read(request.form)))
    return show_changed(ticket, _("Noted. The agency reads it here."), in_form=True)

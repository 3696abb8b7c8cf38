"""Who is told of what happens on a ticket: added by anybody who sees it, and taken out by themselves or staff."""

from flask import Blueprint, abort, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms import participants as forms
from trackr.models import Participant, Person, Ticket
from trackr.models.participant import Follower
from trackr.reach.ticket_page import TicketPage
from trackr.views.tickets import show_changed
from trackr.web.auth import allow, me
from trackr.web.pages import done, page, refills

bp = Blueprint("participants", __name__, url_prefix="/tickets/<int:ticket>/participants")


def new(ticket: Ticket) -> ResponseReturnValue:
    """The ticket, where nobody was added."""
    view = TicketPage(g.reach, ticket)
    return page("tickets/show.html", fragment="participants/new.htmx.html", view=view, ticket=ticket)


@bp.post("")
@allow(Person.can_write)
@refills(new, "participant")
def create(ticket: Ticket) -> ResponseReturnValue:
    person = forms.person(request.form, g.reach.offered(ticket))
    Participant.add(ticket, me(), person)
    return show_changed(ticket, _("%(name)s is told from now on.", name=person.name))


@bp.delete("/<int:person>")
@allow(Person.can_write)
def destroy(ticket: Ticket, person: Follower) -> ResponseReturnValue:
    if me().is_client and person.id != me().id:
        abort(403)
    Participant.leave(ticket, me(), person)
    if person.by_sharing and person.id == me().id:
        message = _("You have left “%(title)s”.", title=ticket.title)
        return done(url_for("projects.show", project=ticket.project.slug), message=message)
    return show_changed(ticket, _("%(name)s is told no more.", name=person.name))

"""Whose turn it is: the tickets of all projects that wait for the agency, and staff saying otherwise for one."""

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms import turns as forms
from trackr.models import Person, Ticket, ledger, turn
from trackr.reach import to_answer
from trackr.reach.ticket_page import TicketPage
from trackr.views.tickets import show_changed
from trackr.web.auth import allow, me
from trackr.web.pages import page, refills, typed

bp = Blueprint("turns", __name__)


@bp.get("/to-answer")
@allow(Person.can_work)
def index() -> ResponseReturnValue:
    projects = g.reach.projects()
    for project in projects:
        ledger.keep_up(project)
    aimed = any(project.has_targets for project in projects)
    by_due = aimed and request.args.get("sort") == "due"
    waiting = to_answer.waiting(g.reach, projects, by_due=by_due)
    return page("turns/index.html", waiting=waiting, most=to_answer.MOST_SHOWN, aimed=aimed, by_due=by_due)


def edit(ticket: Ticket) -> ResponseReturnValue:
    """The ticket as it stands now, where the turn could not be passed."""
    view = TicketPage(g.reach, g.reach.again(ticket))
    why = typed("turn").error("turn")
    return page("tickets/show.html", "tickets/update.htmx.html", view=view, ticket=view.ticket, message=why)


@bp.put("/tickets/<int:ticket>/turn")
@allow(Person.can_work)
@refills(edit, "turn")
def update(ticket: Ticket) -> ResponseReturnValue:
    turn.pass_on(ticket, me(), forms.turn(request.form))
    told = _("It waits for us now.") if ticket.turn == "ours" else _("It waits for the client now.")
    return show_changed(ticket, told)

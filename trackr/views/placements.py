"""Where a ticket stands on the board."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms.tickets import placement
from trackr.models import Person, Ticket
from trackr.views import projects
from trackr.views.tickets import show_changed
from trackr.web.auth import allow, me
from trackr.web.pages import page, refills, typed, wants_fragment

bp = Blueprint("placements", __name__, url_prefix="/tickets/<int:ticket>/placement")


@bp.get("")
@allow(Person.can_work)
def edit(ticket: Ticket) -> ResponseReturnValue:
    columns = ticket.project.ordered_columns()
    return page("placements/edit.html", fragment="placements/_menu.html", ticket=ticket, columns=columns)


def again(ticket: Ticket) -> ResponseReturnValue:
    """Where it cannot stand there: the board as it is, with the reason, or the choice again."""
    if not (wants_fragment() and request.form.get("board")):
        return edit(ticket)
    errors = typed().errors
    return projects.show_changed(ticket.project, refusal=errors.get("column") or errors.get("position"))


@bp.put("")
@allow(Person.can_work)
@refills(again)
def update(ticket: Ticket) -> ResponseReturnValue:
    column, position = placement(request.form, ticket.project.ordered_columns())
    was = ticket.column
    ticket.place(me(), column, position)
    told = {"title": ticket.title, "column": column.name}
    message = _("“%(title)s” is in %(column)s now.", **told)
    if column == was:
        message = _("“%(title)s” is number %(number)s in %(column)s now.", number=ticket.place_in_column, **told)
    if request.form.get("board"):
        return projects.show_changed(ticket.project, message=message)
    return show_changed(ticket, message)

"""Where a ticket stands on the board."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms.tickets import placement
from trackr.models import Person, Ticket
from trackr.views import projects
from trackr.views.tickets import show_changed
from trackr.web.auth import allow, me
from trackr.web.pages import page, refills

bp = Blueprint("placements", __name__, url_prefix="/tickets/<int:ticket>/placement")


@bp.get("")
@allow(Person.can_work)
def edit(ticket: Ticket) -> ResponseReturnValue:
    columns = ticket.project.ordered_columns()
    return page("placements/edit.html", fragment="placements/_menu.html", ticket=ticket, columns=columns)


@bp.put("")
@allow(Person.can_work)
@refills(edit)
def update(ticket: Ticket) -> ResponseReturnValue:
    column, position = placement(request.form, ticket.project.ordered_columns())
    ticket.place(me(), column, position)
    message = _("“%(title)s” is in %(column)s now.", title=ticket.title, column=column.name)
    if request.form.get("board"):
        return projects.show_changed(ticket.project, message=message)
    return show_changed(ticket, message)

"""The menus of a card on the board: who does the ticket, and how much it presses."""

from flask import Blueprint, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.models import Person, Ticket
from trackr.web.auth import allow
from trackr.web.pages import page, wants_fragment

bp = Blueprint("properties", __name__, url_prefix="/tickets/<int:ticket>/properties")


@bp.get("")
@allow(Person.can_work)
def edit(ticket: Ticket) -> ResponseReturnValue:
    if not wants_fragment():
        return redirect(url_for("tickets.edit", ticket=ticket.id), 303)
    of = "priority" if request.args.get("of") == "priority" else "assignee"
    choices = _priorities() if of == "priority" else _people(ticket)
    chosen = ticket.priority if of == "priority" else str(ticket.assignee.id) if ticket.assignee else ""
    return page("properties/_menu.html", ticket=ticket, of=of, choices=choices, chosen=chosen)


def _priorities() -> list[tuple[str, str]]:
    return [("low", _("Low")), ("normal", _("Normal")), ("high", _("High")), ("urgent", _("Urgent"))]


def _people(ticket: Ticket) -> list[tuple[str, str]]:
    return [("", _("Nobody yet")), *((str(one.id), one.name) for one in g.reach.people(ticket.project))]

"""What has happened on a ticket: who, when, and from where."""

from functools import partial

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue

from trackr.models import Ticket
from trackr.reach.history import Asked, history
from trackr.web.filters import reader
from trackr.web.pages import page

bp = Blueprint("ticket_histories", __name__, url_prefix="/tickets/<int:ticket>/activity")


@bp.get("")
def show(ticket: Ticket) -> ResponseReturnValue:
    asked = Asked.read(request.args)
    at = partial(url_for, "ticket_histories.show", ticket=ticket.id)
    found, zone = history(g.reach, asked, ticket=ticket), reader().zone
    return page(
        "histories/ticket.html", ticket=ticket, project=ticket.project, at=at, asked=asked, found=found, zone=zone
    )

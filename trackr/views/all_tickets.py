"""The tickets of all projects in one list, for staff."""

from functools import partial

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue

from trackr.models import Person, SavedView
from trackr.reach.filters import Filters
from trackr.reach.ticket_list import ticket_list
from trackr.web.auth import allow, me
from trackr.web.pages import page

bp = Blueprint("all_tickets", __name__, url_prefix="/tickets")


@bp.get("")
@allow(Person.can_work)
def index() -> ResponseReturnValue:
    filters = Filters.read(request.args)
    return page(
        "tickets/all.html",
        fragment="tickets/_list.html",
        project=None,
        at=partial(url_for, "all_tickets.index"),
        found=ticket_list(g.reach, None, filters),
        filters=filters,
        views=SavedView.of(me(), None),
    )

"""The list of the tickets of all projects, all pages of it, as a file for a spreadsheet: for staff."""

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue

from trackr.documents import ticket_table
from trackr.models import Person
from trackr.reach.filters import Filters
from trackr.reach.ticket_list import whole_list
from trackr.web.auth import allow
from trackr.web.downloads import spreadsheet
from trackr.web.filters import reader
from trackr.web.trail import note_export

bp = Blueprint("all_ticket_files", __name__, url_prefix="/tickets.csv")


@bp.get("")
@allow(Person.can_work)
def show() -> ResponseReturnValue:
    rows = whole_list(g.reach, None, Filters.read(request.args))
    body = ticket_table.as_csv(rows, reader().zone, by_staff=True, with_hours=True, with_projects=True)
    note_export("tickets.csv")
    return spreadsheet(body, "tickets.csv")

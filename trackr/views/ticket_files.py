"""The list of a project's tickets, all pages of it, as a file for a spreadsheet."""

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue

from trackr.documents import ticket_table
from trackr.models import Project
from trackr.reach.filters import Filters
from trackr.reach.ticket_list import whole_list
from trackr.web.downloads import spreadsheet
from trackr.web.trail import note_export

bp = Blueprint("ticket_files", __name__, url_prefix="/projects/<project>/tickets.csv")


@bp.get("")
def show(project: Project) -> ResponseReturnValue:
    rows = whole_list(g.reach, project, Filters.read(request.args))
    body = ticket_table.as_csv(
        rows, project.zone, by_staff=g.reach.person.is_staff, with_hours=g.reach.sees_hours(project)
    )
    note_export("tickets.csv", project)
    return spreadsheet(body, f"{project.slug}-tickets.csv")

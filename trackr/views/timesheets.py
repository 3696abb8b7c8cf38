"""The time that the hours page shows, all pages of it, as a file for a spreadsheet."""

from flask import Blueprint, abort, g, request
from flask.typing import ResponseReturnValue

from trackr.documents import timesheet
from trackr.models import Project
from trackr.reach.periods import Filters, asked, months
from trackr.reach.timesheet import everything
from trackr.web.downloads import spreadsheet
from trackr.web.trail import note_export

bp = Blueprint("timesheets", __name__, url_prefix="/projects/<project>/hours.csv")


@bp.get("")
def show(project: Project) -> ResponseReturnValue:
    if not g.reach.sees_hours(project):
        abort(404)
    # The file of a month without time is empty: to a program that of another month would look like it.
    known = [*asked(request.args), *months(g.reach, project)]
    filters = Filters.read(request.args, g.reach, project, known)
    rows = everything(g.reach, project, filters)
    name = f"{project.slug}-{filters.period}.csv"
    body = timesheet.as_csv(rows, by_staff=g.reach.person.is_staff)
    note_export("hours.csv", project)
    return spreadsheet(body, name)

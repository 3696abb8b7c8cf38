"""A year of a project at a glance, for its client: to be read, and printed."""

from flask import Blueprint, abort, g, request
from flask.typing import ResponseReturnValue

from trackr.hours.drawing import MonthSteps
from trackr.models import Project
from trackr.reach import year
from trackr.web.pages import page

bp = Blueprint("years", __name__, url_prefix="/projects/<project>/year")


@bp.get("")
def show(project: Project) -> ResponseReturnValue:
    if not (g.reach.sees_hours(project) and g.reach.sees_all(project)):
        abort(404)
    offered = year.years(project)
    asked = request.args.get("year", "")
    number = next((each for each in offered if str(each) == asked), project.today().year)
    told = year.read(project, number)
    series = [[month.all_minutes for month in told.months], [month.minutes["support"] for month in told.months]]
    chart = MonthSteps([month.first for month in told.months], series)
    return page("years/show.html", project=project, year=told, years=offered, chart=chart)

"""The hours of a project: the large meter, how they go down, the packs, and every quarter of an hour."""

from flask import Blueprint, abort, g, jsonify, request
from flask.typing import ResponseReturnValue

from trackr.models import Project
from trackr.reach import hours, purchases
from trackr.reach.burndown import chart
from trackr.reach.periods import Filters, by_year, months
from trackr.reach.timesheet import timesheet
from trackr.web.pages import page

bp = Blueprint("hours", __name__, url_prefix="/projects/<project>/hours")


@bp.get("")
def show(project: Project) -> ResponseReturnValue:
    if not g.reach.sees_hours(project):
        abort(404)
    bought, today = g.reach.purchases(project), project.today()
    if request.accept_mimetypes.best == "application/json":
        return jsonify(hours.as_json(g.reach, project, bought))
    found = months(g.reach, project)
    filters = Filters.read(request.args, g.reach, project, found)
    return page(
        "hours/show.html",
        fragment="hours/_hours.html",
        project=project,
        filters=filters,
        chart=chart(g.reach, project, bought, today),
        packs=[] if project.is_postpaid else purchases.packs(g.reach, project, bought, today),
        told=purchases.told(g.reach, project),
        years=by_year(found),
        people=g.reach.people(project) if g.reach.person.is_staff else [],
        sheet=timesheet(g.reach, project, filters),
        account=_account(project, filters),
    )


def _account(project: Project, filters: Filters) -> hours.Account | None:
    """Of the period, where nothing else narrows it; hours that are billed afterwards have no balance."""
    if project.is_postpaid or not filters.is_whole or not (filters.first and filters.last):
        return None
    return hours.account(project, filters.first, filters.last)

"""The hours of a project: the large meter, its packs, and every quarter of an hour."""

from datetime import date

from flask import Blueprint, abort, g, jsonify, request
from flask.typing import ResponseReturnValue

from trackr.models import Project
from trackr.reach import hours
from trackr.web.pages import page

bp = Blueprint("hours", __name__, url_prefix="/projects/<project>/hours")


@bp.get("")
def show(project: Project) -> ResponseReturnValue:
    if not g.reach.sees_hours(project):
        abort(404)
    purchases = g.reach.purchases(project)
    if request.accept_mimetypes.best == "application/json":
        return jsonify(hours.as_json(g.reach, project, purchases))
    months = hours.months(g.reach, project)
    first = _chosen(months)
    return page(
        "hours/show.html",
        fragment="hours/_hours.html",
        project=project,
        purchases=purchases,
        months=months,
        month=hours.month(g.reach, project, first),
        account=None if project.is_postpaid else hours.account(project, first),
    )


def _chosen(months: list[date]) -> date:
    """The month asked for, else the newest."""
    asked = request.args.get("month", "")
    return next((month for month in months if f"{month:%Y-%m}" == asked), months[0])

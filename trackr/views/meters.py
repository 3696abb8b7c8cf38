"""The meter alone, as a fragment or as figures."""

from flask import Blueprint, abort, g, jsonify, request
from flask.typing import ResponseReturnValue

from trackr.hours.forecast import RunsOut
from trackr.models import Project
from trackr.web.pages import page

bp = Blueprint("meters", __name__, url_prefix="/projects/<project>/meter")


@bp.get("")
def show(project: Project) -> ResponseReturnValue:
    if not g.reach.sees_hours(project):
        abort(404)
    if request.accept_mimetypes.best != "application/json":
        return page("meters/show.html", project=project)
    reading = project.meter.reading()
    return jsonify(
        purchased_minutes=reading.purchased_minutes,
        confirmed_minutes=reading.confirmed_minutes,
        pending_minutes=reading.pending_minutes,
        committed_minutes=reading.committed_minutes,
        balance_minutes=reading.balance_minutes,
        available_minutes=reading.available_minutes,
        deficit_minutes=reading.deficit_minutes,
        next_expiry_on=reading.next_expiry_on.isoformat() if reading.next_expiry_on else None,
        runs_out=_days(reading.runs_out),
        version=g.reach.meter_version(project),
    )


def _days(forecast: RunsOut | None) -> dict[str, str] | None:
    """The day on which nothing is left, and between which days that most likely falls."""
    if forecast is None:
        return None
    return {
        "on": forecast.on.isoformat(),
        "from": forecast.first.isoformat(),
        "to": forecast.last.isoformat(),
    }

"""The figures at a glance: for the owner those of the agency, for staff their own."""

from zoneinfo import ZoneInfo

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue

from trackr.hours import report_period
from trackr.hours.drawing import MonthSteps
from trackr.models import Person
from trackr.reach.reports import Report
from trackr.web.auth import allow
from trackr.web.filters import today
from trackr.web.pages import page

bp = Blueprint("reports", __name__, url_prefix="/reports")


def chosen() -> Report:
    """What the address asks for."""
    return Report(g.reach, report_period.read(request.args.get("period", ""), today()), ZoneInfo(g.timezone), today())


@bp.get("")
@allow(Person.can_work)
def show() -> ResponseReturnValue:
    report = chosen()
    months = report.months
    series = [[row.sum.valued_minutes for row in months], [row.sum.spent_minutes for row in months]]
    chart = MonthSteps([row.month for row in months if row.month], series) if report.cells else None
    offered = report_period.offered(report.today).items()
    return page("reports/show.html", report=report, period=report.period, chart=chart, offered=offered)

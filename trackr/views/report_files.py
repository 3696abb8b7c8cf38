"""A table of a report, as a file."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from trackr.documents import report_tables
from trackr.models import Person
from trackr.views.reports import chosen
from trackr.web.auth import allow
from trackr.web.downloads import spreadsheet
from trackr.web.trail import note_export

bp = Blueprint("report_files", __name__, url_prefix="/reports")


@bp.get("/<table>.csv")
@allow(Person.can_work)
def show(table: str) -> ResponseReturnValue:
    report = chosen()
    note_export(f"{table}.csv")
    return spreadsheet(report_tables.as_csv(report, table), f"{table}-{report.period.name}.csv")

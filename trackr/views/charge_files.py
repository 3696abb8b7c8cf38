"""What is to be billed, as a file for the accounts."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from trackr.documents import charge_table
from trackr.models import Person
from trackr.views.charges import chosen
from trackr.web.auth import allow
from trackr.web.downloads import spreadsheet
from trackr.web.trail import note_export

bp = Blueprint("charge_files", __name__, url_prefix="/charges.csv")


@bp.get("")
@allow(Person.can_manage)
def show() -> ResponseReturnValue:
    note_export("charges.csv")
    return spreadsheet(charge_table.as_csv(chosen()), "charges.csv")

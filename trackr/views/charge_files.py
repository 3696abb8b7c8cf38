"""What is to be billed, as a file for the accounts."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from trackr.documents import charge_table
from trackr.models import Person
from trackr.views.charges import chosen
from trackr.web.auth import allow

bp = Blueprint("charge_files", __name__, url_prefix="/charges.csv")


@bp.get("")
@allow(Person.can_manage)
def show() -> ResponseReturnValue:
    headers = {"Content-Disposition": 'attachment; filename="charges.csv"'}
    return Response(charge_table.as_csv(chosen()), mimetype="text/csv", headers=headers)

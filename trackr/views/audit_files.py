"""The trail, all of what its page asks for, as a file for a spreadsheet."""

from zoneinfo import ZoneInfo

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from trackr.documents import trail as document
from trackr.models import Person
from trackr.reach.trail import Filters, everything
from trackr.web.auth import allow
from trackr.web.instance import agency
from trackr.web.trail import details_in_words, kind_in_words, note_export

bp = Blueprint("audit_files", __name__, url_prefix="/audit.csv")


@bp.get("")
@allow(Person.can_manage)
def show() -> ResponseReturnValue:
    house = agency() or abort(404)
    note_export("audit.csv")
    lines = everything(Filters.read(request.args), ZoneInfo(house.timezone))
    body = document.as_csv(lines, kind_in_words, details_in_words)
    return Response(body, mimetype="text/csv", headers={"Content-Disposition": 'attachment; filename="audit.csv"'})

"""Several charges put on one invoice, or into another state, at once."""

from typing import Any

from flask import Blueprint, g, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from trackr.forms.charges import Moves
from trackr.models import Charge, Person
from trackr.reach.charges import Filters, ticked
from trackr.views import charges
from trackr.web.auth import allow, me
from trackr.web.filters import today
from trackr.web.pages import done, refills

bp = Blueprint("charge_moves", __name__, url_prefix="/charges/bulk")


@bp.post("")
@allow(Person.can_manage)
@refills(charges.index, "bulk")
def create() -> ResponseReturnValue:
    moves = Moves.read(request.form, lambda numbers: ticked(g.reach, numbers), today())
    Charge.move_all(me(), [(charge, vars(move)) for charge, move in moves.each])
    message = ngettext("One was noted.", "%(num)s were noted.", len(moves.each))
    filters: dict[str, Any] = Filters.read(request.args).address()
    return done(url_for("charges.index", **filters), message=message)

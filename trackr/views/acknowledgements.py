"""A client says that a statement is fine."""

from flask import Blueprint, abort, g, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.models import Acknowledgement, Person, Statement
from trackr.reach.statements import approves
from trackr.web.auth import allow, me
from trackr.web.pages import done

bp = Blueprint("acknowledgements", __name__, url_prefix="/statements/<int:statement>/acknowledgement")


@bp.put("")
@allow(Person.can_approve)
def update(statement: Statement) -> ResponseReturnValue:
    if not approves(g.reach, statement.project):
        abort(403)
    Acknowledgement.say(statement, me())
    address = url_for("statements.show", statement=statement.number)
    return done(address, message=_("Noted: you have seen it, and it is fine."))

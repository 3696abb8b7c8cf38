"""That somebody is writing: told by the composer while they type, and stored nowhere."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from trackr.models import Person, Ticket
from trackr.web import typings
from trackr.web.auth import allow, me

bp = Blueprint("typings", __name__, url_prefix="/tickets/<int:ticket>/typing")


@bp.post("")
@allow(Person.can_write)
def create(ticket: Ticket) -> ResponseReturnValue:
    typings.hear(ticket, me(), internal=request.form.get("internal") == "1")
    return "", 204

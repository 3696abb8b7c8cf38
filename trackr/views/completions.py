"""What a word that is being written may become: a ticket, or somebody's name."""

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue

from trackr.models import Person
from trackr.reach.completions import complete
from trackr.reach.writing import Writing
from trackr.web.auth import allow
from trackr.web.pages import page

bp = Blueprint("completions", __name__, url_prefix="/completions/<form>")


@bp.get("")
@allow(Person.can_write)
def index(form: Writing) -> ResponseReturnValue:
    asked = request.args.get("q", "")
    offered = complete(g.reach, form, asked, internal=request.args.get("internal") == "1")
    return page("completions/_offered.html", offered=offered, of_people=asked.startswith("@"))

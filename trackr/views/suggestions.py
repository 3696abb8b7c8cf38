"""How a search that is being typed may go on: its filters and their values."""

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue

from trackr.reach import suggestions
from trackr.web.pages import page

bp = Blueprint("suggestions", __name__, url_prefix="/search/suggestions")


@bp.get("")
def index() -> ResponseReturnValue:
    offered = suggestions.suggest(g.reach, request.args.get("q", ""))
    return page("searches/_suggestions.html", offered=offered)

"""Finding: one search over all that a person sees."""

from flask import Blueprint, g, request
from flask.typing import ResponseReturnValue

from trackr.reach import ask as asks
from trackr.reach.filters import page_number
from trackr.reach.search import search
from trackr.web.pages import page

bp = Blueprint("searches", __name__, url_prefix="/search")


@bp.get("")
def index() -> ResponseReturnValue:
    line = asks.cleaned(request.args.get("q", ""))
    ask = asks.read(line)
    found = None if ask.is_empty else search(g.reach, ask, page_number(request.args))
    return page("searches/index.html", fragment="searches/_results.html", line=line, ask=ask, found=found)

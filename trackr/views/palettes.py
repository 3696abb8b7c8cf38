"""The palette: a way to every page that its reader may open, by a few letters of its name."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from trackr.web.pages import page
from trackr.web.palette import places

bp = Blueprint("palettes", __name__, url_prefix="/palette")


@bp.get("")
def show() -> ResponseReturnValue:
    asked = " ".join(request.args.get("q", "").replace("\x00", "").split())[:100]
    return page("palettes/show.html", fragment="palettes/_places.html", asked=asked, places=places(asked))

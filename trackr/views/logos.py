"""The agency's logo, as its statements show it."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from trackr.web.downloads import show_logo
from trackr.web.instance import agency

bp = Blueprint("logos", __name__)


@bp.get("/agency/logo")
def show() -> ResponseReturnValue:
    house = agency()
    if not house or not house.logo:
        abort(404)
    return show_logo(house.logo)

"""The trail: who came in, who tried to, whose rights were changed, what was taken out."""

from zoneinfo import ZoneInfo

from flask import Blueprint, abort, g, request
from flask.typing import ResponseReturnValue

from trackr.models import Person
from trackr.reach.people import everybody
from trackr.reach.trail import Filters, page_of
from trackr.web.auth import allow
from trackr.web.instance import agency
from trackr.web.pages import page
from trackr.web.trail import KINDS, details_in_words, kind_in_words

bp = Blueprint("audits", __name__, url_prefix="/audit")


@bp.get("")
@allow(Person.can_manage)
def index() -> ResponseReturnValue:
    house = agency() or abort(404)
    filters = Filters.read(request.args)
    return page(
        "audits/index.html",
        filters=filters,
        found=page_of(filters, ZoneInfo(house.timezone)),
        people=everybody(g.reach),
        kinds=KINDS,
        kind_in_words=kind_in_words,
        details_in_words=details_in_words,
    )

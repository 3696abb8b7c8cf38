"""A calendar by a private address: due days, last days of hours, ends of periods."""

from flask import Blueprint, g
from flask.typing import ResponseReturnValue

from trackr.documents.calendar import as_ical
from trackr.reach.feeds import days
from trackr.web import feeds
from trackr.web.auth import public
from trackr.web.filters import reader
from trackr.web.instance import agency

bp = Blueprint("calendars", __name__, url_prefix="/feeds/<calendar>.ics")


@bp.get("")
@public
def show(calendar: str) -> ResponseReturnValue:
    _feed, project = feeds.enter(calendar, "calendar")
    house = agency()
    name = project.name if project else house.name if house else "Trackr"
    return feeds.answer(as_ical(days(g.reach, project), name, feeds.base(), reader().locale), "text/calendar")

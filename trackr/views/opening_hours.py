"""When the agency is open: what response targets are counted in."""

from zoneinfo import available_timezones

from flask import Blueprint, abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms import opening_hours as forms
from trackr.models import DayOff, Person, opening
from trackr.web.auth import allow, me
from trackr.web.instance import agency
from trackr.web.pages import done, page, refills

bp = Blueprint("opening_hours", __name__, url_prefix="/opening-hours")


@bp.get("")
@allow(Person.can_manage)
def edit() -> ResponseReturnValue:
    zones = sorted(available_timezones())
    return page("openings/edit.html", house=agency(), names=forms.WEEKDAYS, days_off=DayOff.listed(), zones=zones)


@bp.put("")
@allow(Person.can_manage)
@refills(edit, "week")
def update() -> ResponseReturnValue:
    house = agency() or abort(404)
    opening.change(house, me(), **forms.read(request.form, house))
    return done(url_for("opening_hours.edit"), message=_("Saved."))

"""Days off: on which no target is counted."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from trackr.forms import opening_hours as forms
from trackr.models import DayOff, Person, opening
from trackr.views.opening_hours import edit
from trackr.web.auth import allow, me
from trackr.web.pages import done, refills

bp = Blueprint("days_off", __name__, url_prefix="/days-off")


@bp.post("")
@allow(Person.can_manage)
@refills(edit, "day_off")
def create() -> ResponseReturnValue:
    day_off = opening.add_day_off(me(), **forms.read_day_off(request.form))
    return done(url_for("opening_hours.edit"), message=_("%(name)s is off.", name=day_off.name))


@bp.delete("/<int:day_off>")
@allow(Person.can_manage)
def destroy(day_off: DayOff) -> ResponseReturnValue:
    opening.remove_day_off(day_off, me())
    return done(url_for("opening_hours.edit"), message=_("%(name)s is no day off any more.", name=day_off.name))

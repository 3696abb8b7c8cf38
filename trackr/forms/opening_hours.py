"""The agency's opening hours and its days off."""

from typing import Any

from flask_babel import gettext as _

from trackr.forms.fields import Fields
from trackr.forms.projects import Form, read_timezone
from trackr.hours.opening import BadSpans, Span, read_spans
from trackr.models import Agency
from trackr.models.opening import LONGEST_DAY_OFF

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LONGEST_NAME = 60


def read(form: Form, agency: Agency) -> dict[str, Any]:
    """The values for opening.change; a day that was not sent stays, an empty one is closed. Raises Invalid."""
    fields = Fields(form)
    week = tuple(
        _spans(fields, name) if fields.has(name) else was for name, was in zip(WEEKDAYS, agency.week, strict=True)
    )
    values = {"week": week, "timezone": read_timezone(fields, agency.timezone)}
    fields.check()
    return values


def _spans(fields: Fields, name: str) -> tuple[Span, ...]:
    try:
        return read_spans(fields.line(name, limit=100))
    except BadSpans:
        fields.error(name, _("Write hours such as 9:00-12:00, 14:00-18:00, or nothing for closed."))
        return ()


def read_day_off(form: Form) -> dict[str, Any]:
    """The values for opening.add_day_off; without a last day it is one. Raises Invalid."""
    fields = Fields(form)
    name = fields.line("name", limit=LONGEST_NAME, required=_("Write what the day is called."))
    first_on = fields.day("first_on")
    last_on = fields.day("last_on", default=first_on)
    if first_on is None:
        fields.error("first_on", _("Choose a day."))
    elif last_on and not 0 <= (last_on - first_on).days < LONGEST_DAY_OFF:
        fields.error("last_on", _("Not before the first day, and at most %(days)s days.", days=LONGEST_DAY_OFF))
    fields.check()
    return {"first_on": first_on, "last_on": last_on, "name": name}

"""Response targets of a project: within how much open time to answer, by priority."""

from typing import Any

from trackr.forms.fields import Fields
from trackr.forms.projects import Form
from trackr.hours.opening import MOST_TARGET_MINUTES
from trackr.models.ticket import PRIORITIES

KINDS = ("first", "next")


def read(form: Form) -> dict[str, Any]:
    """The values for Target.set_for; an empty field is no target. Raises Invalid."""
    fields = Fields(form)
    values = {kind: _minutes(fields, kind) for kind in KINDS}
    fields.check()
    return {"first": values["first"], "later": values["next"], "tells": fields.flag("tells")}


def _minutes(fields: Fields, kind: str) -> dict[str, int]:
    found = {
        priority: fields.duration(f"{kind}_{priority}", limit_minutes=MOST_TARGET_MINUTES) for priority in PRIORITIES
    }
    return {priority: minutes for priority, minutes in found.items() if minutes is not None}

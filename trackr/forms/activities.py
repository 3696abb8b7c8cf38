"""Activities: adding one, and what a form changes of one."""

from typing import Any

from flask_babel import gettext as _

from trackr.forms.fields import Fields
from trackr.forms.projects import Form

LONGEST_NAME = 60
MOST_PERCENT = 1000
LAST_POSITION = 999


def read_new(form: Form) -> dict[str, Any]:
    """The values of a new activity, for Activity.add. Raises Invalid."""
    fields = Fields(form)
    values = {"name": _name(fields), "percent": _percent(fields), "minimum": _minimum(fields)}
    fields.check()
    return values


def changes(form: Form) -> dict[str, Any]:
    """What a form changes of an activity: only the fields that were sent. Raises Invalid."""
    fields = Fields(form)
    readers = {
        "name": _name,
        "percent": _percent,
        "minimum": _minimum,
        "position": lambda fields: fields.number("position", lowest=0, highest=LAST_POSITION, default=0),
    }
    changed = {name: read(fields) for name, read in readers.items() if fields.has(name)}
    fields.check()
    return changed


def _name(fields: Fields) -> str:
    return fields.line("name", limit=LONGEST_NAME, required=_("Write what the work is called."))


def _percent(fields: Fields) -> int:
    return fields.number("percent", lowest=0, highest=MOST_PERCENT, default=100)


def _minimum(fields: Fields) -> int:
    return fields.number("minimum", lowest=0, highest=1440, default=0)

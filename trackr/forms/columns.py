"""Columns of a board: adding one, what a form changes of one, and who takes over the tickets of one."""

from typing import Any

from flask_babel import gettext as _

from trackr.forms.fields import Fields
from trackr.forms.projects import Form
from trackr.models import Column
from trackr.models.column import MOST, ROLES

LONGEST_NAME = 40


def read_new(form: Form) -> dict[str, Any]:
    """The values of a new column, for Column.add. Raises Invalid."""
    fields = Fields(form)
    values = {"name": _name(fields), "role": fields.choice("role", ROLES, "active")}
    fields.check()
    return values


def changes(form: Form, column: Column) -> dict[str, Any]:
    """What a form changes of a column: only the fields that were sent. Raises Invalid."""
    fields = Fields(form)
    changed: dict[str, Any] = {}
    if fields.has("name"):
        changed["name"] = _name(fields)
    if fields.has("role"):
        changed["role"] = fields.choice("role", ROLES, column.role)
    if fields.has("position"):
        changed["position"] = fields.number("position", lowest=0, highest=MOST, default=0)
    fields.check()
    return changed


def heir(form: Form, column: Column) -> Column | None:
    """The column that is to take over the tickets of another, None where none was chosen. Raises Invalid."""
    fields = Fields(form)
    chosen = fields.record("heir", column.heirs(), None)
    fields.check()
    return chosen


def _name(fields: Fields) -> str:
    return fields.line("name", limit=LONGEST_NAME, required=_("Write the column's name."))

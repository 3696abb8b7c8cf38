"""A change of many tickets: which ones, and what of them."""

from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from trackr.forms.fields import Fields
from trackr.forms.tickets import tag_names
from trackr.models import Column, Person
from trackr.models.ticket import PRIORITIES

MOST = 200
NOBODY = "none"


@dataclass(frozen=True)
class BulkChange:
    numbers: list[int]
    column: Column | None
    close: bool
    changes: dict[str, Any] = field(default_factory=dict)  # as Ticket.change takes them
    added: list[str] = field(default_factory=list)  # tags
    removed: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, form: "MultiDict[str, str]", columns: list[Column], people: list[Person]) -> "BulkChange":
        """Raises Invalid: also where no ticket is chosen, or nothing is to be done with them."""
        fields = Fields(form)
        changes: dict[str, Any] = {}
        if fields.raw("assignee") == NOBODY:
            changes["assignee"] = None
        elif person := fields.record("assignee", people, None):
            changes["assignee"] = person
        if priority := fields.choice("priority", ("", *PRIORITIES), ""):
            changes["priority"] = priority
        numbers = fields.ids("tickets", most=MOST)
        added, removed = (tag_names(fields, name) for name in ("add_tags", "remove_tags"))
        column = fields.record("column", columns, None)
        bulk = cls(numbers, column, fields.flag("close"), changes, added, removed)
        if not numbers:
            fields.error("tickets", _("Choose the tickets that are meant."))
        if not (changes or column or bulk.close or added or removed) and not fields.errors:
            fields.error("tickets", _("Choose what is to become of them."))
        fields.check()
        return bulk

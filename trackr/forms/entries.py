"""Time on a ticket, in the composer or by itself."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from trackr.forms.fields import Fields
from trackr.models import Entry, Ticket


@dataclass(frozen=True)
class Time:
    """spent_minutes: really worked · valued_minutes: None where the project's rule shall propose it."""

    spent_minutes: int
    valued_minutes: int | None
    day: date
    note: str
    internal_note: str

    @classmethod
    def read(cls, fields: Fields, ticket: Ticket, *, required: bool = False) -> "Time | None":
        """The time fields of a form; None where no duration was given and none is required."""
        spent = fields.duration("duration", required=required)
        valued = read_valued(fields)
        today = ticket.project.today()
        time = cls(
            spent_minutes=spent or 0,
            valued_minutes=valued,
            day=fields.day("day", default=today, latest=today) or today,
            note=fields.line("note", limit=500),
            internal_note=fields.line("internal_note", limit=500),
        )
        if spent is None and not required and "duration" not in fields.errors:
            if valued is not None:
                fields.error("duration", _("Write the time spent, for example 1h30 or 45m."))
            return None
        return time

    @classmethod
    def read_form(cls, form: "MultiDict[str, str]", ticket: Ticket) -> "Time":
        """A form that is about time alone. Raises Invalid."""
        fields = Fields(form)
        time = cls.read(fields, ticket, required=True)
        fields.check()
        assert time is not None
        return time

    @classmethod
    def read_changes(cls, form: "MultiDict[str, str]", entry: Entry) -> "Time":
        """What a form changes of an entry: only the fields that were sent. Raises Invalid."""
        fields = Fields(form)
        spent, valued = entry.spent_minutes, entry.valued_minutes
        if fields.has("duration"):
            spent = fields.duration("duration", required=True) or 0
        if fields.has("valued"):
            valued = read_valued(fields)
        time = cls(
            spent_minutes=spent,
            valued_minutes=valued,
            day=fields.day("day", default=entry.day, latest=entry.project.today()) or entry.day,
            note=fields.line("note", limit=500) if fields.has("note") else entry.note,
            internal_note=(
                fields.line("internal_note", limit=500) if fields.has("internal_note") else entry.internal_note
            ),
        )
        fields.check()
        return time


def read_valued(fields: Fields) -> int | None:
    """The valued minutes, None where they shall be proposed; nothing valued is written 0."""
    if fields.raw("valued").strip() in ("0", "0m", "0h", "0:00", "0 min"):
        return 0
    return fields.duration("valued")

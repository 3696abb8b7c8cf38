"""Time on a ticket, in the composer or by itself: logged, mended, or given back by a correction."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from trackr.forms.fields import Fields
from trackr.models import Activity, Entry, Ticket

MOST_OVER = 999_999  # minutes
NOTHING = ("0", "0m", "0h", "0:00", "0 min")


@dataclass(frozen=True)
class Time:
    """spent_minutes: really worked · valued_minutes: None where the project's rule shall propose it, below 0 in a
    correction · over_minutes: that the client has agreed to go over · corrects: the entry on a statement, if any.
    """

    spent_minutes: int
    valued_minutes: int | None
    day: date
    note: str
    internal_note: str
    activity: Activity | None
    over_minutes: int
    corrects: Entry | None = None

    @classmethod
    def read(
        cls,
        fields: Fields,
        ticket: Ticket,
        *,
        required: bool = False,
        mended: Entry | None = None,
        corrects: Entry | None = None,
    ) -> "Time | None":
        """The time fields of a form; None where no duration was given and none is required.

        mended: the entry that is being changed, if any, which may keep its activity. A correction may have taken no
        time; what it gives back is always said.
        """
        spent = fields.duration("duration", required=required and not corrects)
        valued = read_valued(fields, signed=corrects is not None)
        today = ticket.project.today()
        time = cls(
            spent_minutes=spent or 0,
            valued_minutes=valued,
            day=fields.day("day", default=today, latest=today) or today,
            note=fields.line("note", limit=500),
            internal_note=fields.line("internal_note", limit=500),
            activity=fields.record("activity", _offered(mended), None),
            over_minutes=fields.number("over", lowest=0, highest=MOST_OVER, default=0),
            corrects=corrects,
        )
        if corrects:
            if required and valued is None:
                fields.error("valued", _("Write what is given back, for example -0:45."))
            return time if required or valued is not None else None
        if spent is None and not required and "duration" not in fields.errors:
            if valued is not None:
                fields.error("duration", _("Write the time spent, for example 1h30 or 45m."))
            return None
        return time

    @classmethod
    def read_form(cls, form: "MultiDict[str, str]", ticket: Ticket) -> "Time":
        """A form that is about time alone. Raises Invalid."""
        fields = Fields(form)
        corrects = read_corrected(fields, ticket)
        time = cls.read(fields, ticket, required=True, corrects=corrects)
        if corrects:
            _require_reason(fields)
        fields.check()
        assert time is not None
        return time

    @classmethod
    def read_changes(cls, form: "MultiDict[str, str]", entry: Entry) -> "Time":
        """What a form changes of an entry: only the fields that were sent. Raises Invalid."""
        stored = {
            "duration": f"{entry.spent_minutes}m" if entry.spent_minutes else "",
            "valued": f"{entry.valued_minutes}m" if entry.valued_minutes else "0",
            "day": entry.day.isoformat(),
            "note": entry.note,
            "internal_note": entry.internal_note,
            "activity": str(entry.activity_id or ""),
        }
        fields = Fields(MultiDict([*form.items(multi=True), *((n, v) for n, v in stored.items() if n not in form)]))
        time = cls.read(fields, entry.ticket, required=True, mended=entry, corrects=entry.corrects)
        if entry.corrects:
            _require_reason(fields)
        fields.check()
        assert time is not None
        return time


@dataclass(frozen=True)
class Change:
    """What goes with a change of an entry: its mark as the person saw it, and why it is changed."""

    mark: str | None
    why: str

    @classmethod
    def read(cls, form: "MultiDict[str, str]") -> "Change":
        """Raises Invalid."""
        fields = Fields(form)
        change = cls(mark=fields.line("mark", limit=64) or None, why=fields.line("why", limit=500))
        fields.check()
        return change


def read_valued(fields: Fields, *, signed: bool = False) -> int | None:
    """The valued minutes, None where they shall be proposed; nothing valued is written 0."""
    if fields.raw("valued").strip() in NOTHING:
        return 0
    return fields.duration("valued", signed=signed)


def read_corrected(fields: Fields, ticket: Ticket) -> Entry | None:
    """The entry that a correction is about, found on its ticket; None where the form is about none."""
    number = fields.raw("corrects").strip()
    if not number:
        return None
    entry = Entry.on(ticket, int(number)) if number.isascii() and number.isdigit() and len(number) < 10 else None
    if entry is None:
        fields.error("corrects", _("This ticket has no such entry."))
    return entry


def _require_reason(fields: Fields) -> None:
    fields.line("note", limit=500, required=_("Say why: the client reads it."))


def _offered(mended: Entry | None) -> Iterator[Activity]:
    """The activities to choose among: asked for only where one was chosen."""
    yield from Activity.offered(mended.activity if mended else None)

"""The entries of a ticket as staff read them, each with the corrections of it; no client is handed one."""

from dataclasses import dataclass
from datetime import date, datetime

from peewee import JOIN, Query

from trackr.models import Activity, Entry, Person, Statement, Ticket
from trackr.models.base import from_milliseconds, now
from trackr.models.prepared import Prepared, parameter
from trackr.reach import Reach


@dataclass(frozen=True, slots=True)
class Other:
    """The other one of an entry and its correction."""

    id: int
    day: date
    valued_minutes: int


@dataclass(frozen=True, slots=True)
class TimeLine:
    """An entry, for staff. `statement` is the number of the one that it stands on, 0 where it can still be changed."""

    id: int
    person: str
    day: date
    spent_minutes: int
    valued_minutes: int
    note: str
    internal_note: str
    pending: bool
    at: datetime
    mine: bool  # to change, or to correct
    activity: str = ""
    statement: int = 0
    corrects: Other | None = None
    corrections: tuple[Other, ...] = ()
    kind: str = "time"

    @property
    def is_correctable(self) -> bool:
        """Whether hours of it can be given back: it is on a statement, and something of it is left."""
        left = self.valued_minutes + sum(correction.valued_minutes for correction in self.corrections)
        return self.statement > 0 and left > 0


def time_lines(reach: Reach, ticket: Ticket) -> list[TimeLine]:
    at, me = now(), reach.person
    rows = list(_entries.rows(ticket=ticket.id))
    others = {row[0]: Other(row[0], date.fromisoformat(row[2]), row[4]) for row in rows}
    corrected = [(row[-1], others[row[0]]) for row in rows if row[-1]]
    found = []
    for id, person, day, spent, valued, note, internal, confirms, written, owner, activity, statement, corrects in rows:
        line = TimeLine(
            id, person, date.fromisoformat(day), spent, valued, note, internal, from_milliseconds(confirms) > at,
            from_milliseconds(written), owner == me.id or me.is_owner, activity or "", statement or 0,
            others.get(corrects), tuple(other for of, other in corrected if of == id),
        )  # fmt: skip
        found.append(line)
    return found


def time_line(entry: Entry, person: Person) -> TimeLine:
    """What the person has just logged, as it stands in the stream."""
    return TimeLine(
        entry.id, person.name, entry.day, entry.spent_minutes, entry.valued_minutes, entry.note, entry.internal_note,
        entry.is_pending(), entry.written_at, True, entry.activity.name if entry.activity else "",
    )  # fmt: skip


def _query_entries() -> Query:
    return (
        Entry.select(
            Entry.id, Person.name, Entry.day, Entry.spent_minutes, Entry.valued_minutes, Entry.note,
            Entry.internal_note, Entry.confirms_at, Entry.written_at, Entry.person, Activity.name, Statement.number,
            Entry.corrects,
        )
        .join(Person)
        .join_from(Entry, Activity, JOIN.LEFT_OUTER)
        .join_from(Entry, Statement, JOIN.LEFT_OUTER)
        .where(Entry.ticket == parameter("ticket"))
        .order_by(Entry.written_at, Entry.id)
    )  # fmt: skip


_entries = Prepared(_query_entries)

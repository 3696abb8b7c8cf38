"""A ticket as one person reads it: comments, time and changes as one stream, and the time on it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from peewee import Query, fn

from trackr.models import Comment, Entry, Event, Person, Ticket
from trackr.models.base import from_milliseconds, now, to_milliseconds
from trackr.models.person import initials
from trackr.models.prepared import Prepared, parameter
from trackr.reach import Reach
from trackr.reach.files import File

# The changes that the stream tells, and what of each a client may read. Comments and time speak for themselves.
TOLD = ("ticket.changed", "ticket.moved", "ticket.closed", "ticket.reopened", "comment.deleted", "note.deleted",
        "file.added", "file.deleted",
        "entry.changed", "entry.removed", "entry.revalued")  # fmt: skip
TOLD_TO_CLIENTS = {
    "ticket.changed": ("title", "kind", "priority", "assignee"),
    "ticket.moved": ("column",),
    "ticket.closed": ("column",),
    "ticket.reopened": ("column",),
    "comment.deleted": (),
    "file.added": ("names",),
    "file.deleted": ("names",),
    "entry.revalued": ("valued", "day", "why"),
}
OF_HOURS = ("entry.revalued",)  # told to clients who see the hours, in their detail


@dataclass(frozen=True, slots=True)
class Message:
    """A comment or an internal note."""

    key: str
    internal: bool
    author: str
    by_staff: bool
    html: str
    at: datetime
    edited: bool
    mine: bool
    kind: str = "message"
    files: tuple[File, ...] = ()

    @property
    def initials(self) -> str:
        return initials(self.author)


@dataclass(frozen=True, slots=True)
class TimeLine:
    """An entry, for staff."""

    id: int
    person: str
    day: date
    spent_minutes: int
    valued_minutes: int
    note: str
    internal_note: str
    pending: bool
    at: datetime
    mine: bool
    kind: str = "time"


@dataclass(frozen=True, slots=True)
class Notice:
    """A change, told in one quiet line."""

    name: str
    actor: str
    data: str  # JSON
    at: datetime
    kind: str = "notice"

    @property
    def details(self) -> dict[str, Any]:
        return json.loads(self.data)


@dataclass(slots=True)
class DayTime:
    """Valued time of one day, as clients see it."""

    day: date
    valued_minutes: int
    pending: bool
    notes: list[str] = field(default_factory=list)


def stream(reach: Reach, ticket: Ticket) -> list[Message | TimeLine | Notice]:
    """Everything on the ticket that the person may read, oldest first. Two queries, three for staff."""
    items: list[Message | TimeLine | Notice] = [*_messages(reach, ticket), *_notices(reach, ticket)]
    if reach.person.is_staff:
        items += entries(reach, ticket)
    return sorted(items, key=lambda item: item.at)


def entries(reach: Reach, ticket: Ticket) -> list[TimeLine]:
    at, me = now(), reach.person.id
    found = []
    for id, person, day, spent, valued, note, internal, confirms, written, owner in _entries.rows(ticket=ticket.id):
        pending = from_milliseconds(confirms) > at
        instant = from_milliseconds(written)
        line = TimeLine(
            id, person, date.fromisoformat(day), spent, valued, note, internal, pending, instant, owner == me
        )
        found.append(line)
    return found


def days(reach: Reach, ticket: Ticket) -> list[DayTime]:
    """The valued time of the ticket as a client sees it: by day, by entry, or not in detail, as the project says."""
    project = ticket.project
    if not reach.sees_hours(project) or project.detail == "total":
        return []
    found: list[DayTime] = []
    at = to_milliseconds(now())
    for text, valued, note, confirms in _valued.rows(ticket=ticket.id):
        day = date.fromisoformat(text)
        if project.detail == "entry" or not found or found[-1].day != day:
            found.append(DayTime(day, 0, False))
        found[-1].valued_minutes += valued
        found[-1].pending |= confirms > at
        if note:
            found[-1].notes.append(note)
    return found


def pending_minutes(ticket: Ticket) -> int:
    """Valued minutes on the ticket that are still within their review window."""
    return _waiting.value(ticket=ticket.id, now=to_milliseconds(now())) or 0


def writers(ticket: Ticket) -> list[tuple[str, bool]]:
    """Who wrote public comments, in the order in which they first did: name, and whether for the agency."""
    return [(name, role != "client") for name, role in _writers.rows(ticket=ticket.id)]


def written(person: Person, comment: Comment, entry: Entry | None) -> list[Message | TimeLine]:
    """What the person has just written, as it stands in the stream."""
    message = Message(
        comment.key, comment.internal, person.name, person.is_staff, comment.body_html, comment.created_at, False, True
    )
    return [message, _line(entry, person)] if entry else [message]


def _line(entry: Entry, person: Person) -> TimeLine:
    return TimeLine(
        entry.id, person.name, entry.day, entry.spent_minutes, entry.valued_minutes, entry.note, entry.internal_note,
        entry.is_pending(), entry.written_at, True,
    )  # fmt: skip


def _messages(reach: Reach, ticket: Ticket) -> Iterator[Message]:
    person = reach.person
    prepared = _comments_and_notes if person.is_staff else _comments
    for number, internal, author, name, role, html, at, edited in prepared.rows(ticket=ticket.id):
        key = f"n{number}" if internal else str(number)
        by_staff, mine = role != "client", author == person.id
        yield Message(key, bool(internal), name, by_staff, html, from_milliseconds(at), edited is not None, mine)


def _notices(reach: Reach, ticket: Ticket) -> Iterator[Notice]:
    by_staff = reach.person.is_staff
    project = ticket.project
    if by_staff:
        prepared = _changes
    elif reach.sees_hours(project) and project.detail != "total":
        prepared = _changes_with_hours
    else:
        prepared = _changes_for_clients
    for kind, actor, data, at in prepared.rows(ticket=ticket.id):
        told = data if by_staff else _told_to_clients(kind, data)
        yield Notice(kind, actor, told, from_milliseconds(at))


def _told_to_clients(kind: str, data: str) -> str:
    details = json.loads(data)
    return json.dumps({name: details[name] for name in TOLD_TO_CLIENTS[kind] if name in details})


def _query_entries() -> Query:
    return (
        Entry.select(
            Entry.id, Person.name, Entry.day, Entry.spent_minutes, Entry.valued_minutes, Entry.note,
            Entry.internal_note, Entry.confirms_at, Entry.written_at, Entry.person,
        )
        .join(Person)
        .where(Entry.ticket == parameter("ticket"))
        .order_by(Entry.written_at, Entry.id)
    )  # fmt: skip


def _query_valued() -> Query:
    told = (Entry.ticket == parameter("ticket")) & (Entry.valued_minutes != 0)
    query = Entry.select(Entry.day, Entry.valued_minutes, Entry.note, Entry.confirms_at)
    return query.where(told).order_by(Entry.day, Entry.id)


def _query_waiting() -> Query:
    waiting = (Entry.ticket == parameter("ticket")) & (Entry.confirms_at > parameter("now"))
    return Entry.select(fn.SUM(Entry.valued_minutes)).where(waiting)


def _query_messages(with_notes: bool) -> Query:
    query = (
        Comment.select(
            Comment.number, Comment.internal, Comment.author, Person.name, Person.role, Comment.body_html,
            Comment.created_at, Comment.edited_at,
        )
        .join(Person)
        .where((Comment.ticket == parameter("ticket")) & Comment.deleted_at.is_null())
        .order_by(Comment.created_at, Comment.id)
    )  # fmt: skip
    return query if with_notes else query.where(~Comment.internal)


def _query_writers() -> Query:
    public = (Comment.ticket == parameter("ticket")) & ~Comment.internal & Comment.deleted_at.is_null()
    query = Comment.select(Person.name, Person.role).join(Person).where(public)
    return query.group_by(Person.id).order_by(fn.MIN(Comment.number))


def _query_changes(for_staff: bool, with_hours: bool = False) -> Query:
    kinds = TOLD if for_staff else tuple(TOLD_TO_CLIENTS)
    query = Event.select(Event.kind, Person.name, Event.data, Event.created_at).join(Person)
    query = query.where((Event.ticket == parameter("ticket")) & Event.kind.in_(kinds)).order_by(Event.id)
    if for_staff:
        return query
    return query.where(Event.client | Event.kind.in_(OF_HOURS)) if with_hours else query.where(Event.client)


_entries = Prepared(_query_entries)
_valued = Prepared(_query_valued)
_waiting = Prepared(_query_waiting)
_comments_and_notes = Prepared(lambda: _query_messages(with_notes=True))
_comments = Prepared(lambda: _query_messages(with_notes=False))
_writers = Prepared(_query_writers)
_changes = Prepared(lambda: _query_changes(for_staff=True))
_changes_with_hours = Prepared(lambda: _query_changes(for_staff=False, with_hours=True))
_changes_for_clients = Prepared(lambda: _query_changes(for_staff=False))

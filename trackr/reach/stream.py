"""A ticket as one person reads it: comments, time and changes as one stream, and the time on it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import zip_longest
from typing import Any

from peewee import Query, fn

from trackr.models import Comment, Entry, Event, Person, Ticket
from trackr.models.base import from_milliseconds, now, to_milliseconds
from trackr.models.naming import people_named, with_names
from trackr.models.person import initials
from trackr.models.prepared import Prepared, parameter
from trackr.reach import Reach
from trackr.reach.files import File
from trackr.reach.time_lines import TimeLine, time_line, time_lines

# The changes that the stream tells, and what of each a client may read. Comments and time speak for themselves.
ESTIMATES = ("estimate.proposed", "estimate.accepted", "estimate.declined", "estimate.withdrawn")
OF_LINKS = ("ticket.linked", "ticket.unlinked", "ticket.absorbed", "ticket.released", "ticket.transferred")
TOLD = ("ticket.changed", "ticket.moved", "ticket.closed", "ticket.reopened", "ticket.turned", "ticket.tagged",
        "ticket.merged", "ticket.unmerged", *OF_LINKS, "comment.deleted", "note.deleted", "entry.changed",
        "entry.removed", "entry.revalued", "participant.added", "participant.left", "file.added", "file.deleted",
        "satisfaction.said", *ESTIMATES)  # fmt: skip
TOLD_TO_CLIENTS = {
    "ticket.changed": ("title", "kind", "priority", "assignee", "requester", "due_on"),
    "ticket.tagged": ("added", "removed"),
    "ticket.merged": (),
    "ticket.unmerged": (),
    "ticket.moved": ("column",),
    "ticket.closed": ("column",),
    "ticket.reopened": ("column",),
    "comment.deleted": (),
    "file.added": ("names",),
    "file.deleted": ("names",),
    "participant.added": ("person",),
    "participant.left": ("person",),
    "entry.revalued": ("valued", "day", "why", "gone"),
    **dict.fromkeys(ESTIMATES, ("low", "ceiling", "instead_of", "message", "answer")),
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
    mailed: bool = False  # there is more in the mail that it came by, and the reader may read it
    origin: int = 0  # the number of the ticket that it was written on, where that was merged into this one

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return f"comment-{self.origin}-{self.key}" if self.origin else f"comment-{self.key}"

    @property
    def initials(self) -> str:
        return initials(self.author)


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

    @property
    def day(self) -> date:
        """That of the time which is told anew."""
        return date.fromisoformat(self.details["day"])


@dataclass(slots=True)
class DayTime:
    """Valued time of one day, as clients see it."""

    day: date
    valued_minutes: int
    pending: bool
    notes: list[str] = field(default_factory=list)
    corrections: list[str] = field(default_factory=list)  # why hours were given back


def stream(reach: Reach, ticket: Ticket) -> list[Message | TimeLine | Notice]:
    """Everything on the ticket that the person may read, oldest first. Two queries, three for staff."""
    items: list[Message | TimeLine | Notice] = [*_messages(reach, ticket), *_notices(reach, ticket)]
    if reach.person.is_staff:
        items += time_lines(reach, ticket)
    return sorted(items, key=lambda item: item.at)


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
        if valued < 0:
            found[-1].corrections.append(note)
    return found


def pending_minutes(ticket: Ticket) -> int:
    """Valued minutes on the ticket that are still within their review window."""
    return _waiting.value(ticket=ticket.id, now=to_milliseconds(now())) or 0


def written(person: Person, comment: Comment, entry: Entry | None) -> list[Message | TimeLine]:
    """What the person has just written, as it stands in the stream."""
    message = Message(
        comment.key, comment.internal, person.name, person.is_staff, comment.body_html, comment.created_at, False, True
    )
    return [message, time_line(entry, person)] if entry else [message]


def _messages(reach: Reach, ticket: Ticket) -> Iterator[Message]:
    person = reach.person
    prepared = _comments_and_notes if person.is_staff else _comments
    for number, internal, author, name, role, html, at, edited, mailed in prepared.rows(ticket=ticket.id):
        key = f"n{number}" if internal else str(number)
        by_staff, mine = role != "client", author == person.id
        told = (bool(internal), name, by_staff, html, from_milliseconds(at), edited is not None, mine)
        # The mail that it came by holds what was written to its author alone.
        yield Message(key, *told, mailed=bool(mailed) and (mine or person.is_staff))


def _notices(reach: Reach, ticket: Ticket) -> Iterator[Notice]:
    by_staff = reach.person.is_staff
    project = ticket.project
    if by_staff:
        prepared = _changes
    elif reach.sees_hours(project):
        prepared = _changes_with_estimates if project.detail == "total" else _changes_with_hours
    else:
        prepared = _changes_for_clients
    rows = list(prepared.rows(ticket=ticket.id))
    for (kind, actor, data, at, names), after in zip_longest(rows, [row[0] for row in rows[1:]]):
        if after == "entry.revalued" and kind in ("entry.changed", "entry.removed"):
            continue  # the same change, told once
        told = data if by_staff else told_to_clients(kind, data)
        yield Notice(kind, actor, with_names(told, names), from_milliseconds(at))


def told_to_clients(kind: str, data: str) -> str:
    details = json.loads(data)
    return json.dumps({name: details[name] for name in TOLD_TO_CLIENTS[kind] if name in details})


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
            Comment.created_at, Comment.edited_at, Comment.mailed.is_null(False),
        )
        .join(Person)
        .where((Comment.ticket == parameter("ticket")) & Comment.deleted_at.is_null())
        .order_by(Comment.created_at, Comment.id)
    )  # fmt: skip
    return query if with_notes else query.where(~Comment.internal)


def _query_changes(for_staff: bool, of_hours: tuple[str, ...] = ()) -> Query:
    kinds = TOLD if for_staff else tuple(TOLD_TO_CLIENTS)
    query = Event.select(Event.kind, Person.name, Event.data, Event.created_at, people_named()).join(Person)
    query = query.where((Event.ticket == parameter("ticket")) & Event.kind.in_(kinds)).order_by(Event.id)
    return query if for_staff else query.where(Event.client | Event.kind.in_(of_hours))


_valued = Prepared(_query_valued)
_waiting = Prepared(_query_waiting)
_comments_and_notes = Prepared(lambda: _query_messages(with_notes=True))
_comments = Prepared(lambda: _query_messages(with_notes=False))
_changes = Prepared(lambda: _query_changes(for_staff=True))
_changes_with_hours = Prepared(lambda: _query_changes(for_staff=False, of_hours=OF_HOURS + ESTIMATES))
_changes_with_estimates = Prepared(lambda: _query_changes(for_staff=False, of_hours=ESTIMATES))
_changes_for_clients = Prepared(lambda: _query_changes(for_staff=False))

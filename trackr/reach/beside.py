"""What stands beside a ticket: its tags, the tickets around it, those it is linked with, and those merged with it, the
estimate that waits on it, and what its forms offer.

One query for all of it; of other tickets only those that the reader may see.
"""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from peewee import Case, Query, Select, Value

from trackr.models import Activity, Column, Estimate, Link, Person, Tag, Tagging, Ticket
from trackr.models.base import from_milliseconds
from trackr.models.merging import family
from trackr.models.prepared import Prepared, parameter
from trackr.reach import Reach, neighbours
from trackr.reach.scope import NOTHING, visible

Other = Ticket.alias("other")


@dataclass(frozen=True, slots=True)
class Linked:
    """A ticket that is linked with this one."""

    id: int  # of the link
    number: int
    title: str
    kind: str  # related, duplicate (this one is a duplicate of it), duplicated (it is one of this)
    is_closed: bool


@dataclass(frozen=True, slots=True)
class Merged:
    """A ticket that was merged into this one, at whatever remove, with what was asked there."""

    number: int
    title: str
    valued_minutes: int
    spent_minutes: int | None  # None: not for this reader
    html: str
    requester: str
    by_staff: bool
    opened_at: datetime


@dataclass(slots=True)
class Beside:
    tags: list[str] = field(default_factory=list)
    known_tags: list[str] = field(default_factory=list)  # of the project, for staff
    columns: list[Column] = field(default_factory=list)  # of the project's board, for staff
    activities: list[Activity] = field(default_factory=list)  # that time can be logged as, for staff
    estimate: Estimate | None = None  # the one that waits for an answer, for who sees the hours
    links: list[Linked] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)
    into: tuple[int, str] | None = None  # number and title of the ticket in which this one goes on
    before: int | None = None  # the number of the ticket before this one on the board
    after: int | None = None


def link(reach: Reach, ticket: Ticket, number: int) -> Link | None:
    """A link of the ticket to another that the person sees: for staff."""
    found = Link.on(ticket, number) if reach.person.is_staff else None
    ends = [reach.ticket(end) for end in (found.ticket_id, found.other_id)] if found else []
    if found is None or None in ends:
        return None
    found.ticket, found.other = ends
    return found


def beside(reach: Reach, ticket: Ticket) -> Beside:
    person, found = reach.person, Beside()
    column, project = ticket.column, ticket.project
    sees = (person.sees_every_project, reach.sees_all(project), reach.sees_hours(project))
    prepared = _beside(person.is_client, *sees, column.is_done)
    place = {"place": ticket.position, "column": column.id, "stands": column.position}
    values: dict[str, Any] = place | {
        "ticket": ticket.id,
        "project": project.id,
        "person": person.id,
        "into": ticket.merged_into_id,
    }
    for part, number, text, *more in sorted(prepared.rows(**values), key=lambda row: (row[0], row[2].casefold())):
        match part:
            case "tag":
                found.tags.append(text)
            case "known":
                found.known_tags.append(text)
            case "column":
                found.columns.append(Column(id=number, name=text, position=more[0], role=more[2], project=project))
            case "activity":
                values = dict(zip(("percent", "minimum", "position"), more[:3], strict=True))
                found.activities.append(Activity(id=number, name=text, **values))
            case "estimate":
                found.estimate = _estimate(ticket, number, text, *more)
            case "into":
                found.into = (number, text)
            case "before" | "after":
                setattr(found, part, number)
            case "merged":
                found.merged.append(_merged(number, text, *more))
            case _:
                link, is_closed = more[:2]
                found.links.append(Linked(link, number, text, part, bool(is_closed)))
    found.activities.sort(key=lambda activity: (activity.position, activity.id))
    found.columns.sort(key=lambda column: (column.position, column.id))
    return found


def _merged(
    number: int, title: str, valued: int, spent: int | None, html: str, name: str, role: str, at: int
) -> Merged:
    return Merged(number, title, valued, spent, html, name, role != "client", from_milliseconds(at))


def _asked(*nothing: Value) -> Select:
    """The estimate that waits for an answer."""
    said = (Estimate.message, Estimate.low_minutes, Estimate.ceiling_minutes, Estimate.state)
    query = Estimate.select(Value("estimate"), Estimate.id, *said, Estimate.proposed_by, Estimate.proposed_at, *nothing)
    return query.where((Estimate.ticket == parameter("ticket")) & (Estimate.state == "proposed"))


def _estimate(
    ticket: Ticket, number: int, message: str, low: int, ceiling: int, state: str, by: int, at: int, *_: object
) -> Estimate:
    return Estimate(
        id=number, ticket=ticket, project=ticket.project, low_minutes=low, ceiling_minutes=ceiling, message=message,
        state=state, proposed_by=by, proposed_at=from_milliseconds(at),
    )  # fmt: skip


@cache
def _beside(by_client: bool, sees_every: bool, sees_all: bool, sees_hours: bool, is_done: bool) -> Prepared:
    def build() -> Query:
        seen = visible(Other, by_client, sees_every)
        nothing = [Value("") for _ in range(4)]
        tags = Tag.select(Value("tag"), Tag.id, Tag.name, Value(0), Value(0), *nothing).join(Tagging)
        query: Any = tags.where(Tagging.ticket == parameter("ticket"))
        if not by_client:
            known = Tag.select(Value("known"), Tag.id, Tag.name, Value(0), Value(0), *nothing)
            query = query.union_all(known.where(Tag.project == parameter("project")))
            board = Column.select(
                Value("column"), Column.id, Column.name, Column.position, Value(0), Column.role, *nothing[1:]
            )
            query = query.union_all(board.where(Column.project == parameter("project")))
            offered = Activity.select(
                Value("activity"), Activity.id, Activity.name, Activity.percent, Activity.minimum, Activity.position,
                *nothing[1:],
            )  # fmt: skip
            query = query.union_all(offered.where(Activity.archived_at.is_null()))
        if sees_hours:
            query = query.union_all(_asked(*nothing[3:]))
        for here, there, kind in ((Link.ticket, Link.other, Link.kind), (Link.other, Link.ticket, _seen_from_there)):
            linked = Link.select(kind, Other.id, Other.title, Link.id, Other.closed_at.is_null(False), *nothing)
            linked = linked.join(Other, on=(there == Other.id)).where((here == parameter("ticket")) & seen)
            query = query.union_all(linked)
        for part, number in zip(("before", "after"), neighbours.on_board(sees_all, is_done), strict=True):
            query = query.union_all(
                Other.select(Value(part), number, Value(""), Value(0), Value(0), *nothing).where(
                    Other.id == parameter("ticket")
                )
            )
        into = Other.select(Value("into"), Other.id, Other.title, Value(0), Value(0), *nothing)
        query = query.union_all(into.where((Other.id == parameter("into")) & seen))
        table, ids = family()
        spent = NOTHING if by_client else Other.spent_minutes
        figures = (Other.valued_minutes, spent, Other.body_html, Person.name, Person.role, Other.opened_at)
        merged = Other.select(Value("merged"), Other.id, Other.title, *figures)
        merged = merged.join(Person, on=(Other.requester == Person.id)).where(Other.id.in_(ids) & seen)
        return query.union_all(merged).with_cte(table)

    return Prepared(build)


_seen_from_there = Case(Link.kind, (("duplicate", "duplicated"),), Link.kind)

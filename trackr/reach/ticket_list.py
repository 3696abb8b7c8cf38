"""The list of tickets, of one project or of all, as the address asks for it: its pages cost the same."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from peewee import JOIN, SQL, Case, Expression, Field, Node, fn

from trackr.models import Column, Project, Tag, Target, Ticket, turn
from trackr.models import search as index
from trackr.models.base import from_milliseconds
from trackr.models.tag import named
from trackr.models.ticket import PRIORITIES
from trackr.reach import Reach, ask, targets, unread
from trackr.reach.filters import Filters
from trackr.reach.scope import NOTHING, Assignee, Requester
from trackr.reach.search import condition, match_of, sources

PER_PAGE = 50
MOST_IN_A_FILE = 50_000


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    title: str
    priority: str
    kind: str
    column: str
    role: str
    turn: str
    requester: str
    assignee: str
    valued_minutes: int | None
    spent_minutes: int | None  # internal
    opened_at: datetime
    changed_at: datetime
    project: str
    slug: str  # of the project
    due_on: date | None
    is_closed: bool
    answer_at: datetime | None  # by when it is to be answered, where the reader is shown that
    tags: tuple[str, ...]
    is_unread: bool = False

    @property
    def step(self) -> str:
        """Where a client is told that it stands, whatever the agency calls its columns."""
        return turn.step(self.role, self.turn)


@dataclass(slots=True)
class Found:
    rows: list[Row]
    count: int
    has_next: bool

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // PER_PAGE))


def ticket_list(reach: Reach, project: Project | None, filters: Filters) -> Found:
    """One page of the tickets that this person sees, of the project or (None) of all. At most four queries.

    A list of all projects is for staff.
    """
    start = (filters.page - 1) * PER_PAGE
    theirs = wanted(reach, project, filters)
    new = unread.numbers(reach, project) if project else set()
    rows = list(_rows(reach, project, filters, theirs, PER_PAGE + 1, start, new))
    fit_one_page = filters.page == 1 and len(rows) <= PER_PAGE
    return Found(
        rows[:PER_PAGE], len(rows) if fit_one_page else Ticket.select().where(theirs).count(), len(rows) > PER_PAGE
    )


def whole_list(reach: Reach, project: Project | None, filters: Filters) -> Iterator[Row]:
    """All pages of that, for a file."""
    return _rows(reach, project, filters, wanted(reach, project, filters), MOST_IN_A_FILE, 0)


def _rows(
    reach: Reach,
    project: Project | None,
    filters: Filters,
    theirs: Expression,
    most: int,
    start: int,
    new: Collection[int] = (),
) -> Iterator[Row]:
    query = (
        Ticket.select(
            Ticket.id, Ticket.title, Ticket.priority, Ticket.kind, Column.name, Column.role, Ticket.turn,
            Requester.name, fn.COALESCE(Assignee.name, ""),
            Ticket.valued_minutes if _sees_hours(reach, project) else NOTHING,
            Ticket.spent_minutes if reach.person.is_staff else NOTHING,
            Ticket.opened_at, _changed(reach), Project.name, Project.slug, Ticket.due_on,
            Ticket.closed_at.is_null(False), Target.due() if _sees_targets(reach, project) else NOTHING, Tag.names(),
        )
        .join(Column)
        .join_from(Ticket, Project)
        .join_from(Ticket, Requester, on=(Ticket.requester == Requester.id))
        .join_from(Ticket, Assignee, JOIN.LEFT_OUTER, on=(Ticket.assignee == Assignee.id))
    )  # fmt: skip
    query = query.where(theirs)
    key, falls = order(reach, project, filters)
    query = query.order_by(key.desc() if falls else key.asc(), Ticket.id.desc())
    for row in query.limit(most).offset(start).tuples():
        due, tags = row[-2:]
        read: list[Any] = [*row[:-2], due and from_milliseconds(due), named(tags), row[0] in new]
        yield Row(*read)


def chosen(reach: Reach, project: Project, numbers: list[int]) -> list[Ticket]:
    """Those of the project's tickets that were chosen, in this order, with their columns."""
    query = Ticket.select(Ticket, Column).join(Column).where(reach.tickets(project) & Ticket.id.in_(numbers))
    found = {ticket.id: ticket for ticket in query}
    for ticket in found.values():
        ticket.project = project
    return [found[number] for number in numbers if number in found]


def order(reach: Reach, project: Project | None, filters: Filters) -> tuple[Node, bool]:
    """What the list is ordered by, and whether the highest comes first; of equal ones the newest does.

    Not by the time, for who does not see it.
    """
    hidden = filters.sort == "valued" and not _sees_hours(reach, project)
    by, way = ("number", "desc") if hidden else (filters.sort, filters.way)
    if by == "age":  # the numbers come in the order of time
        by, way = "number", "desc" if way == "asc" else "asc"
    keys = {
        "number": Ticket.id,
        "title": fn.LOWER(Ticket.title),
        "priority": Case(Ticket.priority, [(priority, place) for place, priority in enumerate(PRIORITIES)]),
        "changed": _changed(reach),
        "valued": Ticket.valued_minutes,
    }
    return keys[by], way == "desc"


def wanted(reach: Reach, project: Project | None, filters: Filters) -> Expression:
    """The condition for the tickets that the person sees and the filters ask for."""
    found = reach.tickets(project) if project else reach.everywhere()
    for name in ("column", "assignee"):
        if value := getattr(filters, name):
            found &= getattr(Ticket, name) == int(value)
    for name in ("kind", "priority"):
        if value := getattr(filters, name):
            found &= getattr(Ticket, name) == value
    if filters.tag:
        found &= Tag.worn(filters.tag)
    return found & _asked(reach, filters.q) if filters.q else found


def _asked(reach: Reach, q: str) -> Expression:
    """The condition of a search: its filters, and its words in a title, or anywhere the search looks."""
    asked = ask.read(q)
    found = condition(reach, asked)
    if asked.is_exact or not asked.has_words:
        return found
    named = Ticket.title.contains(" ".join([*asked.words, *asked.phrases]))
    by_number = Ticket.id == asked.number if asked.number else SQL("0")
    return found & (named | by_number | index.found(sources(reach), match_of(asked)))


def _changed(reach: Reach) -> Field:
    """When it last changed for this reader: what is internal is no change for a client."""
    return fn.COALESCE(Ticket.changed_at if reach.person.is_staff else Ticket.client_changed_at, Ticket.opened_at)


def _sees_targets(reach: Reach, project: Project | None) -> bool:
    return targets.shown(reach.person, project) if project else reach.person.is_staff


def _sees_hours(reach: Reach, project: Project | None) -> bool:
    return reach.sees_hours(project) if project else reach.person.is_staff

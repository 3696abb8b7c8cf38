"""The list of tickets, of one project or of all: filters and order in the address, and pages that cost the same."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlencode

from peewee import JOIN, SQL, Case, Expression, Field, Select, fn
from werkzeug.datastructures import MultiDict

from trackr.models import Column, Project, Ticket
from trackr.models import search as index
from trackr.models.ticket import KINDS, PRIORITIES
from trackr.reach import Reach, ask, unread
from trackr.reach.scope import NOTHING, Assignee, Requester
from trackr.reach.search import condition, match_of, sources

PER_PAGE = 50
LAST_PAGE = 10_000
MOST_IN_A_FILE = 50_000

# What the list may be ordered by, and which end comes first unless the address says so. `number` is also its age.
SORTS = {"number": "desc", "title": "asc", "priority": "desc", "age": "asc", "changed": "desc", "valued": "desc"}
# As addresses said it before: they stay good.
EARLIER = {"newest": ("number", "desc"), "oldest": ("number", "asc")}
DIRECTIONS = ("asc", "desc")


@dataclass(frozen=True)
class Filters:
    """What the address asks for; what cannot be read is as if it were not there."""

    q: str = ""
    column: str = ""  # id
    assignee: str = ""  # id
    kind: str = ""
    priority: str = ""
    sort: str = "number"
    direction: str = ""  # "": as the order begins by itself
    page: int = 1

    @classmethod
    def read(cls, values: "MultiDict[str, str]") -> "Filters":
        def among(name: str, choices: tuple[str, ...], default: str = "") -> str:
            return values.get(name, "") if values.get(name) in choices else default

        sort, direction = EARLIER.get(values.get("sort", ""), (among("sort", tuple(SORTS), "number"), ""))
        direction = among("direction", DIRECTIONS, direction)
        return cls(
            q=ask.cleaned(values.get("q", "")),
            column=_digits(values, "column"),
            assignee=_digits(values, "assignee"),
            kind=among("kind", KINDS),
            priority=among("priority", PRIORITIES),
            sort=sort,
            direction="" if direction == SORTS[sort] else direction,
            page=page_number(values),
        )

    def address(self, **changes: object) -> dict[str, Any]:
        """The arguments of an address with some of them changed, the defaults left out."""
        default = asdict(Filters())
        wanted = asdict(self) | changes
        return {name: value for name, value in wanted.items() if value != default[name]}

    def turned(self, sort: str) -> dict[str, Any]:
        """The address of the same list by another order, or by this one the other way round."""
        other = {"asc": "desc", "desc": "asc"}[self.way] if sort == self.sort else SORTS[sort]
        return self.address(sort=sort, direction="" if other == SORTS[sort] else other, page=1)

    def as_query(self) -> str:
        """The same as text, without the page: what a saved view keeps."""
        return urlencode(self.address(page=1))

    @classmethod
    def from_query(cls, query: str) -> "Filters":
        return cls.read(MultiDict(parse_qsl(query)))

    @property
    def way(self) -> str:
        return self.direction or SORTS[self.sort]

    @property
    def narrow(self) -> bool:
        """Whether anything is left out."""
        return bool(self.q or self.column or self.assignee or self.kind or self.priority)


@dataclass(slots=True)
class Row:
    number: int
    title: str
    priority: str
    kind: str
    column: str
    role: str
    requester: str
    assignee: str
    valued_minutes: int | None
    spent_minutes: int | None  # internal
    opened_at: datetime
    changed_at: datetime
    project: str
    is_unread: bool = False


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
    query = _narrowed(Ticket.select(), reach, project, filters)
    rows = list(_rows(reach, project, filters, PER_PAGE + 1, start))
    fit_one_page = filters.page == 1 and len(rows) <= PER_PAGE
    new = unread.numbers(reach, project) if project else set()
    for row in rows:
        row.is_unread = row.number in new
    return Found(rows[:PER_PAGE], len(rows) if fit_one_page else query.count(), len(rows) > PER_PAGE)


def whole_list(reach: Reach, project: Project, filters: Filters) -> Iterator[Row]:
    """All pages of it, for a file."""
    return _rows(reach, project, filters, MOST_IN_A_FILE, 0)


def _rows(reach: Reach, project: Project | None, filters: Filters, most: int, start: int) -> Iterator[Row]:
    changed = _changed(reach)
    query = (
        Ticket.select(
            Ticket.id, Ticket.title, Ticket.priority, Ticket.kind, Column.name, Column.role, Requester.name,
            fn.COALESCE(Assignee.name, ""),
            Ticket.valued_minutes if _sees_hours(reach, project) else NOTHING,
            Ticket.spent_minutes if reach.person.is_staff else NOTHING,
            Ticket.opened_at, changed, Project.name,
        )
        .join(Column)
        .join_from(Ticket, Project)
        .join_from(Ticket, Requester, on=(Ticket.requester == Requester.id))
        .join_from(Ticket, Assignee, JOIN.LEFT_OUTER, on=(Ticket.assignee == Assignee.id))
    )  # fmt: skip
    query = _narrowed(query, reach, project, filters)
    hidden = filters.sort == "valued" and not _sees_hours(reach, project)
    by, way = ("number", "desc") if hidden else (filters.sort, filters.way)
    if by == "age":  # the numbers come in the order of time
        by, way = "number", "desc" if way == "asc" else "asc"
    order = {
        "number": Ticket.id,
        "title": fn.LOWER(Ticket.title),
        "priority": Case(Ticket.priority, [(priority, place) for place, priority in enumerate(PRIORITIES)]),
        "changed": changed,
        "valued": Ticket.valued_minutes,
    }[by]
    ordered = [order.asc() if way == "asc" else order.desc(), Ticket.id.desc()]
    for row in query.order_by(*ordered).limit(most).offset(start).tuples():
        yield Row(*row)


def _narrowed(query: Select, reach: Reach, project: Project | None, filters: Filters) -> Select:
    query = query.where(reach.tickets(project) if project else reach.everywhere())
    for name in ("column", "assignee"):
        if value := getattr(filters, name):
            query = query.where(getattr(Ticket, name) == int(value))
    for name in ("kind", "priority"):
        if value := getattr(filters, name):
            query = query.where(getattr(Ticket, name) == value)
    return query.where(_asked(reach, filters.q)) if filters.q else query


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


def _sees_hours(reach: Reach, project: Project | None) -> bool:
    return reach.sees_hours(project) if project else reach.person.is_staff


def page_number(values: "MultiDict[str, str]") -> int:
    """The page that an address asks for, 1 where it says nothing that can be read."""
    return min(max(int(_digits(values, "page") or 1), 1), LAST_PAGE)


def _digits(values: "MultiDict[str, str]", name: str) -> str:
    text = values.get(name, "")
    return text if text.isascii() and text.isdecimal() and len(text) <= 9 else ""

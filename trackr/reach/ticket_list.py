"""The list of a project's tickets: filters in the address, and pages that cost the same however many there are."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from peewee import JOIN, Expression, Ordering, fn
from werkzeug.datastructures import MultiDict

from trackr.models import Column, Project, Tag, Tagging, Ticket
from trackr.models.tag import LONGEST
from trackr.models.ticket import KINDS, PRIORITIES
from trackr.reach import Reach
from trackr.reach.scope import NOTHING, Assignee, Requester

PER_PAGE = 50
LAST_PAGE = 10_000

SORTS: dict[str, list[Ordering]] = {
    "newest": [Ticket.id.desc()],
    "oldest": [Ticket.id.asc()],
    "title": [Ticket.title.asc(), Ticket.id.asc()],
    "valued": [Ticket.valued_minutes.desc(), Ticket.id.desc()],
}


@dataclass(frozen=True)
class Filters:
    """What the address asks for; what cannot be read is as if it were not there."""

    q: str = ""
    column: str = ""  # id
    assignee: str = ""  # id
    kind: str = ""
    priority: str = ""
    tag: str = ""
    sort: str = "newest"
    page: int = 1

    @classmethod
    def read(cls, values: "MultiDict[str, str]") -> "Filters":
        def digits(name: str) -> str:
            text = values.get(name, "")
            return text if text.isascii() and text.isdecimal() and len(text) <= 9 else ""

        def among(name: str, choices: tuple[str, ...], default: str = "") -> str:
            return values.get(name, "") if values.get(name) in choices else default

        return cls(
            q=" ".join(values.get("q", "").replace("\x00", "").split())[:100],
            column=digits("column"),
            assignee=digits("assignee"),
            kind=among("kind", KINDS),
            priority=among("priority", PRIORITIES),
            tag=" ".join(values.get("tag", "").replace("\x00", "").split())[:LONGEST],
            sort=among("sort", tuple(SORTS), "newest"),
            page=min(max(int(digits("page") or 1), 1), LAST_PAGE),
        )

    def address(self, **changes: object) -> dict[str, object]:
        """The arguments of an address with some of them changed, the defaults left out."""
        default = asdict(Filters())
        wanted = asdict(self) | changes
        return {name: value for name, value in wanted.items() if value != default[name]}

    @property
    def narrow(self) -> bool:
        """Whether anything is left out."""
        return bool(self.q or self.column or self.assignee or self.kind or self.priority or self.tag)


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
    opened_at: datetime
    due_on: date | None
    is_closed: bool
    tags: tuple[str, ...] = ()


@dataclass(slots=True)
class Found:
    rows: list[Row]
    has_next: bool


def ticket_list(reach: Reach, project: Project, filters: Filters) -> Found:
    """One page of the project's tickets that this person sees. Two queries."""
    query = (
        Ticket.select(
            Ticket.id,
            Ticket.title,
            Ticket.priority,
            Ticket.kind,
            Column.name,
            Column.role,
            Requester.name,
            fn.COALESCE(Assignee.name, ""),
            Ticket.valued_minutes if reach.sees_hours(project) else NOTHING,
            Ticket.opened_at,
            Ticket.due_on,
            Ticket.closed_at.is_null(False),
        )
        .join(Column)
        .join_from(Ticket, Requester, on=(Ticket.requester == Requester.id))
        .join_from(Ticket, Assignee, JOIN.LEFT_OUTER, on=(Ticket.assignee == Assignee.id))
        .where(wanted(reach, project, filters))
    )
    query = query.order_by(*SORTS[order(reach, project, filters)])
    query = query.limit(PER_PAGE + 1).offset((filters.page - 1) * PER_PAGE)
    rows = [Row(*row) for row in query.tuples()]
    tags = Tag.on(row.number for row in rows)
    for row in rows:
        row.tags = tags.get(row.number, ())
    return Found(rows[:PER_PAGE], len(rows) > PER_PAGE)


def order(reach: Reach, project: Project, filters: Filters) -> str:
    """By which of SORTS: not by the time, for who does not see it."""
    by_hidden = filters.sort == "valued" and not reach.sees_hours(project)
    return "newest" if by_hidden else filters.sort


def wanted(reach: Reach, project: Project, filters: Filters) -> Expression:
    """The condition for the tickets that the person sees and the filters ask for."""
    found = reach.tickets(project)
    if filters.q:
        number = filters.q.removeprefix("#")
        named = Ticket.title.contains(filters.q)
        is_number = number.isascii() and number.isdecimal() and len(number) <= 9
        found &= (named | (Ticket.id == int(number))) if is_number else named
    if filters.column:
        found &= Ticket.column == int(filters.column)
    if filters.assignee:
        found &= Ticket.assignee == int(filters.assignee)
    if filters.kind:
        found &= Ticket.kind == filters.kind
    if filters.priority:
        found &= Ticket.priority == filters.priority
    if filters.tag:
        tagged = Tagging.select(Tagging.ticket).join(Tag)
        found &= Ticket.id.in_(tagged.where((Tag.project == project) & (Tag.name == filters.tag)))
    return found

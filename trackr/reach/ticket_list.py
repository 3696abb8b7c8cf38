"""The list of a project's tickets: filters in the address, and pages that cost the same however many there are."""

from dataclasses import asdict, dataclass
from datetime import datetime

from peewee import JOIN, Ordering, fn
from werkzeug.datastructures import MultiDict

from trackr.models import Column, Project, Ticket
from trackr.models.ticket import KINDS, PRIORITIES
from trackr.reach import Reach, unread
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
    opened_at: datetime
    is_unread: bool = False


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
        )
        .join(Column)
        .join_from(Ticket, Requester, on=(Ticket.requester == Requester.id))
        .join_from(Ticket, Assignee, JOIN.LEFT_OUTER, on=(Ticket.assignee == Assignee.id))
        .where(reach.tickets(project))
    )
    if filters.q:
        number = filters.q.removeprefix("#")
        named = Ticket.title.contains(filters.q)
        is_number = number.isascii() and number.isdecimal() and len(number) <= 9
        query = query.where(named | (Ticket.id == int(number)) if is_number else named)
    if filters.column:
        query = query.where(Ticket.column == int(filters.column))
    if filters.assignee:
        query = query.where(Ticket.assignee == int(filters.assignee))
    if filters.kind:
        query = query.where(Ticket.kind == filters.kind)
    if filters.priority:
        query = query.where(Ticket.priority == filters.priority)
    by_hidden = filters.sort == "valued" and not reach.sees_hours(project)
    query = query.order_by(*SORTS["newest" if by_hidden else filters.sort])
    query = query.limit(PER_PAGE + 1).offset((filters.page - 1) * PER_PAGE)
    new = unread.numbers(reach, project)
    rows = [Row(*row) for row in query.tuples()]
    for row in rows:
        row.is_unread = row.number in new
    return Found(rows[:PER_PAGE], len(rows) > PER_PAGE)

"""The board as one person sees it: columns of cards, in few queries and plain rows, however many tickets there are."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from itertools import chain

from peewee import JOIN, Expression, Query, Select, fn

from trackr.models import Column, Estimate, Project, Tag, Ticket
from trackr.models.base import from_milliseconds
from trackr.models.person import initials
from trackr.models.prepared import Prepared, parameter
from trackr.reach import Reach
from trackr.reach.scope import NOTHING, Assignee, Requester

LATEST_DONE = 10
MOST_COUNTED = 100  # counting further would cost more the longer a project lives


@dataclass(frozen=True, slots=True)
class Card:
    number: int
    title: str
    priority: str
    requester: str
    assignee: str  # empty: nobody yet
    valued_minutes: int | None  # None: not for this reader
    opened_at: datetime
    has_estimate: bool = False  # one that waits for an answer, for who sees the hours
    due_on: date | None = None
    tags: tuple[str, ...] = ()  # while it is open

    @property
    def initials(self) -> str:
        return initials(self.assignee)


@dataclass(slots=True)
class CardColumn:
    id: int
    name: str
    role: str
    cards: list[Card] = field(default_factory=list)
    older: int = 0  # further done tickets that are not shown, at most MOST_COUNTED

    @property
    def size(self) -> int:
        return len(self.cards)

    @property
    def valued_minutes(self) -> int:
        return sum(card.valued_minutes or 0 for card in self.cards)


def board(reach: Reach, project: Project) -> list[CardColumn]:
    """The project's columns with their cards in order; of the done ones the latest. Six queries at most."""
    columns = {column.id: CardColumn(column.id, column.name, column.role) for column in Column.of(project)}
    asked = (reach.sees_all(project), reach.sees_hours(project))
    values = {"project": project.id, "person": reach.person.id}
    rows = chain(_unfinished(*asked).rows(**values), _latest_done(*asked).rows(**values))
    asks = Estimate.waiting_in(project) if asked[1] else set()
    tags = Tag.on_open(project)
    for column, number, title, priority, requester, assignee, valued, opened, due in rows:
        at = from_milliseconds(opened)
        card = Card(number, title, priority, requester, assignee, valued, at, number in asks)
        if due or number in tags:
            card = replace(card, due_on=due and date.fromisoformat(due), tags=tags.get(number, ()))
        columns[column].cards.append(card)
    for (column,) in _older(asked[0]).rows(**values):
        columns[column].older += 1
    return list(columns.values())


@cache
def _unfinished(sees_all: bool, sees_hours: bool) -> Prepared:
    def build() -> Query:
        unfinished = _seen(sees_all) & Ticket.closed_at.is_null()
        return _cards(sees_hours).where(unfinished).order_by(Ticket.position, Ticket.id)

    return Prepared(build)


@cache
def _latest_done(sees_all: bool, sees_hours: bool) -> Prepared:
    return Prepared(lambda: _newest_first(_cards(sees_hours), sees_all).limit(LATEST_DONE))


@cache
def _older(sees_all: bool) -> Prepared:
    newest = Ticket.select(Ticket.column)
    return Prepared(lambda: _newest_first(newest, sees_all).limit(MOST_COUNTED).offset(LATEST_DONE))


def _newest_first(query: Select, sees_all: bool) -> Query:
    done = _seen(sees_all) & Ticket.closed_at.is_null(False)
    return query.where(done).order_by(Ticket.closed_at.desc(), Ticket.id.desc())


def _seen(sees_all: bool) -> Expression:
    mine = Ticket.project == parameter("project")
    return mine if sees_all else mine & (Ticket.requester == parameter("person"))


def _cards(sees_hours: bool) -> Select:
    return (
        Ticket.select(
            Ticket.column,
            Ticket.id,
            Ticket.title,
            Ticket.priority,
            Requester.name,
            fn.COALESCE(Assignee.name, ""),
            Ticket.valued_minutes if sees_hours else NOTHING,
            Ticket.opened_at,
            Ticket.due_on,
        )
        .join(Requester, on=(Ticket.requester == Requester.id))
        .join_from(Ticket, Assignee, JOIN.LEFT_OUTER, on=(Ticket.assignee == Assignee.id))
    )

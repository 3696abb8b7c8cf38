"""The board as one person sees it: columns of cards, in few queries and plain rows, however many tickets there are."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from peewee import JOIN, Select

from trackr.models import Column, Project, Ticket
from trackr.models.base import from_milliseconds
from trackr.models.person import initials
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
    """The project's columns with their cards in order; of the done ones the latest. Three queries."""
    query = Column.select(Column.id, Column.name, Column.role).where(Column.project == project)
    columns = {id: CardColumn(id, name, role) for id, name, role in query.order_by(Column.position).tuples()}
    seen = reach.tickets(project)
    unfinished = _cards(reach, project).where(seen & Ticket.closed_at.is_null()).order_by(Ticket.position, Ticket.id)
    finished = _cards(reach, project).where(seen & Ticket.closed_at.is_null(False))
    latest = finished.order_by(Ticket.closed_at.desc(), Ticket.id.desc()).limit(LATEST_DONE + MOST_COUNTED)
    for column, card in _read(unfinished):
        columns[column].cards.append(card)
    for place, (column, card) in enumerate(_read(latest)):
        if place < LATEST_DONE:
            columns[column].cards.append(card)
        else:
            columns[column].older += 1
    return list(columns.values())


def _cards(reach: Reach, project: Project) -> Select:
    sees_hours = reach.sees_hours(project)
    return (
        Ticket.select(
            Ticket.column,
            Ticket.id,
            Ticket.title,
            Ticket.priority,
            Requester.name,
            Assignee.name,
            Ticket.valued_minutes if sees_hours else NOTHING,
            Ticket.opened_at,
        )
        .join(Requester, on=(Ticket.requester == Requester.id))
        .join_from(Ticket, Assignee, JOIN.LEFT_OUTER, on=(Ticket.assignee == Assignee.id))
    )


def _read(query: Select) -> Iterator[tuple[int, Card]]:
    for column, number, title, priority, requester, assignee, valued, opened in query.tuples().iterator():
        yield column, Card(number, title, priority, requester, assignee or "", valued, _instant(opened))


def _instant(value: Any) -> datetime:
    return value if isinstance(value, datetime) else from_milliseconds(value)

"""The board as one person sees it: columns of cards, in few queries and plain rows, however many tickets there are."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from itertools import chain

from peewee import JOIN, SQL, Case, Expression, Query, Select, fn

from trackr.models import Column, Estimate, Participant, Project, Tag, Target, Ticket, turn
from trackr.models.base import from_milliseconds
from trackr.models.person import initials
from trackr.models.prepared import Prepared, parameter
from trackr.models.tag import named
from trackr.reach import Reach, targets
from trackr.reach.scope import NOTHING, Assignee, Requester

LATEST_DONE = 20
MOST_OPEN = 100  # in a column, unless all of it is asked for
MOST_COUNTED = 1000  # counting further would cost more the longer a project lives


@dataclass(frozen=True, slots=True)
class Card:
    number: int
    title: str
    priority: str
    requester: str
    assignee: str  # empty: nobody yet
    valued_minutes: int | None  # None: not for this reader
    ceiling_minutes: int | None  # of the estimate that was accepted; None: none, or not for this reader
    opened_at: datetime
    turn: str  # ours, theirs; empty: closed
    has_estimate: bool = False  # one that waits for an answer, for who sees the hours
    due_on: date | None = None
    tags: tuple[str, ...] = ()  # while it is open
    answer_at: datetime | None = None  # by when it is to be answered, where the reader is shown that

    @property
    def initials(self) -> str:
        return initials(self.assignee)

    def step(self, role: str) -> str:
        """Where a client is told that it stands, in a column of that role."""
        return turn.step(role, self.turn)


@dataclass(slots=True)
class CardColumn:
    id: int
    name: str
    role: str
    size: int  # with the tickets that are not shown, at most MOST_COUNTED
    cards: list[Card] = field(default_factory=list)

    @property
    def is_cut(self) -> bool:
        return self.size > len(self.cards)

    @property
    def is_counted(self) -> bool:
        return self.size < MOST_COUNTED

    @property
    def valued_minutes(self) -> int:
        return sum(card.valued_minutes or 0 for card in self.cards)


def board(reach: Reach, project: Project, whole: int = 0) -> list[CardColumn]:
    """The project's columns with their cards in order; of the done ones the latest. Four queries at most.

    whole: the id of a column to be shown to its end.
    """
    asked = (reach.sees_all(project), reach.sees_hours(project), targets.shown(reach.person, project))
    values = {"project": project.id, "person": reach.person.id, "whole": whole}
    columns = {row[0]: CardColumn(*row) for row in _columns(asked[0]).rows(**values)}
    rows = chain(_unfinished(*asked).rows(**values), _latest_done(*asked).rows(**values))
    asks = Estimate.waiting_in(project) if asked[1] else set()
    for column, number, title, priority, requester, assignee, valued, ceiling, opened, whose, due, tags, answer in rows:
        at = from_milliseconds(opened)
        on = date.fromisoformat(due) if due else None
        about = (requester, assignee, valued, ceiling, at, whose, number in asks, on, named(tags))
        by = from_milliseconds(answer) if answer else None
        card = Card(number, title, priority, *about, by)
        columns[column].cards.append(card)
    return list(columns.values())


@cache
def _columns(sees_all: bool) -> Prepared:
    """From left to right, each with its size."""

    def build() -> Query:
        # By the column alone, which is of one project: an index of the project's would lead through all its tickets.
        inside = Ticket.column == Column.id
        if not sees_all:
            inside &= Participant.own(Ticket, parameter("person"))
        some = Ticket.select(Ticket.id).where(inside).limit(MOST_COUNTED)
        query = Column.select(Column.id, Column.name, Column.role, some.select_from(fn.COUNT(SQL("*"))))
        return query.where(Column.project == parameter("project")).order_by(Column.position, Column.id)

    return Prepared(build)


@cache
def _unfinished(sees_all: bool, sees_hours: bool, sees_targets: bool) -> Prepared:
    """The first ones of every column."""

    def build() -> Query:
        place = fn.ROW_NUMBER().over(partition_by=[Ticket.column], order_by=[Ticket.position, Ticket.id])
        placed = Ticket.select(Ticket.id, place.alias("place"), Ticket.column.alias("stands_in"))
        placed = placed.where(_seen(sees_all) & Ticket.closed_at.is_null())
        shown = (placed.c.place <= MOST_OPEN) | (placed.c.stands_in == parameter("whole"))
        query = _cards(sees_hours, sees_targets).join_from(Ticket, placed, on=(placed.c.id == Ticket.id))
        return query.where(shown).order_by(Ticket.position, Ticket.id)

    return Prepared(build)


@cache
def _latest_done(sees_all: bool, sees_hours: bool, _sees_targets: bool) -> Prepared:
    return Prepared(lambda: _newest_first(_cards(sees_hours, False), sees_all).limit(LATEST_DONE))


def _newest_first(query: Select, sees_all: bool) -> Query:
    done = _seen(sees_all) & Ticket.closed_at.is_null(False)
    return query.where(done).order_by(Ticket.closed_at.desc(), Ticket.id.desc())


def _seen(sees_all: bool) -> Expression:
    mine = Ticket.project == parameter("project")
    return mine if sees_all else mine & Participant.own(Ticket, parameter("person"))


def _cards(sees_hours: bool, sees_targets: bool) -> Select:
    return (
        Ticket.select(
            Ticket.column,
            Ticket.id,
            Ticket.title,
            Ticket.priority,
            Requester.name,
            fn.COALESCE(Assignee.name, ""),
            Ticket.valued_minutes if sees_hours else NOTHING,
            Ticket.ceiling_minutes if sees_hours else NOTHING,
            Ticket.opened_at,
            Case(None, [(Ticket.closed_at.is_null(), Ticket.turn)], ""),
            Ticket.due_on,
            Case(None, [(Ticket.closed_at.is_null(), Tag.names())], ""),
            Target.due() if sees_targets else NOTHING,
        )
        .join(Requester, on=(Ticket.requester == Requester.id))
        .join_from(Ticket, Assignee, JOIN.LEFT_OUTER, on=(Ticket.assignee == Assignee.id))
    )

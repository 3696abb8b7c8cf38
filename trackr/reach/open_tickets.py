"""How old the open tickets are, and for whom they wait: counts of those that a condition names. A query each."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from peewee import Case, Expression, fn

from trackr.models import Ticket
from trackr.models.base import from_milliseconds, now

AGES = (1, 7, 30, 90)  # days: younger than the first, then than the next, and so on


@dataclass(frozen=True, slots=True)
class Age:
    """Open tickets of one age: `under` days, and at least as old as the age before. None: older than all of them."""

    under: int | None
    count: int
    ours: int  # of them wait for the agency


@dataclass(frozen=True, slots=True)
class Waits:
    """The open tickets of a project, and what of its hours waits for the owner."""

    count: int = 0
    ours: int = 0
    oldest_at: datetime | None = None  # since when the one waits that waits for the agency longest
    asked_minutes: int = 0  # hours that the client asks for
    to_bill: int = 0  # packs and statements

    @property
    def theirs(self) -> int:
        return self.count - self.ours


def ages(tickets: Expression) -> list[Age]:
    """Every age, the youngest first."""
    at = now()
    steps = [(Ticket.opened_at > at - timedelta(days=days), number) for number, days in enumerate(AGES)]
    step = Case(None, steps, len(AGES))
    rows = Ticket.select(step, fn.COUNT(Ticket.id), _ours()).where(tickets).group_by(step).tuples()
    found = {number: (count, ours) for number, count, ours in rows}
    return [Age(under, *found.get(number, (0, 0))) for number, under in enumerate((*AGES, None))]


def waits(tickets: Expression) -> dict[int, Waits]:
    """By project."""
    since = fn.MIN(Case(None, [(Ticket.turn == "ours", Ticket.turn_at)], None)).coerce(False)
    query = Ticket.select(Ticket.project, fn.COUNT(Ticket.id), _ours(), since).where(tickets).group_by(Ticket.project)
    return {
        project: Waits(count, ours, None if oldest is None else from_milliseconds(oldest))
        for project, count, ours, oldest in query.tuples()
    }


def _ours() -> Expression:
    return fn.SUM(Case(None, [(Ticket.turn == "ours", 1)], 0))

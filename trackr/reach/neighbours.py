"""The tickets before and after one: on the board from column to column, or in a list in its order."""

from typing import Any

from peewee import Expression, fn

from trackr.models import Column, Participant, Ticket
from trackr.models.prepared import parameter
from trackr.reach import Reach
from trackr.reach.filters import Filters
from trackr.reach.ticket_list import order, wanted

Around = tuple[int | None, int | None]  # before, after


def in_list(reach: Reach, ticket: Ticket, filters: Filters) -> Around:
    """Among the tickets that the filters ask for; this one need not be one of them any more. One query."""
    key, falls = order(reach, ticket.project, filters)
    mine = wanted(reach, ticket.project, filters)
    value = Ticket.select(key).where(Ticket.id == ticket.id)
    # Of those that are equal the newest comes first, whichever way the list goes.
    lower = Ticket.select(Ticket.id).where(mine & ((key < value) | ((key == value) & _beyond(ticket, falls))))
    higher = Ticket.select(Ticket.id).where(mine & ((key > value) | ((key == value) & _beyond(ticket, not falls))))
    lower = lower.order_by(key.desc(), Ticket.id.desc() if falls else Ticket.id.asc()).limit(1)
    higher = higher.order_by(key.asc(), Ticket.id.asc() if falls else Ticket.id.desc()).limit(1)
    around = (higher, lower) if falls else (lower, higher)
    return Ticket.select(*around).where(Ticket.id == ticket.id).tuples().get()


def _beyond(ticket: Ticket, older: bool) -> Expression:
    return Ticket.id < ticket.id if older else Ticket.id > ticket.id


def on_board(sees_all: bool, is_done: bool) -> tuple[Any, Any]:
    """What selects them in their column, else in the nearest column with open tickets.

    The query then has the parameters `project`, `person`, `ticket`, `place` (its position), `column` (its id) and
    `stands` (the position of that).
    """
    seen = Ticket.project == parameter("project")
    if not sees_all:
        seen &= Participant.own(Ticket, parameter("person"))
    return _next(seen, is_done, forward=False), _next(seen, is_done, forward=True)


def _next(seen: Expression, is_done: bool, forward: bool) -> Any:
    place, number, stands = Ticket.position, Ticket.id, Column.position
    here, this, column = parameter("place"), parameter("ticket"), parameter("stands")
    if forward:
        beyond, further = (place > here) | ((place == here) & (number > this)), stands > column
        within, between = (place, number), (stands, Column.id, place, number)
    else:
        beyond, further = (place < here) | ((place == here) & (number < this)), stands < column
        within, between = (place.desc(), number.desc()), (stands.desc(), Column.id.desc(), place.desc(), number.desc())
    mine = Ticket.column == parameter("column")
    beside = Ticket.select(number).where(seen & mine & beyond).order_by(*within).limit(1)
    if is_done:
        return beside
    others = Ticket.select(number).join(Column).where(seen & Ticket.closed_at.is_null() & further)
    return fn.COALESCE(beside, others.order_by(*between).limit(1))

"""The tickets before and after one: on the board from column to column, or in a list in its order."""

from typing import Any

from peewee import Expression, fn

from trackr.models import Column, Ticket
from trackr.models.prepared import parameter
from trackr.reach import Reach
from trackr.reach.ticket_list import Filters, order, wanted

Around = tuple[int | None, int | None]  # before, after

# What a list is ordered by beside the number, and whether it rises.
KEYS: dict[str, tuple[Any, bool]] = {
    "newest": (None, False),
    "oldest": (None, True),
    "title": (Ticket.title, True),
    "valued": (Ticket.valued_minutes, False),
}


def in_list(reach: Reach, ticket: Ticket, filters: Filters) -> Around:
    """Among the tickets that the filters ask for; this one need not be one of them any more. One query."""
    key, rises = KEYS[order(reach, ticket.project, filters)]
    mine = wanted(reach, ticket.project, filters)
    value = getattr(ticket, key.name) if key is not None else None
    low = Ticket.id < ticket.id if key is None else (key < value) | ((key == value) & (Ticket.id < ticket.id))
    high = Ticket.id > ticket.id if key is None else (key > value) | ((key == value) & (Ticket.id > ticket.id))
    fields = [field for field in (key, Ticket.id) if field is not None]
    below = Ticket.select(Ticket.id).where(mine & low).order_by(*[field.desc() for field in fields]).limit(1)
    above = Ticket.select(Ticket.id).where(mine & high).order_by(*fields).limit(1)
    around = (below, above) if rises else (above, below)
    return Ticket.select(*around).where(Ticket.id == ticket.id).tuples().get()


def on_board(sees_all: bool, is_done: bool) -> tuple[Any, Any]:
    """What selects them in their column, else in the nearest column with open tickets.

    The query then has the parameters `project`, `person`, `ticket`, `place` (its position), `column` (its id) and
    `stands` (the position of that).
    """
    seen = Ticket.project == parameter("project")
    if not sees_all:
        seen &= Ticket.requester == parameter("person")
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

"""The order of the tickets in a column: positions with gaps between them, so that a move writes one row."""

from peewee import fn

from trackr.models.base import Refused
from trackr.models.column import Column
from trackr.models.project import Project

GAP = 1024


def as_it_is(column: Column, project: Project) -> Column:
    """The column read again: while somebody drags a card, others may change the board, or move it to another project.

    Raises Refused("column_gone", "column") where the project has no such column.
    """
    found = Column.get_or_none((Column.id == column.id) & (Column.project == project))
    if found is None:
        raise Refused("column_gone", "column")
    return found


def top(column: Column) -> int:
    """The position above all that stand in the column."""
    tickets = Column.ticket_set.rel_model
    lowest = tickets.select(fn.MIN(tickets.position)).where(tickets.column == column).scalar()
    return (lowest if lowest is not None else GAP) - GAP


def position_at(column: Column, ticket: int, index: int) -> int:
    """A free position for the ticket of that number, below the first `index` others.

    The column is spaced out again where none is free.
    """
    tickets = Column.ticket_set.rel_model
    others = tickets.select(tickets.position).where((tickets.column == column) & (tickets.id != ticket))
    around = [row[0] for row in others.order_by(tickets.position).limit(2).offset(max(index - 1, 0)).tuples()]
    if index <= 0:
        return around[0] - GAP if around else 0
    if not around:
        last = others.order_by(tickets.position.desc()).limit(1).scalar()
        return last + GAP if last is not None else 0
    if len(around) == 1:
        return around[0] + GAP
    if around[1] - around[0] > 1:
        return (around[0] + around[1]) // 2
    in_order = tickets.select(tickets.id).where(tickets.column == column).order_by(tickets.position, tickets.id)
    # Read to the end first: a query that is still being read would find the rows again where they are moved to.
    for number, (row,) in enumerate(list(in_order.tuples())):
        tickets.update(position=number * GAP).where(tickets.id == row).execute()
    return position_at(column, ticket, index)


def hand_over(column: Column, heir: Column) -> int:
    """Move all of a column's tickets below those of another; how many there are. Nothing else changes in them."""
    tickets = Column.ticket_set.rel_model
    last = tickets.select(fn.MAX(tickets.position)).where(tickets.column == heir).scalar()
    first = tickets.select(fn.MIN(tickets.position)).where(tickets.column == column).scalar() or 0
    below = last + GAP - first if last is not None else 0
    changes = {tickets.column: heir, tickets.position: tickets.position + below}
    return tickets.update(changes).where(tickets.column == column).execute()

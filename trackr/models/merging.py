"""Merging: one ticket goes on in another of its project, and the way back.

What was said and the time stay on the ticket where they are; the other one shows them with its own. So a merge moves
nothing, and taking it back is one step. A ticket that has merged ones brings them along, since each keeps its own.
"""

from typing import Any

from peewee import CTE, Select

from trackr.db import transaction
from trackr.models.base import Refused, now
from trackr.models.column import Column
from trackr.models.event import Event
from trackr.models.person import Person
from trackr.models.prepared import Prepared, parameter
from trackr.models.target import Target
from trackr.models.ticket import Ticket


def merge(ticket: Ticket, actor: Person, into: Ticket) -> None:
    """Close the ticket and let it go on in the other; what that one is merged into itself is meant by it.

    Raises Refused: "itself", "other_project", "merged_already", "circle", all of them about the field `into`.
    """
    with transaction():
        into = end_of(Ticket.get_by_id(into.id))
        stored = Ticket.get_by_id(ticket.id)
        if stored.merged_into_id:
            raise Refused("merged_already", "into")
        if into.id == ticket.id:
            raise Refused("itself", "into")
        if into.project_id != stored.project_id:
            raise Refused("other_project", "into")
        was = None if stored.is_closed else stored.column_id
        Target.hold(ticket, now())  # nobody was answered by that, and taking it back lets it go on
        ticket.close(actor)
        _set(ticket, into)
        Event.record(ticket.project, "ticket.merged", actor, ticket=ticket, into=into.id, was=was)
        Event.record(ticket.project, "ticket.absorbed", actor, ticket=into, client=False, other=ticket.id)


def undo(ticket: Ticket, actor: Person) -> None:
    """Let the ticket stand for itself again, in the column that it was taken from; not merged, it stays as it is."""
    with transaction():
        into = Ticket.get_by_id(ticket.id).merged_into
        if into is None:
            return
        _set(ticket, None)
        last = Event.select().where((Event.ticket == ticket) & (Event.kind == "ticket.merged"))
        was = last.order_by(Event.id.desc()).get().details["was"]
        column = Column.get_or_none((Column.id == was) & (Column.project == ticket.project)) if was else None
        Event.record(ticket.project, "ticket.unmerged", actor, ticket=ticket)
        Event.record(ticket.project, "ticket.released", actor, ticket=into, client=False, other=ticket.id)
        if column and not column.is_done:
            ticket.place(actor, column)
        elif was:
            ticket.reopen(actor)


def end_of(ticket: Ticket) -> Ticket:
    """The ticket in which it goes on: itself, where it is not merged."""
    while ticket.merged_into_id:
        ticket = Ticket.get_by_id(ticket.merged_into_id)
    return ticket


def stored_into(ticket: Ticket) -> int | None:
    """The number of the ticket in which it goes on, as it is now."""
    number: int | None = _into.value(ticket=ticket.id)
    return number


def family() -> tuple[CTE, Select]:
    """The ids of the tickets that are merged into the parameter `ticket`, over any number of steps: a query's
    common table, and what selects from it.
    """
    first: Any = Ticket.select(Ticket.id).where(Ticket.merged_into == parameter("ticket"))
    table = first.cte("merged", recursive=True, columns=("id",))
    further = Ticket.select(Ticket.id).join(table, on=(Ticket.merged_into == table.c.id))
    whole = table.union_all(further)
    return whole, whole.select_from(whole.c.id)


_into = Prepared(lambda: Ticket.select(Ticket.merged_into).where(Ticket.id == parameter("ticket")))


def _set(ticket: Ticket, into: Ticket | None) -> None:
    Ticket.update(merged_into=into).where(Ticket.id == ticket.id).execute()
    ticket.merged_into = into

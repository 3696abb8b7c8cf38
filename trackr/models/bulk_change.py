"""One change of many tickets: all of them, or none."""

from collections.abc import Sequence
from typing import Any

from trackr.db import transaction
from trackr.models.column import Column
from trackr.models.person import Person
from trackr.models.ticket import Ticket


def change_all(
    tickets: Sequence[Ticket], actor: Person, *, column: Column | None = None, close: bool = False, **changes: Any
) -> int:
    """Change each ticket by its own verbs (changes: as Ticket.change takes them); returns how many became others.

    column: those that stand elsewhere go to its top, and keep their order among each other.
    """
    changed = set()
    with transaction():
        for ticket in reversed(tickets):
            if any(getattr(ticket, name) != value for name, value in changes.items()):
                ticket.change(actor, **changes)
                changed.add(ticket.id)
            if column and ticket.column.id != column.id:
                ticket.place(actor, column)
                changed.add(ticket.id)
            if close and not ticket.is_closed:
                ticket.close(actor)
                changed.add(ticket.id)
    return len(changed)

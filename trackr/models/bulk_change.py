"""One change of many tickets: all of them, or none."""

from collections.abc import Collection, Sequence
from typing import Any

from trackr.db import transaction
from trackr.models.column import Column
from trackr.models.person import Person
from trackr.models.tag import Tag
from trackr.models.ticket import Ticket


def change_all(
    tickets: Sequence[Ticket],
    actor: Person,
    *,
    column: Column | None = None,
    close: bool = False,
    added: Collection[str] = (),
    removed: Collection[str] = (),
    **changes: Any,
) -> int:
    """Change each ticket by its own verbs (changes: as Ticket.change takes them); returns how many became others.

    column: those that stand elsewhere go to its top, and keep their order among each other. added, removed: tags.
    Raises Refused where one of them would have too many tags.
    """
    changed = set()
    with transaction():
        for ticket in reversed(tickets):
            if any(getattr(ticket, name) != value for name, value in changes.items()):
                ticket.change(actor, **changes)
                changed.add(ticket.id)
            if (added or removed) and Tag.alter(ticket, actor, added, removed):
                changed.add(ticket.id)
            if column and ticket.column.id != column.id:
                ticket.place(actor, column)
                changed.add(ticket.id)
            if close and not ticket.is_closed:
                ticket.close(actor)
                changed.add(ticket.id)
    return len(changed)

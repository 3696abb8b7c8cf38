"""The time on a statement as rows, for the files that programs and spreadsheets read."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from trackr.documents.statement.amounts import decimal_hours
from trackr.hours.document import Document, Ticket, Work


@dataclass(frozen=True, slots=True)
class Row:
    """A line of work, or the whole time of a ticket (without `work`) where the project tells totals only."""

    ticket: Ticket
    work: Work | None
    minutes: int
    hours: Decimal


def rows(document: Document) -> list[Row]:
    """All of them; their hours have two decimals and add up to the hours of all minutes."""
    found = list(_works(document))
    minutes = [ticket.minutes if work is None else work.minutes for ticket, work in found]
    hours = decimal_hours(minutes)
    return [Row(*found[place], minutes[place], hours[place]) for place in range(len(found))]


def _works(document: Document) -> Iterator[tuple[Ticket, Work | None]]:
    for ticket in document.tickets:
        yield from ((ticket, work) for work in ticket.lines or (None,))

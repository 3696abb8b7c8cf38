"""What a text that is being written may name: tickets of its project after a #, those who will read it after an @."""

import re
from dataclasses import dataclass

from trackr.models import Ticket
from trackr.reach import Reach, palette
from trackr.reach.ask import begins
from trackr.reach.mentions import HANDLE, mentionable
from trackr.reach.writing import Writing

MOST = 8
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Offer:
    text: str  # that takes the place of what was typed
    name: str


def complete(reach: Reach, writing: Writing, asked: str, *, internal: bool = False) -> list[Offer]:
    """What fits "#142", "#booking form" or "@cla"; nothing for anything else. internal: a note, which clients do not
    read.
    """
    mark, value = asked[:1], " ".join(asked[1:LONGEST].replace("\x00", "").split())
    if mark == "#":
        return [Offer(f"#{number}", title) for number, title in _tickets(reach, writing, value)]
    return _people(reach, writing, value, internal) if mark == "@" else []


def _tickets(reach: Reach, writing: Writing, value: str) -> list[tuple[int, str]]:
    if not (value.isascii() and value.isdecimal()):
        found = palette.titled(reach, [writing.project], value, MOST)
        return [(each.number, each.title) for each in found]
    begun = Ticket.id.cast("TEXT").startswith(value)
    query = Ticket.select(Ticket.id, Ticket.title).where(reach.tickets(writing.project) & begun)
    return list(query.order_by(Ticket.id).limit(MOST).tuples())


def _people(reach: Reach, writing: Writing, value: str, internal: bool) -> list[Offer]:
    note = internal or (writing.comment is not None and writing.comment.internal)
    found = mentionable(reach, writing.project, writing.ticket, internal=note and reach.person.is_staff)
    fitting = {
        person.id: (handle, person.name)  # the short name comes last, and stays
        for handle, person in found.items()
        if re.fullmatch(HANDLE, handle) and (handle.startswith(value.casefold()) or begins(person.name, value))
    }
    fitting.pop(reach.person.id, None)
    ordered = sorted(fitting.values(), key=lambda each: each[1].casefold())
    return [Offer(f"@{handle}", name) for handle, name in ordered[:MOST]]

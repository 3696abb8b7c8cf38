"""Rows of tickets, of the changes that their pages tell, and of what was written on them."""

import json
from collections.abc import Iterator
from typing import Any

from trackr.models.order import GAP
from trackr.models.project import COLUMNS
from trackr.seed import words
from trackr.seed.load import Load
from trackr.web import markdown

TICKET = (
    "id", "project", "column", "position", "title", "body", "body_html", "kind", "priority", "requester", "assignee",
    "opened_at", "closed_at", "turn", "turn_at", "changed_at", "client_changed_at",
)  # fmt: skip
EVENT = ("project", "ticket", "actor", "kind", "data", "client", "created_at")
COMMENT = ("ticket", "internal", "number", "author", "body", "body_html", "created_at")

PRIORITIES = ("normal",) * 15 + ("low",) * 3 + ("high", "urgent")
KINDS = ("support", "support", "assistance")
# Who writes the comments of a ticket, and whether it is an internal note.
CONVERSATION = (("staff", False), ("client", False), ("staff", True), ("staff", False), ("client", False))

CLOSED = json.dumps({"column": [COLUMNS[1][0], COLUMNS[3][0]]})

TEXTS = [(text, markdown.render(text)) for text in words.TEXTS]


def tickets(load: Load) -> Iterator[tuple[Any, ...]]:
    """The last ones stand in the first three columns, all others are done."""
    for number, closing in enumerate(load.closings):
        last = _written(load, number, closing, len(CONVERSATION))
        yield (
            load.first_ticket + number,
            load.project.id,
            load.columns[3 if closing else number % 3].id,
            -number * GAP,  # the newest at the top
            _title(load),
            *load.pick(TEXTS),
            load.pick(KINDS),
            PRIORITIES[number * 7 % len(PRIORITIES)],
            load.requester(number).id,
            load.assignee(number).id if closing or number % 3 else None,
            load.opened(number),
            closing,
            "ours",  # the client has the last word
            last,
            closing or last,
            closing or last,
        )


def events(load: Load) -> Iterator[tuple[Any, ...]]:
    project = load.project.id
    for number, closing in enumerate(load.closings):
        ticket = load.first_ticket + number
        yield project, ticket, load.requester(number).id, "ticket.opened", "{}", True, load.opened(number)
        if closing:
            yield project, ticket, load.assignee(number).id, "ticket.closed", CLOSED, True, closing


def comments(load: Load) -> Iterator[tuple[Any, ...]]:
    for number, closing in enumerate(load.closings):
        numbers = {False: 0, True: 0}
        for place, (side, internal) in enumerate(CONVERSATION, start=1):
            numbers[internal] += 1
            author = load.assignee(number) if side == "staff" else load.requester(number)
            at = _written(load, number, closing, place)
            yield load.first_ticket + number, internal, numbers[internal], author.id, *load.pick(TEXTS), at


def _written(load: Load, number: int, closing: int | None, place: int) -> int:
    """When the comment of that place, counted from 1, was written on a ticket: they come evenly."""
    opened = load.opened(number)
    return opened + ((closing or load.until) - opened) // (len(CONVERSATION) + 1) * place


def _title(load: Load) -> str:
    subjects, troubles = load.pick(words.TITLES)
    return f"{load.pick(subjects)} {load.pick(troubles)}"

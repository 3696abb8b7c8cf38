"""Whose turn it is to write on an open ticket, and since when: the agency's (ours), or the client's (theirs).

It passes when somebody writes in public. Who writes twice has not waited anew: it is the others' since the first.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from peewee import Query

from trackr.db import transaction
from trackr.models.base import Refused, now, to_milliseconds
from trackr.models.event import Event
from trackr.models.person import Person
from trackr.models.prepared import Prepared, parameter
from trackr.models.target import Target

if TYPE_CHECKING:
    from trackr.models.column import Column
    from trackr.models.ticket import Ticket

TURNS = ("ours", "theirs")


def after_writing(author: Person) -> str:
    return "ours" if author.is_client else "theirs"


def after_placing(actor: Person, column: "Column", reopens: bool = True) -> str | None:
    """Where staff say that a ticket waits on the client, it is theirs; back at work it is ours; None: as it was."""
    if column.role == "waiting" and actor.is_staff:
        return "theirs"
    return "ours" if reopens else None


def begin(ticket: "Ticket", actor: Person, at: datetime) -> None:
    """After it was opened: a client who did waits for the first answer."""
    if actor.is_client:
        Target.ask(ticket, at)


def weigh(ticket: "Ticket", changed: Iterable[str]) -> None:
    """After some of its properties were changed: by its priority the answer is due."""
    if "priority" in changed and ticket.project.has_targets:
        Target.move(ticket)


def follow(ticket: "Ticket", actor: Person, was: "Column", at: datetime) -> None:
    """After it was moved out of a column: it is their turn whom it waits for in the one that it is in now."""
    whose = after_placing(actor, ticket.column, reopens=was.is_done)
    if ticket.is_closed and not was.is_done:
        Target.close(ticket, actor, at)
    elif whose and not ticket.is_closed:
        hand_over(ticket, whose, at, anew=was.is_done)
        _aim(ticket, actor, whose, at)


def step(role: str, whose: str) -> str:
    """Where a client is told that a ticket stands, as the role of a column: what is theirs waits for them, whatever
    column it is in, and what is in the one that waits on them, but was answered, is worked on.
    """
    if role == "done":
        return role
    if whose == "theirs":
        return "waiting"
    return "active" if role == "waiting" else role


def hand_over(ticket: "Ticket", turn: str, at: datetime, *, anew: bool = False) -> None:
    """Let it be their turn from now on; where it is already it stays so since it became so, unless it begins anew.

    Within the transaction of what caused it.
    """
    (_begin_anew if anew else _hand_over).run(ticket=ticket.id, turn=turn, at=to_milliseconds(at))
    if anew or ticket.turn != turn:
        ticket.turn, ticket.turn_at = turn, at


def pass_on(ticket: "Ticket", actor: Person, turn: str, at: datetime | None = None) -> None:
    """Say whose turn it is, whoever wrote last. Raises Refused("ticket_closed", "turn"): a closed one has no turn."""
    with transaction():
        stored = Event.ticket.rel_model.get_by_id(ticket.id)
        if stored.is_closed:
            raise Refused("ticket_closed", "turn")
        ticket.turn, ticket.turn_at = stored.turn, stored.turn_at
        if turn != ticket.turn:
            Event.record(ticket.project, "ticket.turned", actor, ticket=ticket, at=at, turn=turn)
            hand_over(ticket, turn, at or now())
            _aim(ticket, actor, turn, at or now())


def _aim(ticket: "Ticket", actor: Person, whose: str, at: datetime) -> None:
    """The turn has passed without a word: whom the agency owes an answer, or owed one before, waits for it."""
    if whose == "theirs":
        Target.hold(ticket, at)
    elif actor.is_client:
        Target.ask(ticket, at)
    else:
        Target.go_on(ticket, at)


def _query_begin_anew() -> Query:
    tickets = Event.ticket.rel_model
    moved = {tickets.turn: parameter("turn"), tickets.turn_at: parameter("at")}
    return tickets.update(moved).where(tickets.id == parameter("ticket"))


_begin_anew = Prepared(_query_begin_anew)
_hand_over = Prepared(lambda: _query_begin_anew().where(Event.ticket.rel_model.turn != parameter("turn")))

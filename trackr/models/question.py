"""A question about a statement: what a client writes on one of its tickets with a line of it quoted.

The words are a comment like any other. That they ask about a statement is known by an event, which stops the silence
by which the statement would count as seen.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from trackr.models.event import Event
from trackr.models.person import Person
from trackr.models.statement import Statement
from trackr.models.ticket import Ticket

KIND = "statement.asked"


@dataclass(frozen=True, slots=True)
class Question:
    ticket: int
    person: str
    at: datetime


def ask(statement: Statement, ticket: Ticket, actor: Person) -> None:
    """Note that the client has just asked about the statement on that ticket. Inside the transaction of the comment."""
    Event.record(ticket.project, KIND, actor, ticket=ticket, client=False, meter=True, number=statement.number)


def asked(statements: Sequence[Statement]) -> dict[int, list[Question]]:
    """What was asked about these statements, by their number, the first question first. One query, none for none."""
    found: dict[int, list[Question]] = defaultdict(list)
    if not statements:
        return found
    numbers = {statement.number for statement in statements}
    # Found by what clients have done since: of a project's events there are very many, of theirs few.
    clients = Person.select(Person.id).where(Person.role == "client")
    since = min(statement.closed_at for statement in statements)
    query = Event.select(Event, Person.name).join(Person)
    query = query.where(Event.actor.in_(clients) & (Event.created_at >= since) & (Event.kind == KIND))
    for event in query.order_by(Event.id):
        number = event.details["number"]
        if number in numbers:
            found[number].append(Question(event.ticket_id, event.actor.name, event.created_at))
    return found


def numbers_asked(statements: Sequence[Statement]) -> set[int]:
    return set(asked(statements))

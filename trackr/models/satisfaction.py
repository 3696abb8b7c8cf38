"""What a client says of how a ticket went: one answer of each person, that may become another one."""

from datetime import datetime
from typing import Any

from peewee import CharField, Expression, ForeignKeyField, fn

from trackr.db import transaction
from trackr.models.base import InstantField, Record, Refused, now
from trackr.models.event import Event
from trackr.models.person import Person
from trackr.models.ticket import Ticket

ANSWERS = ("thanks", "fine", "unhappy")


class Satisfaction(Record):
    ticket = ForeignKeyField(Ticket, on_delete="CASCADE", index=False)
    person = ForeignKeyField(Person, on_delete="CASCADE")
    answer = CharField()  # one of ANSWERS
    message = CharField(default="")
    said_at = InstantField(default=now)

    class Meta:
        indexes = ((("ticket", "person"), True),)

    @classmethod
    def say(cls, ticket: Ticket, actor: Person, *, answer: str, message: str = "", at: datetime | None = None) -> None:
        """Note how it went, in the place of what the person said before; the agency hears of it, nobody else.

        Raises Refused("still_open") where the ticket is open.
        """
        at = at or now()
        with transaction():
            if not Ticket.get_by_id(ticket.id).is_closed:
                raise Refused("still_open")
            said: dict[str, Any] = {"answer": answer, "message": message}
            row, made = cls.get_or_create(ticket=ticket, person=actor, defaults=said | {"said_at": at})
            if not made and (row.answer, row.message) == (answer, message):
                return
            if not made:
                row.answer, row.message, row.said_at = answer, message, at
                row.store("answer", "message", "said_at")
            Event.record(ticket.project, "satisfaction.said", actor, ticket=ticket, client=False, at=at, **said)
            Event.tell_clients(ticket.project)  # for the page of who said it, which is drawn anew

    @classmethod
    def of(cls, ticket: Ticket, person: Person) -> "Satisfaction | None":
        """What the person has said."""
        return cls.get_or_none((cls.ticket == ticket) & (cls.person == person))

    @classmethod
    def counts(cls, tickets: Expression) -> dict[str, int]:
        """How many said what, in the order of ANSWERS, of the tickets that the condition names."""
        query = cls.select(cls.answer, fn.COUNT(cls.id)).join(Ticket).where(tickets).group_by(cls.answer)
        found = dict(query.tuples())
        return {answer: found.get(answer, 0) for answer in ANSWERS}

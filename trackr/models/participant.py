"""Who is told of what happens on a ticket, beside requester and assignee, or no longer wants to be."""

from datetime import datetime

from peewee import BooleanField, ForeignKeyField

from trackr.db import transaction
from trackr.models.base import InstantField, Record, now
from trackr.models.event import Event
from trackr.models.person import Person
from trackr.models.ticket import Ticket


class Participant(Record):
    ticket = ForeignKeyField(Ticket, on_delete="CASCADE", index=False)
    person = ForeignKeyField(Person, on_delete="CASCADE")
    told = BooleanField(default=True)  # false: has asked not to be
    created_at = InstantField(default=now)

    class Meta:
        indexes = ((("ticket", "person"), True),)

    @classmethod
    def add(cls, ticket: Ticket, actor: Person, person: Person, at: datetime | None = None) -> None:
        """Have the person told from now on; who is already, or asked not to be, stays as they are."""
        with transaction():
            _row, made = cls.get_or_create(ticket=ticket, person=person, defaults={"created_at": at or now()})
            if made:
                Event.record(ticket.project, "participant.added", actor, ticket=ticket, at=at, person=person.name)

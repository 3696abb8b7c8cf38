"""Who is told of what happens on a ticket, beside requester and assignee, or no longer wants to be."""

from peewee import BooleanField, ForeignKeyField

from trackr.models.base import InstantField, Record, now
from trackr.models.person import Person
from trackr.models.ticket import Ticket


class Participant(Record):
    ticket = ForeignKeyField(Ticket, on_delete="CASCADE", index=False)
    person = ForeignKeyField(Person, on_delete="CASCADE")
    told = BooleanField(default=True)  # false: has asked not to be
    created_at = InstantField(default=now)

    class Meta:
        indexes = ((("ticket", "person"), True),)

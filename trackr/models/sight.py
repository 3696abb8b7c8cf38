"""Until when a person has seen a ticket: what is later is unread."""

from peewee import ForeignKeyField

from trackr.models.base import InstantField, Record
from trackr.models.person import Person
from trackr.models.ticket import Ticket


class Sight(Record):
    person = ForeignKeyField(Person, on_delete="CASCADE", index=False)
    ticket = ForeignKeyField(Ticket, on_delete="CASCADE")
    seen_at = InstantField()

    class Meta:
        indexes = ((("person", "ticket"), True),)

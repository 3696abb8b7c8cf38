"""A link between two tickets."""

from peewee import CharField, ForeignKeyField

from trackr.models.base import InstantField, Record, now
from trackr.models.person import Person
from trackr.models.ticket import Ticket


class Link(Record):
    ticket = ForeignKeyField(Ticket, on_delete="CASCADE", index=False)
    other = ForeignKeyField(Ticket, on_delete="CASCADE", backref="linked_from")
    kind = CharField(default="related")  # related, duplicate (the ticket is one of the other)
    created_by = ForeignKeyField(Person, index=False)
    created_at = InstantField(default=now)

    class Meta:
        indexes = ((("ticket", "other"), True),)

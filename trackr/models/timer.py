"""A timer: one person's running or parked count on one ticket. It never logs by itself."""

from peewee import ForeignKeyField, IntegerField

from trackr.models.base import InstantField, Record, now
from trackr.models.person import Person
from trackr.models.ticket import Ticket


class Timer(Record):
    person = ForeignKeyField(Person, on_delete="CASCADE", index=False)
    ticket = ForeignKeyField(Ticket, on_delete="CASCADE")
    seconds = IntegerField(default=0)  # counted before it was last started
    started_at = InstantField(null=True)  # none: parked
    touched_at = InstantField(default=now)

    class Meta:
        indexes = ((("person", "ticket"), True), (("person", "started_at"), False))

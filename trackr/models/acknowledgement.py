"""A statement that was seen: a client has said that it is fine, or the days in which to ask have passed."""

from peewee import ForeignKeyField

from trackr.models.base import InstantField, Record, now
from trackr.models.person import Person
from trackr.models.statement import Statement


class Acknowledgement(Record):
    statement = ForeignKeyField(Statement, unique=True)
    person = ForeignKeyField(Person, null=True, index=False)  # none: by the passing of days
    created_at = InstantField(default=now)

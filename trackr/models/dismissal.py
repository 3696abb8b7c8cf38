"""A warning that one person has read and put away."""

from peewee import ForeignKeyField

from trackr.models.alert import Alert
from trackr.models.base import InstantField, Record, now
from trackr.models.person import Person


class Dismissal(Record):
    alert = ForeignKeyField(Alert, on_delete="CASCADE", index=False)
    person = ForeignKeyField(Person, on_delete="CASCADE")
    created_at = InstantField(default=now)

    class Meta:
        indexes = ((("alert", "person"), True),)

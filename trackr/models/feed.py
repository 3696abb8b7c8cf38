"""A private address by which a calendar or a feed reader asks in a person's place, until it is revoked."""

from peewee import CharField, ForeignKeyField

from trackr.models.base import InstantField, Record, now
from trackr.models.person import Person
from trackr.models.project import Project


class Feed(Record):
    person = ForeignKeyField(Person, on_delete="CASCADE")
    project = ForeignKeyField(Project, null=True, on_delete="CASCADE", index=False)  # none: all of the person's
    kind = CharField()  # calendar, events
    digest = CharField(unique=True)  # SHA-256 of the token in its address
    created_at = InstantField(default=now)
    used_at = InstantField(null=True)
    revoked_at = InstantField(null=True)

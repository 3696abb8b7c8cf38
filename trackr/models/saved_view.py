"""A list of tickets kept under a name: its filters and its order, for oneself or for everybody of the agency."""

from peewee import BooleanField, CharField, ForeignKeyField, TextField

from trackr.models.base import InstantField, Record, now
from trackr.models.person import Person
from trackr.models.project import Project


class SavedView(Record):
    project = ForeignKeyField(Project, null=True, on_delete="CASCADE")  # none: across projects
    person = ForeignKeyField(Person, on_delete="CASCADE", index=False)
    name = CharField()
    query = TextField()  # as the address writes it
    shared = BooleanField(default=False)
    created_at = InstantField(default=now)

    class Meta:
        indexes = ((("person", "project"), False),)

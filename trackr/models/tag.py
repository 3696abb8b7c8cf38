"""Tags: words that a project's tickets are sorted by."""

from peewee import CharField, ForeignKeyField

from trackr.models.base import Record
from trackr.models.project import Project
from trackr.models.ticket import Ticket


class Tag(Record):
    project = ForeignKeyField(Project, on_delete="CASCADE", index=False)
    name = CharField()

    class Meta:
        indexes = ((("project", "name"), True),)


class Tagging(Record):
    ticket = ForeignKeyField(Ticket, on_delete="CASCADE", index=False)
    tag = ForeignKeyField(Tag, on_delete="CASCADE")

    class Meta:
        indexes = ((("ticket", "tag"), True),)

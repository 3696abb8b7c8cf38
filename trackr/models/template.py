"""What a new ticket of a kind begins with, in a project."""

from peewee import CharField, ForeignKeyField, TextField

from trackr.models.base import Record
from trackr.models.project import Project


class Template(Record):
    project = ForeignKeyField(Project, on_delete="CASCADE", index=False)
    kind = CharField()
    body = TextField()

    class Meta:
        indexes = ((("project", "kind"), True),)

"""What a new ticket of a kind begins with, in a project."""

from datetime import datetime

from peewee import CharField, ForeignKeyField, TextField

from trackr.db import transaction
from trackr.models.base import Record
from trackr.models.event import Event
from trackr.models.person import Person
from trackr.models.project import Project


class Template(Record):
    project = ForeignKeyField(Project, on_delete="CASCADE", index=False)
    kind = CharField()
    body = TextField()

    class Meta:
        indexes = ((("project", "kind"), True),)

    @classmethod
    def of(cls, project: Project) -> dict[str, str]:
        """What a new ticket begins with, by kind; kinds without one are not in it."""
        return {template.kind: template.body for template in cls.select().where(cls.project == project)}

    @classmethod
    def put(cls, project: Project, actor: Person, bodies: dict[str, str], at: datetime | None = None) -> None:
        """Replace those of the kinds that are named; an empty text takes one away."""
        with transaction():
            before = cls.of(project)
            changed = {kind: body for kind, body in bodies.items() if before.get(kind, "") != body}
            for kind, body in changed.items():
                cls.delete().where((cls.project == project) & (cls.kind == kind)).execute()
                if body:
                    cls.create(project=project, kind=kind, body=body)
            if changed:
                Event.record(project, "template.changed", actor, client=False, at=at, kinds=sorted(changed))

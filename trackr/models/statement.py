"""A statement of time: a period of a project that is closed. What is on it stays as it is, for everybody.

The ledger closes a period (see ledger.close); the database refuses to change what is on a statement.
"""

from datetime import date

from peewee import CharField, ForeignKeyField, IntegerField, TextField, fn

from trackr.models.base import DayField, InstantField, Record, now
from trackr.models.person import Person
from trackr.models.prepared import Prepared, parameter
from trackr.models.project import Project


class Statement(Record):
    project = ForeignKeyField(Project, on_delete="CASCADE", index=False)
    number = IntegerField(unique=True)  # one series per instance, without a gap
    first_day = DayField()
    last_day = DayField()
    closed_by = ForeignKeyField(Person, null=True, index=False)  # none: by itself
    closed_at = InstantField(default=now)
    document = TextField(default="")  # what it tells, as it was (see hours.document); empty: closed before it was kept
    digest = CharField(default="")  # SHA-256 of the document, which carries that of the one before

    class Meta:
        indexes = ((("project", "last_day"), False),)

    @classmethod
    def closed_through(cls, project: Project) -> date | None:
        """The last day that is closed in the project, None where none is."""
        day = _closed_through.value(project=project.id)
        return date.fromisoformat(day) if day else None

    @classmethod
    def last_of(cls, project: Project) -> "Statement | None":
        """The latest of the project, without its document."""
        told = [field for field in cls._meta.sorted_fields if field.name != "document"]
        return cls.select(*told).where(cls.project == project).order_by(cls.last_day.desc()).first()

    @classmethod
    def closed_through_of(cls, projects: list[Project]) -> dict[int, date]:
        """The last closed day of those projects that have one, by their id. One query."""
        query = cls.select(cls.project, fn.MAX(cls.last_day)).where(cls.project.in_(projects)).group_by(cls.project)
        return {project: date.fromisoformat(str(day)) for project, day in query.tuples()}

    @classmethod
    def next_number(cls) -> int:
        return (cls.select(fn.MAX(cls.number)).scalar() or 0) + 1


_closed_through = Prepared(
    lambda: Statement.select(fn.MAX(Statement.last_day)).where(Statement.project == parameter("project"))
)

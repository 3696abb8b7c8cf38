"""A column of a project's board. Its role says what a ticket in it is: new, active, waiting on the client, done."""

from typing import TYPE_CHECKING

from peewee import CharField, DeferredForeignKey, IntegerField

from trackr.models.base import Record
from trackr.models.prepared import Maker, Prepared, parameter

if TYPE_CHECKING:
    from trackr.models.project import Project


class Column(Record):
    project = DeferredForeignKey("Project", on_delete="CASCADE", backref="columns", index=False)
    name = CharField()
    role = CharField()  # new, active, waiting, done
    position = IntegerField()

    class Meta:
        table_name = "board_column"  # column is a word of SQL
        indexes = ((("project", "position"), False),)

    @property
    def is_done(self) -> bool:
        return self.role == "done"

    @classmethod
    def of(cls, project: "Project") -> "list[Column]":
        """The project's columns, from left to right."""
        return [_maker.make(row) for row in _by_project.rows(project=project.id)]

    @classmethod
    def first(cls, project: "Project", role: str) -> "Column":
        """The leftmost column of that role."""
        return cls.select().where((cls.project == project) & (cls.role == role)).order_by(cls.position).get()


_by_project = Prepared(
    lambda: Column.select().where(Column.project == parameter("project")).order_by(Column.position, Column.id)
)
_maker = Maker(Column)

"""A column of a project's board. Its role says what a ticket in it is: new, active, waiting on the client, done."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from peewee import CharField, DeferredForeignKey, IntegerField, Query

from trackr.db import transaction
from trackr.models.base import Record, Refused
from trackr.models.event import Event
from trackr.models.person import Person
from trackr.models.prepared import Maker, Prepared, parameter

if TYPE_CHECKING:
    from trackr.models.project import Project

ROLES = ("new", "active", "waiting", "done")
REQUIRED = ("new", "done")  # where a ticket begins, and where it ends
MOST = 12


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
    def first(cls, project: "Project", role: str, otherwise: str = "new") -> "Column":
        """The leftmost column of that role; of the other one, where the board has none of it."""
        columns = cls.of(project)
        return next(column for wanted in (role, otherwise) for column in columns if column.role == wanted)

    @property
    def has_tickets(self) -> bool:
        return _any_ticket.value(column=self.id) is not None

    def heirs(self) -> "list[Column]":
        """The columns that may take over its tickets: none of them would be closed or opened by that."""
        return [one for one in Column.of(self.project) if one != self and one.is_done == self.is_done]

    @classmethod
    def add(
        cls, project: "Project", actor: Person, *, name: str, role: str = "active", at: datetime | None = None
    ) -> "Column":
        """One more, to the right of those of its role.

        Raises Refused: "name_taken", "too_many_columns".
        """
        with transaction():
            columns = cls.of(project)
            _require_free(name, columns)
            if len(columns) >= MOST:
                raise Refused("too_many_columns")
            column = cls.create(project=project, name=name, role=role, position=0)
            before = [one for one in columns if ROLES.index(one.role) <= ROLES.index(role)]
            _put_in_order([*before, column, *(one for one in columns if one not in before)])
            Event.record(project, "column.added", actor, shape=True, at=at, name=name, role=role)
        return column

    def change(self, actor: Person, *, position: int | None = None, at: datetime | None = None, **changes: str) -> None:
        """Give it another name or role, and its place from the left (0: the first).

        Raises Refused: "gone", "name_taken", "last_of_role", "role_in_use" where that would close or open tickets.
        """
        with transaction():
            columns = self._among_others()
            changed = {key: value for key, value in changes.items() if getattr(self, key) != value}
            told: dict[str, Any] = {key: [getattr(self, key), value] for key, value in changed.items()}
            if "name" in changed:
                _require_free(changes["name"], [one for one in columns if one != self])
            if "role" in changed:
                self._require_role_free(changes["role"], columns)
            for key, value in changed.items():
                setattr(self, key, value)
            self.store("name", "role")
            moved = position is not None and self._place(position, columns)
            if changed or moved:
                Event.record(self.project, "column.changed", actor, shape=True, at=at, column=self.name, **told)

    def remove(self, actor: Person, heir: "Column | None" = None, at: datetime | None = None) -> None:
        """Take it off the board; its tickets go below those of `heir`, in their order.

        Raises Refused: "gone", "last_of_role", "column_in_use" where there are tickets and nobody to take them.
        """
        from trackr.models import order

        with transaction():
            columns = self._among_others()
            self._require_another(columns)
            tickets = 0
            if self.has_tickets:
                if heir not in self.heirs():
                    raise Refused("column_in_use", "heir")
                tickets = order.hand_over(self, heir)
            Column.delete().where(Column.id == self.id).execute()
            told: dict[str, Any] = {"to": heir.name, "tickets": tickets} if heir and tickets else {}
            Event.record(self.project, "column.removed", actor, shape=True, at=at, name=self.name, **told)

    def _among_others(self) -> "list[Column]":
        """The project's columns as they are now, this one brought up to date among them."""
        columns = Column.of(self.project)
        stored = next((one for one in columns if one == self), None)
        if stored is None:
            raise Refused("gone")
        self.name, self.role, self.position = stored.name, stored.role, stored.position
        return columns

    def _require_role_free(self, role: str, columns: "list[Column]") -> None:
        self._require_another(columns, "role")
        if (role == "done") != self.is_done and self.has_tickets:
            raise Refused("role_in_use", "role")

    def _require_another(self, columns: "list[Column]", field: str = "") -> None:
        if self.role in REQUIRED and [one.role for one in columns].count(self.role) == 1:
            raise Refused("last_of_role", field)

    def _place(self, position: int, columns: "list[Column]") -> bool:
        """Whether it stands elsewhere now."""
        others = [one for one in columns if one != self]
        order = [*others[:position], self, *others[position:]]
        _put_in_order(order)
        return order != columns


def _require_free(name: str, others: list[Column]) -> None:
    """Two of the same name could not be told apart."""
    if name.casefold() in {one.name.casefold() for one in others}:
        raise Refused("name_taken", "name")


def _put_in_order(columns: list[Column]) -> None:
    for number, column in enumerate(columns):
        column.position = number
        column.store("position")


def _query_any_ticket() -> Query:
    tickets = Column.ticket_set.rel_model
    return tickets.select(tickets.id).where(tickets.column == parameter("column")).limit(1)


_by_project = Prepared(
    lambda: Column.select().where(Column.project == parameter("project")).order_by(Column.position, Column.id)
)
_maker = Maker(Column)
_any_ticket = Prepared(_query_any_ticket)

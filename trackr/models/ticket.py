"""A ticket: what a client asks, where it stands on the board, and the sums of the time on it."""

from datetime import date, datetime
from hashlib import blake2s
from typing import Any

from peewee import CharField, ForeignKeyField, IntegerField, Select, TextField

from trackr.db import transaction
from trackr.models import order, turn, whereabouts
from trackr.models.base import DayField, InstantField, Record, Refused, now
from trackr.models.column import Column
from trackr.models.event import Event
from trackr.models.meter import Meter
from trackr.models.person import Person
from trackr.models.prepared import Prepared, parameter
from trackr.models.project import Project

KINDS = ("support", "assistance")
PRIORITIES = ("low", "normal", "high", "urgent")


class Ticket(Record):
    # The id is the number people use: one series per instance.
    project = ForeignKeyField(Project, on_delete="CASCADE", index=False)
    column = ForeignKeyField(Column, index=False)
    position = IntegerField()  # order within the column, gaps allowed
    title = CharField(max_length=200)
    body = TextField(default="")
    body_html = TextField(default="")
    kind = CharField(default="support")
    priority = CharField(default="normal")
    requester = ForeignKeyField(Person, index=False)
    assignee = ForeignKeyField(Person, null=True)
    valued_minutes = IntegerField(default=0)
    spent_minutes = IntegerField(default=0)  # internal
    ceiling_minutes = IntegerField(null=True)  # of the estimate that was accepted
    client_version = IntegerField(default=1)
    turn = CharField(default="ours")  # ours, theirs: who is to write next
    turn_at = InstantField(null=True, default=now)  # since when
    due_on = DayField(null=True)
    changed_at = InstantField(null=True, default=now)  # when staff last had something new to see
    client_changed_at = InstantField(null=True, default=now)  # when clients had
    merged_into = ForeignKeyField("self", null=True)
    opened_at = InstantField(default=now)
    closed_at = InstantField(null=True)

    class Meta:
        indexes = (
            (("column", "position"), False),
            (("project", "id"), False),
            (("project", "closed_at", "id"), False),
            (("project", "closed_at", "ceiling_minutes"), False),
            (("project", "closed_at", "turn", "turn_at"), False),
            (("project", "changed_at"), False),
            (("project", "client_changed_at"), False),
            (("project", "requester", "client_version"), False),
        )

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    @property
    def mark(self) -> str:
        """Another one whenever title or text have changed: so that the second of two who edit them is told."""
        return blake2s(repr((self.title, self.body)).encode(), digest_size=8).hexdigest()

    @property
    def committed_minutes(self) -> int:
        """What is agreed and not valued yet: of an accepted estimate, while the ticket is open."""
        if self.ceiling_minutes is None or self.is_closed:
            return 0
        return max(0, self.ceiling_minutes - self.valued_minutes)

    @property
    def place_in_column(self) -> int:
        """The how manieth it is from the top of its column."""
        above = (Ticket.column == self.column) & (Ticket.position < self.position)
        return Ticket.select().where(above).count() + 1

    @classmethod
    def open_ones(cls) -> Select:
        return cls.select().where(cls.closed_at.is_null())

    @classmethod
    def open(
        cls,
        project: Project,
        actor: Person,
        *,
        title: str,
        body: str = "",
        body_html: str = "",
        kind: str = "support",
        priority: str = "normal",
        column: Column | None = None,
        requester: Person | None = None,
        assignee: Person | None = None,
        at: datetime | None = None,
    ) -> "Ticket":
        """Open a ticket at the top of a column (default: the first one for new tickets).

        Raises Refused("column_gone", "column") where somebody has deleted it meanwhile.
        """
        at = at or now()
        with transaction():
            column = order.as_it_is(column, project) if column else Column.first(project, "new")
            ticket = cls.create(
                project=project,
                column=column,
                position=order.top(column),
                title=title,
                body=body,
                body_html=body_html,
                kind=kind,
                priority=priority,
                requester=requester or actor,
                assignee=assignee,
                turn=turn.after_placing(actor, column),
                turn_at=at,
                changed_at=None,  # nobody has anything to see before the event
                client_changed_at=None,
                opened_at=at,
                closed_at=at if column.is_done else None,
            )
            Event.record(project, "ticket.opened", actor, ticket=ticket, at=at)
            turn.begin(ticket, actor, at)
        return ticket

    def change(self, actor: Person, at: datetime | None = None, mark: str | None = None, **changes: object) -> None:
        """Change title, text, kind, priority, requester, assignee or due day; each change is told by one line.

        mark: that of the ticket as the person saw it. Raises Refused("changed") where somebody has changed title or
        text meanwhile.
        """
        with transaction():
            if mark is not None:
                stored = Ticket.get_by_id(self.id)
                self.title, self.body, self.body_html = stored.title, stored.body, stored.body_html
                if mark != self.mark:
                    raise Refused("changed")
            self._change(actor, at, changes)

    def _change(self, actor: Person, at: datetime | None, changes: dict[str, object]) -> None:
        before = {key: getattr(self, key) for key in changes}
        changed = {key: value for key, value in changes.items() if before[key] != value}
        if not changed:
            return
        told: dict[str, Any] = {
            key: [_told(before[key]), _told(value)]
            for key, value in changed.items()
            if key not in ("body", "body_html")
        }
        Ticket.update(changed).where(Ticket.id == self.id).execute()
        for key, value in changed.items():
            setattr(self, key, value)
        Event.record(self.project, "ticket.changed", actor, ticket=self, at=at, **told)
        turn.weigh(self, changed)

    def place(self, actor: Person, column: Column, index: int = 0, at: datetime | None = None) -> None:
        """Move into a column, below the `index` tickets that stand at its top; a done column closes, others reopen.

        Raises Refused("column_gone", "column") where somebody has deleted it, or moved the ticket away, meanwhile.
        """
        with transaction():
            self._read_again()
            column = order.as_it_is(column, self.project)
            was, committed = self.column, self.committed_minutes
            position = order.position_at(column, self.id, index)
            moved = was.id != column.id
            if self.merged_into_id and not column.is_done:
                raise Refused("merged", "column")
            changes: dict[str, object] = {"column": column, "position": position}
            if moved:
                changes["closed_at"] = (at or now()) if column.is_done else None
            Ticket.update(changes).where(Ticket.id == self.id).execute()
            if moved:
                kind = "closed" if column.is_done else "reopened" if was.is_done else "moved"
                Event.record(self.project, f"ticket.{kind}", actor, ticket=self, at=at, column=[was.name, column.name])
            else:
                Event.record(self.project, "ticket.ordered", actor, ticket=self, news=False, at=at)
            self.column, self.position = column, position
            if moved:
                self.closed_at = changes["closed_at"]
                self._commit(committed)
                turn.follow(self, actor, was, at or now())

    def add_time(self, spent_minutes: int, valued_minutes: int) -> None:
        """Add to the stored sums (negative to take away)."""
        _add_time.run(ticket=self.id, spent=spent_minutes, valued=valued_minutes)
        if standing := _agreed.first(ticket=self.id):
            ceiling, valued = standing
            committed = max(0, ceiling - valued)
            Meter.commit(self.project, committed - max(0, ceiling - valued + valued_minutes))

    def agree(self, ceiling_minutes: int | None) -> None:
        """Set the ceiling of the accepted estimate (None: there is none any more)."""
        self._read_again()
        committed = self.committed_minutes
        self.ceiling_minutes = ceiling_minutes
        Ticket.update(ceiling_minutes=ceiling_minutes).where(Ticket.id == self.id).execute()
        self._commit(committed)

    def _commit(self, before: int) -> None:
        """Tell the meter how much is committed here now."""
        Meter.commit(self.project, self.committed_minutes - before)

    def close(self, actor: Person, at: datetime | None = None) -> None:
        """Move to the done column; a closed ticket stays as it is."""
        with transaction():
            self._read_again()
            if not self.is_closed:
                self.place(actor, Column.first(self.project, "done"), at=at)

    def reopen(self, actor: Person, at: datetime | None = None) -> None:
        """Back to work: the first column for tickets in progress."""
        with transaction():
            self._read_again()
            if self.is_closed:
                self.place(actor, Column.first(self.project, "active"), at=at)

    def _read_again(self) -> None:
        """Take over where others have put it meanwhile."""
        whereabouts.project_of(self)
        stored = Ticket.select(Ticket, Column).join(Column).where(Ticket.id == self.id).get()
        for name in ("column", "position", "closed_at", "ceiling_minutes", "valued_minutes", "turn", "turn_at"):
            setattr(self, name, getattr(stored, name))
        self.__data__["merged_into"] = stored.merged_into_id


_add_time = Prepared(
    lambda: Ticket.update(
        {
            Ticket.spent_minutes: Ticket.spent_minutes + parameter("spent"),
            Ticket.valued_minutes: Ticket.valued_minutes + parameter("valued"),
        }
    ).where(Ticket.id == parameter("ticket"))
)
_agreed = Prepared(
    lambda: Ticket.select(Ticket.ceiling_minutes, Ticket.valued_minutes).where(
        (Ticket.id == parameter("ticket")) & Ticket.ceiling_minutes.is_null(False) & Ticket.closed_at.is_null()
    )
)


def _told(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return value.id if isinstance(value, Person) else value

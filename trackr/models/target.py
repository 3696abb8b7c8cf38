"""Targets: by when somebody of the client should have an answer, and whether they had it by then.

A row for each answer that is waited for: the first on a ticket, or the next. Its clock runs while the agency is open,
stands still while it is the client's turn, and ends with the answer; then it is kept or missed, and never moves again.
Projects without targets have none, and ask for none. Every verb is called within the transaction of what caused it.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from peewee import (
    JOIN,
    BooleanField,
    CharField,
    DeferredForeignKey,
    Expression,
    ForeignKeyField,
    IntegerField,
    Query,
    Select,
    fn,
)

from trackr.db import transaction
from trackr.hours.opening import Opening, read_week
from trackr.models.agency import Agency
from trackr.models.base import InstantField, Record, from_milliseconds, to_milliseconds
from trackr.models.day_off import DayOff, read_days
from trackr.models.event import Event
from trackr.models.person import Person
from trackr.models.prepared import Maker, Prepared, parameter
from trackr.models.project import Project

if TYPE_CHECKING:
    from trackr.models.ticket import Ticket

WORDS = ("ticket.opened", "comment.written")  # that a client reads


class Target(Record):
    project = ForeignKeyField(Project, on_delete="CASCADE", index=False)  # in which it was waited for
    ticket = DeferredForeignKey("Ticket", on_delete="CASCADE", index=False)
    kind = CharField()  # first, next
    priority = CharField()  # of the ticket, as long as it is waited for
    started_at = InstantField()
    paused_at = InstantField(null=True)  # since when it is the client's turn
    paused_minutes = IntegerField(default=0)  # of open time, in which it was before
    due_at = InstantField(null=True)  # None: nothing is aimed at for this priority
    answered_at = InstantField(null=True)
    kept = BooleanField(null=True)  # None: not answered, or nothing was aimed at

    class Meta:
        indexes = ((("ticket", "answered_at"), False), (("project", "answered_at"), False))

    @classmethod
    def ask(cls, ticket: "Ticket", at: datetime) -> None:
        """A client waits for an answer from now on, where they do not already."""
        if not ticket.project.has_targets or ticket.is_closed:
            return
        now = _look(ticket)
        if now is None:
            return
        if now.target:
            now.target._go_on(now.opening, ticket.project, at)
            return
        kind = "next" if now.was_answered else "first"
        target = cls(project=ticket.project, ticket=ticket.id, kind=kind, priority=ticket.priority, started_at=at)
        target._aim(now.opening, ticket.project)
        cls.create(**target.__data__)

    @classmethod
    def answer(cls, ticket: "Ticket", at: datetime) -> None:
        """The agency has answered: what was waited for is kept or missed. One query."""
        if ticket.project.has_targets:
            _answer.run(ticket=ticket.id, at=to_milliseconds(at))

    @classmethod
    def hold(cls, ticket: "Ticket", at: datetime) -> None:
        """It is the client's turn, without an answer: the clock stands still. One query."""
        if ticket.project.has_targets:
            _hold.run(ticket=ticket.id, at=to_milliseconds(at))

    @classmethod
    def go_on(cls, ticket: "Ticket", at: datetime) -> None:
        """It is the agency's turn again: a clock that stands still goes on, none begins."""
        now = _look(ticket) if ticket.project.has_targets else None
        if now and now.target:
            now.target._go_on(now.opening, ticket.project, at)

    @classmethod
    def close(cls, ticket: "Ticket", actor: Person, at: datetime) -> None:
        """The ticket was closed: by staff, who were waited for, that is the answer; what is late already is missed.

        Otherwise nobody waits any more, unless it is reopened: the clock stands still.
        """
        now = _look(ticket) if ticket.project.has_targets else None
        if now is None or now.target is None:
            return
        is_held, due_at = now.target.paused_at is not None, now.target.due_at
        is_late = due_at is not None and (now.target.paused_at or at) > due_at
        if is_late or (actor.is_staff and not is_held):
            cls.answer(ticket, at)
        else:
            cls.hold(ticket, at)

    @classmethod
    def move(cls, ticket: "Ticket") -> None:
        """The priority or the project of the ticket has changed: what is waited for is due anew."""
        if not ticket.project.has_targets:
            cls.delete().where((cls.ticket == ticket.id) & cls.answered_at.is_null()).execute()
            return
        now = _look(ticket)
        if now and now.target:
            now.target.project, now.target.priority = ticket.project, ticket.priority
            now.target._aim(now.opening, ticket.project)
            now.target.store("project", "priority", "due_at")

    @classmethod
    def set_for(
        cls, project: Project, actor: Person, *, first: dict[str, int], later: dict[str, int], tells: bool
    ) -> None:
        """Aim at answers within so many open minutes, by priority; a priority that is not named has no target.

        tells: whether clients are told. Answers that are waited for are due anew; without any target none is.
        """
        told = project.tells_targets or tells
        with transaction():
            project.change(actor, first_targets=_written(first), next_targets=_written(later), tells_targets=tells)
            if project.has_targets:
                cls._move_those(cls.project == project)
            else:
                cls.delete().where((cls.project == project) & cls.answered_at.is_null()).execute()
            if told:
                Event.tell_clients(project)

    @classmethod
    def move_all(cls) -> None:
        """The opening hours have changed: what is waited for is due anew, in every project."""
        moved = cls._move_those(cls.id.is_null(False))
        for project in moved:
            if project.tells_targets:
                Event.tell_clients(project)

    @classmethod
    def _move_those(cls, which: Expression) -> set[Project]:
        """Returns the projects that they are in."""
        opening = _opening()
        query = cls.select(cls, Project).join(Project).where(which & cls.answered_at.is_null())
        projects = {}
        for target in list(query) if opening else []:
            before = target.due_at
            target._aim(opening, target.project)
            if target.due_at != before:
                target.store("due_at")
                projects[target.project.id] = target.project
        return set(projects.values())

    def _go_on(self, opening: Opening, project: Project, at: datetime) -> None:
        if self.paused_at is not None:
            self.paused_minutes += opening.minutes_between(self.paused_at, at)
            self.paused_at = None
            self._aim(opening, project)
            self.store("paused_at", "paused_minutes", "due_at")

    def _aim(self, opening: Opening, project: Project) -> None:
        minutes = project.targets(self.kind).get(self.priority)
        self.due_at = minutes and opening.add(self.started_at, minutes + self.paused_minutes)

    @classmethod
    def due(cls) -> Select:
        """Within a query of tickets: when the answer to each is due. None: it is their turn, or none is."""
        return cls.select(cls.due_at).where(_running(Event.ticket.rel_model.id)).limit(1)

    @classmethod
    def due_on(cls, ticket: "Ticket") -> datetime | None:
        """The same of one ticket. One query, none where the project has no targets."""
        found = _due_on.value(ticket=ticket.id) if ticket.project.has_targets and not ticket.is_closed else None
        return None if found is None else from_milliseconds(found)


@dataclass(frozen=True, slots=True)
class Look:
    """What is known of a ticket when something happens to it: all of it from one query."""

    opening: Opening
    was_answered: bool
    target: Target | None  # that is waited for


def _look(ticket: "Ticket") -> Look | None:
    row = _looked.first(ticket=ticket.id)
    return Look(_opening_of(*row[:3]), bool(row[3]), _maker.make(row)) if row else None


def _opening() -> Opening | None:
    """None before the first set-up."""
    row = _opened.first()
    return _opening_of(*row) if row else None


@lru_cache(maxsize=8)
def _opening_of(week: str, zone: str, days_off: str | None) -> Opening:
    return Opening(ZoneInfo(zone), read_week(week), read_days(days_off))


def _query_opened(*more: Any) -> Select:
    return Agency.select(Agency.opening_hours, Agency.timezone, DayOff.as_text(), *more).order_by(Agency.id).limit(1)


def _query_looked() -> Query:
    """Answered was who has been written to: as a target tells, or without one what staff wrote or opened."""
    this = parameter("ticket")
    met = Target.alias()
    ended = met.select(met.id).where((met.ticket == this) & met.answered_at.is_null(False))
    wrote = Event.select(Event.id).join(Person, on=(Event.actor == Person.id))
    wrote = wrote.where((Event.ticket == this) & Event.kind.in_(WORDS) & (Person.role != "client"))
    waited_for = (Target.ticket == this) & Target.answered_at.is_null()
    query = _query_opened(fn.EXISTS(ended) | fn.EXISTS(wrote), *Target._meta.sorted_fields)
    return query.join(Target, JOIN.LEFT_OUTER, on=waited_for)


def _running(ticket: Any) -> Expression:
    return (Target.ticket == ticket) & Target.answered_at.is_null() & Target.paused_at.is_null()


def _query_waited_for(change: dict[Any, Any]) -> Query:
    return Target.update(change).where((Target.ticket == parameter("ticket")) & Target.answered_at.is_null())


def _written(minutes: dict[str, int]) -> str:
    """As a project stores its targets."""
    return ",".join(f"{priority}:{number}" for priority, number in sorted(minutes.items()))


_maker = Maker(Target, start=4)
_looked = Prepared(_query_looked)
_opened = Prepared(_query_opened)
_answer = Prepared(
    lambda: _query_waited_for(
        {
            Target.answered_at: parameter("at"),
            Target.kept: fn.COALESCE(Target.paused_at, parameter("at")) <= Target.due_at,
        }
    )
)
_hold = Prepared(lambda: _query_waited_for({Target.paused_at: parameter("at")}).where(Target.paused_at.is_null()))
_due_on = Prepared(lambda: Target.select(Target.due_at).where(_running(parameter("ticket"))))

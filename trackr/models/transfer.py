"""Moving a ticket to another project: what would happen, to be shown before, and the move itself."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from peewee import Select, fn

from trackr.db import transaction
from trackr.models import ledger, order
from trackr.models.base import Refused
from trackr.models.column import Column
from trackr.models.entry import Entry
from trackr.models.estimate import Estimate
from trackr.models.event import Event
from trackr.models.membership import Membership
from trackr.models.meter import Meter
from trackr.models.pace import Pace
from trackr.models.participant import Participant
from trackr.models.person import Person
from trackr.models.project import Project
from trackr.models.tag import Tag, Tagging
from trackr.models.target import Target
from trackr.models.ticket import Ticket


@dataclass(frozen=True)
class Transfer:
    """A ticket on its way to another project, with the conversation and the time that is on no statement."""

    ticket: Ticket
    project: Project  # that it moves to
    actor: Person

    @property
    def hindrance(self) -> str:
        """Why it cannot be moved, as a code of `Refused`; "" where it can."""
        if self.project.id == self.ticket.project_id:
            return "same_project"
        if self.project.is_archived:
            return "archived"
        joined = Ticket.select().where(Ticket.merged_into == self.ticket).exists()
        if self.ticket.merged_into_id or joined:
            return "merged_moves"
        closed = (Entry.ticket == self.ticket) & Entry.statement.is_null(False)
        return "time_told" if Entry.select().where(closed).exists() else ""

    @cached_property
    def column(self) -> Column:
        """The first of the other board that is what its column is."""
        return Column.first(self.project, self.ticket.column.role)

    @cached_property
    def requester(self) -> Person:
        """Who asked, where they take part in the other project; else who moves it."""
        return self.ticket.requester if self._belongs(self.ticket.requester) else self.actor

    @cached_property
    def assignee(self) -> Person | None:
        works = self.ticket.assignee
        return works if works and self._belongs(works) else None

    @cached_property
    def tags(self) -> list[str]:
        return Tag.names_on(self.ticket)

    @cached_property
    def losing(self) -> list[str]:
        """The clients who see the ticket now and do not see the other project, by name."""
        there = Membership.select(Membership.person).where(Membership.project == self.project)
        query = Person.select(Person.name).join(Membership).where(Membership.project == self.ticket.project)
        query = query.where((Person.role == "client") & Person.id.not_in(there))
        sees = (Membership.sees == "all") | (Person.id == self.ticket.requester_id) | Person.id.in_(self._shared)
        return [name for (name,) in query.where(sees).order_by(fn.LOWER(Person.name)).tuples()]

    @cached_property
    def gaining(self) -> list[str]:
        """The clients who will read the whole conversation, by name."""
        query = Person.select(Person.name).join(Membership).where(Membership.project == self.project)
        sees = (Membership.sees == "all") | (Person.id == self.requester.id) | Person.id.in_(self._shared)
        query = query.where((Person.role == "client") & sees)
        return [name for (name,) in query.order_by(fn.LOWER(Person.name)).tuples()]

    @property
    def _shared(self) -> Select:
        """Who was added to it: they see it wherever it is, where they take part in the project."""
        return Participant.select(Participant.person).where((Participant.ticket == self.ticket) & Participant.told)

    def perform(self) -> None:
        """Move it. The hours of both projects are walked again from its first day. Raises Refused(hindrance)."""
        ticket, old = self.ticket, self.ticket.project
        with transaction():
            stored = Ticket.select(Ticket, Column).join(Column).where(Ticket.id == ticket.id).get()
            if stored.project_id != old.id:
                return  # somebody else has
            ticket.column, ticket.__data__["merged_into"] = stored.column, stored.merged_into_id
            for name in ("closed_at", "valued_minutes", "ceiling_minutes"):
                setattr(ticket, name, getattr(stored, name))
            if self.hindrance:
                raise Refused(self.hindrance, "project")
            ledger.settle(old)
            ledger.settle(self.project)
            tags = self.tags
            Event.record(old, "ticket.left", self.actor, shape=True, number=ticket.id)
            self._place()
            self._take_hours(old)
            if old.has_targets:
                Target.move(ticket)
            Tagging.delete().where(Tagging.ticket == ticket).execute()
            Tag.attach(ticket, tags)
            Tag.sweep(old)
            self._leave_out()
            names = [old.name, self.project.name]
            Event.record(self.project, "ticket.transferred", self.actor, ticket=ticket, meter=True, project=names)

    def _place(self) -> None:
        """At the top of its column there; it is closed or open as it was."""
        ticket = self.ticket
        ticket.requester, ticket.assignee = self.requester, self.assignee
        ticket.project, ticket.column = self.project, self.column
        ticket.position = order.top(self.column)
        ticket.store("project", "column", "position", "requester", "assignee")

    def _take_hours(self, old: Project) -> None:
        """Its time and its estimates, with what is summed beside them."""
        ticket, new = self.ticket, self.project
        Meter.commit(old, -ticket.committed_minutes)
        Meter.commit(new, ticket.committed_minutes)
        Estimate.update(project=new).where(Estimate.ticket == ticket).execute()
        entries = list(Entry.select(Entry.day, Entry.valued_minutes).where(Entry.ticket == ticket).tuples())
        if not entries:
            return
        for day, minutes in entries:
            Pace.add(old, _as_day(day), -minutes)
            Pace.add(new, _as_day(day), minutes)
        since = min(_as_day(day) for day, _ in entries)
        Entry.update(project=new).where(Entry.ticket == ticket).execute()
        ledger.rewrite(old, since)
        ledger.rewrite(new, since)

    def _leave_out(self) -> None:
        """Who was told of it and does not see it there is told no more."""
        query = Participant.select(Participant, Person).join(Person).where(Participant.ticket == self.ticket)
        for participant in list(query):
            if not self._belongs(participant.person):
                participant.delete_instance()

    def _belongs(self, person: Person) -> bool:
        """Whether the person sees the other project."""
        if Person.get_by_id(person.id).sees_every_project:
            return True
        mine = (Membership.project == self.project) & (Membership.person == person)
        return Membership.select().where(mine).exists()


def _as_day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value

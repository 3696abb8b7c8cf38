"""Who is told of what happens on a ticket: who asked, who works on it, who wrote, and who was added, but who left."""

from datetime import datetime
from typing import Any, NamedTuple

from peewee import JOIN, BooleanField, Expression, ForeignKeyField, Query, Select, fn

from trackr.db import transaction
from trackr.models.base import InstantField, Record, Refused, now
from trackr.models.comment import Comment
from trackr.models.event import Event
from trackr.models.membership import Membership
from trackr.models.person import Person, initials
from trackr.models.prepared import Prepared, parameter
from trackr.models.ticket import Ticket


class Follower(NamedTuple):
    """Somebody of a ticket's project, who is told of the ticket or could be.

    One of the agency who is there by notes alone follows `openly` only for the agency.
    """

    id: int
    name: str
    role: str
    openly: bool
    is_told: bool
    sees: bool  # a client who sees only their own tickets may not see this one
    by_sharing: bool  # a client who sees it only because they were added

    @property
    def is_staff(self) -> bool:
        return self.role != "client"

    @property
    def initials(self) -> str:
        return initials(self.name)


class Participant(Record):
    ticket = ForeignKeyField(Ticket, on_delete="CASCADE", index=False)
    person = ForeignKeyField(Person, on_delete="CASCADE")
    told = BooleanField(default=True)  # false: has asked not to be
    created_at = InstantField(default=now)

    class Meta:
        indexes = ((("ticket", "person"), True),)

    @classmethod
    def own(cls, tickets: Any, person: object) -> Expression:
        """The condition that a ticket is the person's own: asked by them, or shared with them, since they were added.

        It is all that a client sees whose membership says "own". tickets: the model or its alias.
        """
        shared = cls.select(cls.ticket).where((cls.person == person) & cls.told)
        return (tickets.requester == person) | tickets.id.in_(shared)

    @classmethod
    def shared_with(cls, ticket: Ticket) -> set[int]:
        """The ids of those who were added to it, and have not left."""
        return {person for (person,) in _shared.rows(ticket=ticket.id)}

    @classmethod
    def around(cls, ticket: Ticket) -> list[Follower]:
        """The project's clients, and the agency's people who can work on it, by name. One query."""
        rows = _around.rows(ticket=ticket.id)
        return [Follower(*row[:3], *map(bool, row[3:])) for row in rows]

    @classmethod
    def told_on(cls, ticket: Ticket, around: list[Follower] | None = None) -> list[Follower]:
        """Everybody who is told: of public replies all of them, of internal notes those of the agency.

        First who asked, then who works on it, then by name. around: those of the ticket, where they are known.
        """
        told = [one for one in around or cls.around(ticket) if one.is_told and one.sees]
        return sorted(told, key=lambda one: (one.id != ticket.requester_id, one.id != ticket.assignee_id))

    @classmethod
    def offered_on(cls, ticket: Ticket, around: list[Follower] | None = None) -> list[Follower]:
        """Who could be added, by name: everybody who may see the ticket and is not told yet."""
        return [one for one in around or cls.around(ticket) if one.sees and not one.is_told]

    @classmethod
    def add(cls, ticket: Ticket, actor: Person, person: Person | Follower, at: datetime | None = None) -> None:
        """Have the person told from now on; who is already stays."""
        with transaction():
            if not any(one.id == person.id for one in cls.told_on(ticket)):
                cls._set(ticket, person.id, True, at or now())
                Event.record(ticket.project, "participant.added", actor, ticket=ticket, at=at, person=person.id)

    @classmethod
    def invite(cls, ticket: Ticket, actor: Person, *, email: str, name: str) -> tuple[Person, bool]:
        """Share the ticket with a colleague of the client; returns the person, and whether they are new here.

        Raises Refused("not_here", "email") where the address is somebody's who is no client of the project: who that
        is, is nothing to tell.
        """
        with transaction():
            person = Person.by_email(email)
            is_new = person is None
            if person is None:
                person = Membership.admit(ticket.project, actor, email=email, name=name)
            member = (Membership.project == ticket.project) & (Membership.person == person)
            if not (person.is_client and person.active and Membership.select().where(member).exists()):
                raise Refused("not_here", "email")
            cls.add(ticket, actor, person)
        return person, is_new

    @classmethod
    def leave(cls, ticket: Ticket, actor: Person, person: Person | Follower, at: datetime | None = None) -> None:
        """Tell the person no more; a client hears of it where the person was one whom they saw.

        A client who sees the ticket only because they were added sees it no more.
        """
        with transaction():
            found = next((one for one in cls.told_on(ticket) if one.id == person.id), None)
            if found:
                cls._set(ticket, person.id, False, at or now())
                other = None if person.id == actor.id else person.id
                seen = {"client": found.openly, "shape": found.by_sharing}
                Event.record(ticket.project, "participant.left", actor, ticket=ticket, at=at, person=other, **seen)

    @classmethod
    def _set(cls, ticket: Ticket, person: int, told: bool, at: datetime) -> None:
        row, made = cls.get_or_create(ticket=ticket, person=person, defaults={"told": told, "created_at": at})
        if not made:
            row.told = told
            row.store("told")


def _query() -> Query:
    member = (Membership.person == Person.id) & (Membership.project == Ticket.project)
    is_client = Person.role == "client"
    works = (Person.role == "owner") | ((Person.role == "staff") & (~Person.limited | Membership.id.is_null(False)))
    by_right = (Membership.sees == "all") | (Ticket.requester == Person.id)
    sees = ~is_client | by_right | Person.id.in_(_named(told=True))
    return (
        Person.select(
            Person.id, Person.name, Person.role, Person.id.in_(_openly()), _is_told(), sees, is_client & ~by_right
        )
        .join(Ticket, on=(Ticket.id == parameter("ticket")))
        .join_from(Person, Membership, JOIN.LEFT_OUTER, on=member)
        .where(Person.active & (works | (is_client & Membership.id.is_null(False))))
        .order_by(fn.LOWER(Person.name), Person.id)
    )


def _openly() -> Select:
    """Those who asked, work on it, wrote to everybody, or were added."""
    asked, works = Ticket.alias("asked"), Ticket.alias("works")
    return (
        asked.select(asked.requester).where(asked.id == parameter("ticket"))
        | works.select(works.assignee).where((works.id == parameter("ticket")) & works.assignee.is_null(False))
        | _wrote(internal=False)
        | _named(told=True)
    )


def _is_told() -> Expression:
    return Person.id.in_(_openly() | _wrote(internal=True)) & Person.id.not_in(_named(told=False))


def _wrote(internal: bool) -> Select:
    mine = (Comment.ticket == parameter("ticket")) & (Comment.internal == internal)
    return Comment.select(Comment.author).where(mine & Comment.deleted_at.is_null())


def _named(told: bool) -> Select:
    mine = (Participant.ticket == parameter("ticket")) & (Participant.told == told)
    return Participant.select(Participant.person).where(mine)


_shared = Prepared(lambda: _named(told=True))
_around = Prepared(_query)

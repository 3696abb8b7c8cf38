"""Who is told of what happens on a ticket: who asked, who works on it, who wrote, and who was added, but who left."""

from datetime import datetime
from typing import NamedTuple

from peewee import JOIN, BooleanField, Expression, ForeignKeyField, Query, Select, fn

from trackr.db import transaction
from trackr.models.base import InstantField, Record, now
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
                Event.record(ticket.project, "participant.added", actor, ticket=ticket, at=at, person=person.name)

    @classmethod
    def leave(cls, ticket: Ticket, actor: Person, person: Person | Follower, at: datetime | None = None) -> None:
        """Tell the person no more; a client hears of it where the person was one whom they saw."""
        with transaction():
            found = next((one for one in cls.told_on(ticket) if one.id == person.id), None)
            if found:
                cls._set(ticket, person.id, False, at or now())
                name = "" if person.id == actor.id else person.name
                seen = found.openly
                Event.record(ticket.project, "participant.left", actor, ticket=ticket, client=seen, at=at, person=name)

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
    sees = ~is_client | (Membership.sees == "all") | (Ticket.requester == Person.id)
    return (
        Person.select(Person.id, Person.name, Person.role, Person.id.in_(_openly()), _is_told(), sees)
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


_around = Prepared(_query)

"""Who is told of what happens on a ticket: who asked, who works on it, who wrote, and who was added, but who left."""

from datetime import datetime
from typing import Any, NamedTuple

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
    """Somebody who is told. One of the agency who is there by notes alone follows `openly` only for the agency."""

    id: int
    name: str
    is_staff: bool
    openly: bool

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
    def told_on(cls, ticket: Ticket) -> list[Follower]:
        """Everybody who is told: of public replies all of them, of internal notes those of the agency. One query."""
        return _followers(_told, ticket)

    @classmethod
    def offered_on(cls, ticket: Ticket) -> list[Follower]:
        """Who could be added, by name: everybody who may see the ticket and is not told yet. One query."""
        return _followers(_offered, ticket)

    @classmethod
    def add(cls, ticket: Ticket, actor: Person, person: Person | Follower, at: datetime | None = None) -> None:
        """Have the person told from now on; who is already stays."""
        with transaction():
            if not any(one.id == person.id for one in cls.told_on(ticket)):
                cls._set(ticket, person.id, True, at or now())
                told: dict[str, Any] = {"person": person.name, "id": person.id}
                Event.record(ticket.project, "participant.added", actor, ticket=ticket, at=at, **told)

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


def _followers(prepared: Prepared, ticket: Ticket) -> list[Follower]:
    rows = prepared.rows(ticket=ticket.id)
    return [Follower(number, name, role != "client", bool(openly)) for number, name, role, openly in rows]


def _query_told() -> Query:
    return (
        _who_sees()
        .where(_is_told())
        .order_by(
            Person.id != Ticket.requester,
            fn.COALESCE(Person.id != Ticket.assignee, 1),
            fn.LOWER(Person.name),
            Person.id,
        )
    )


def _query_offered() -> Query:
    return _who_sees().where(~_is_told()).order_by(fn.LOWER(Person.name), Person.id)


def _who_sees() -> Select:
    """The people to whom the ticket is open, and whether they take part in it for all to see."""
    member = (Membership.person == Person.id) & (Membership.project == Ticket.project)
    agency = (Person.role == "owner") | ((Person.role == "staff") & (~Person.limited | Membership.id.is_null(False)))
    client = (Person.role == "client") & ((Membership.sees == "all") | (Ticket.requester == Person.id))
    return (
        Person.select(Person.id, Person.name, Person.role, Person.id.in_(_openly()))
        .join(Ticket, on=(Ticket.id == parameter("ticket")))
        .join_from(Person, Membership, JOIN.LEFT_OUTER, on=member)
        .where(Person.active & (agency | (client & Membership.id.is_null(False))))
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


_told = Prepared(_query_told)
_offered = Prepared(_query_offered)

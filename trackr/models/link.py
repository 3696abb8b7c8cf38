"""A link between two tickets."""

from datetime import datetime

from peewee import CharField, ForeignKeyField

from trackr.db import transaction
from trackr.models.base import InstantField, Record, Refused, now
from trackr.models.event import Event
from trackr.models.participant import Participant
from trackr.models.person import Person
from trackr.models.ticket import Ticket

KINDS = ("related", "duplicate")


class Link(Record):
    ticket = ForeignKeyField(Ticket, on_delete="CASCADE", index=False)
    other = ForeignKeyField(Ticket, on_delete="CASCADE", backref="linked_from")
    kind = CharField(default="related")  # related, duplicate (the ticket is one of the other)
    created_by = ForeignKeyField(Person, index=False)
    created_at = InstantField(default=now)

    class Meta:
        indexes = ((("ticket", "other"), True),)

    @classmethod
    def on(cls, ticket: Ticket, number: int) -> "Link | None":
        """The link of that id, where the ticket is one of the two."""
        mine = (cls.id == number) & ((cls.ticket == ticket) | (cls.other == ticket))
        return cls.get_or_none(mine)

    @classmethod
    def join(
        cls, ticket: Ticket, actor: Person, other: Ticket, kind: str = "related", at: datetime | None = None
    ) -> "Link":
        """Link the ticket to another, or say anew what it is to that one; two tickets have one link at most.

        Raises Refused("itself", "number").
        """
        if ticket.id == other.id:
            raise Refused("itself", "number")
        with transaction():
            pair = (ticket.id, other.id)
            there = cls.get_or_none(cls.ticket.in_(pair) & cls.other.in_(pair))
            if there and there.kind == kind and (kind == "related" or there.ticket_id == ticket.id):
                return there
            if there:
                there.delete_instance()
            link = cls.create(ticket=ticket, other=other, kind=kind, created_by=actor, created_at=at or now())
            _tell(actor, "linked", ticket, other, kind, at)
        return link

    def cut(self, actor: Person) -> None:
        with transaction():
            if self.delete_instance():
                _tell(actor, "unlinked", self.ticket, self.other, self.kind)


def _tell(actor: Person, verb: str, ticket: Ticket, other: Ticket, kind: str, at: datetime | None = None) -> None:
    """To the agency on both. Not every client who sees one of them sees the other: for them it is news only then."""
    shared = ticket.project_id == other.project_id and _readers(ticket) == _readers(other)
    for one, another in ((ticket, other), (other, ticket)):
        told = {"other": another.id, "link": kind}
        Event.record(one.project, f"ticket.{verb}", actor, ticket=one, client=shared, at=at, **told)
        Event.tell_clients(one.project)


def _readers(ticket: Ticket) -> set[int]:
    """Who sees the ticket though they may see only their own."""
    return {ticket.requester_id, *Participant.shared_with(ticket)}

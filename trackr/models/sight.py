"""Until when a person has seen a ticket: what is later is unread."""

from datetime import datetime, timedelta
from functools import cache

from peewee import EXCLUDED, JOIN, Expression, ForeignKeyField, Query, Value, fn

from trackr.db import transaction
from trackr.models.base import InstantField, Record, now, to_milliseconds
from trackr.models.person import Person
from trackr.models.prepared import Prepared, parameter
from trackr.models.ticket import Ticket

NEWS = timedelta(days=90)  # what nobody has looked at for so long is no news any more


class Sight(Record):
    person = ForeignKeyField(Person, on_delete="CASCADE", index=False)
    ticket = ForeignKeyField(Ticket, on_delete="CASCADE")
    seen_at = InstantField()

    class Meta:
        indexes = ((("person", "ticket"), True),)

    @classmethod
    def note(cls, person: Person, ticket: Ticket, at: datetime) -> None:
        """The person has the ticket before them as it was at that instant.

        No event: what one person has read is no news to anybody else.
        """
        with transaction():
            _note.run(person=person.id, ticket=ticket.id, at=to_milliseconds(at))

    @classmethod
    def keep(cls, person: Person, ticket: Ticket, at: datetime) -> None:
        """What they do themselves at that instant is no news to them, where there was none before.

        Called before the ticket is changed, inside that transaction.
        """
        news = to_milliseconds(at - NEWS)
        _keep(person.is_client).run(person=person.id, ticket=ticket.id, at=to_milliseconds(at), news=news)

    @classmethod
    def note_all(cls, person: Person, tickets: Expression) -> None:
        """They take all of these tickets as read."""
        by_client = person.is_client
        seen = Ticket.select(Value(person.id), Ticket.id, changed_at(by_client))
        with transaction():
            unread = seen.where(tickets & is_news(by_client, person.id, news_since(person)))
            _later(cls.insert_from(unread, [cls.person, cls.ticket, cls.seen_at])).execute()


def changed_at(by_client: bool) -> InstantField:
    """When there was last something new for a reader of that kind."""
    return Ticket.client_changed_at if by_client else Ticket.changed_at


def news_since(person: Person) -> int:
    """What changed before that instant, in milliseconds, is no news to the person."""
    return to_milliseconds(max(person.seen_before, now() - NEWS))


def is_news(by_client: bool, person: object, since: object) -> Expression:
    """The condition for the tickets that the person has not read; see `news_since`."""
    changed = changed_at(by_client)
    read = Sight.select().where((Sight.person == person) & (Sight.ticket == Ticket.id) & (Sight.seen_at >= changed))
    return (changed > since) & ~fn.EXISTS(read)


def _later(insertion: Query) -> Query:
    """Of two sights of a ticket the later one stays."""
    return insertion.on_conflict(
        conflict_target=(Sight.person, Sight.ticket),
        update={Sight.seen_at: EXCLUDED.seen_at},
        where=(EXCLUDED.seen_at > Sight.seen_at),
    )


@cache
def _keep(by_client: bool) -> Prepared:
    changed = changed_at(by_client)
    was_read = changed.is_null() | (changed <= Person.seen_before) | (changed <= parameter("news"))
    mine = (Sight.ticket == Ticket.id) & (Sight.person == Person.id)

    def build() -> Query:
        query = Ticket.select(Person.id, Ticket.id, parameter("at")).join(Person, on=(Person.id == parameter("person")))
        query = query.join_from(Ticket, Sight, JOIN.LEFT_OUTER, on=mine)
        query = query.where((Ticket.id == parameter("ticket")) & (was_read | (changed <= Sight.seen_at)))
        return _later(Sight.insert_from(query, [Sight.person, Sight.ticket, Sight.seen_at]))

    return Prepared(build)


_note = Prepared(
    lambda: _later(
        Sight.insert(
            {Sight.person: parameter("person"), Sight.ticket: parameter("ticket"), Sight.seen_at: parameter("at")}
        )
    )
)

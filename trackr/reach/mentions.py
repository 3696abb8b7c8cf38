"""Whom a text on a ticket may name with an @: those who read it, as far as the one who writes knows them."""

from collections import Counter
from collections.abc import Iterable

from peewee import Expression

from trackr.models import Comment, Membership, Person, Ticket
from trackr.reach import Reach


def mentionable(reach: Reach, ticket: Ticket, *, internal: bool = False) -> dict[str, Person]:
    """People by what is written after the @, in small letters: "claire" where there is one, "claire.clement" always.

    A note is read by the agency alone. Clients know those of the agency who have answered, and the colleagues whom
    they see the tickets of.
    """
    staff = reach.people(ticket.project) if reach.person.is_staff else _seen_by_clients(ticket)
    clients = [] if internal else _clients(reach, ticket)
    return _by_handle([*staff, *clients])


def _clients(reach: Reach, ticket: Ticket) -> list[Person]:
    """Those who see the ticket; for who sees only their own, nobody else."""
    reads: Expression = (Membership.sees == "all") | (Person.id == ticket.requester_id)
    if not reach.sees_all(ticket.project):
        reads = Person.id == reach.person.id
    mine = (Membership.project == ticket.project) & Person.active & (Person.role == "client")
    return list(Person.select().join(Membership, on=(Membership.person == Person.id)).where(mine & reads))


def _seen_by_clients(ticket: Ticket) -> list[Person]:
    public = (Comment.ticket == ticket) & ~Comment.internal & Comment.deleted_at.is_null()
    wrote = Person.id.in_(Comment.select(Comment.author).where(public)) | (Person.id == ticket.assignee_id)
    return list(Person.select().where(wrote & Person.active & (Person.role != "client")))


def _by_handle(people: Iterable[Person]) -> dict[str, Person]:
    everybody = list(people)
    first = Counter(_words(person)[0] for person in everybody)
    found = {".".join(_words(person)): person for person in everybody}
    return found | {_words(person)[0]: person for person in everybody if first[_words(person)[0]] == 1}


def _words(person: Person) -> list[str]:
    return person.name.casefold().split() or [""]

"""Whom a text on a ticket may name with an @: those who read it, as far as the one who writes knows them."""

import re
from collections import Counter
from collections.abc import Iterable

from peewee import Expression

from trackr.models import Comment, Membership, Person, Project, Ticket
from trackr.reach import Reach

HANDLE = r"[^\W_](?:[\w-]|\.(?=\w))*"  # what may stand after the @
MENTION = rf"(?<![\w@/.-])@({HANDLE})"
_mention = re.compile(MENTION)


def mentions(text: str) -> set[str]:
    """Everything that looks like a mention in a text, in small letters, without the @."""
    return {name.casefold() for name in _mention.findall(text)}


def mentionable(reach: Reach, project: Project, ticket: Ticket | None, *, internal: bool = False) -> dict[str, Person]:
    """People by what is written after the @, in small letters: "claire" where there is one, "claire.clement" always.

    A note is read by the agency alone. Clients know those of the agency who have answered, and the colleagues whom
    they see the tickets of. Without a ticket: of one that is being opened.
    """
    staff = reach.people(project) if reach.person.is_staff else _seen_by_clients(reach, project, ticket)
    clients = [] if internal else _clients(reach, project, ticket)
    return _by_handle([*staff, *clients])


def _clients(reach: Reach, project: Project, ticket: Ticket | None) -> list[Person]:
    """Those who see the ticket; for who sees only their own, nobody else."""
    reads: Expression = (Membership.sees == "all") | (Person.id == (ticket.requester_id if ticket else reach.person.id))
    if not reach.sees_all(project):
        reads = Person.id == reach.person.id
    mine = (Membership.project == project) & Person.active & (Person.role == "client")
    return list(Person.select().join(Membership, on=(Membership.person == Person.id)).where(mine & reads))


def _seen_by_clients(reach: Reach, project: Project, ticket: Ticket | None) -> list[Person]:
    """Those who answered on the ticket or work on it; of a new one, on any that this client sees."""
    mine = Ticket.id == ticket.id if ticket else reach.tickets(project)
    public = mine & ~Comment.internal & Comment.deleted_at.is_null()
    wrote = Person.id.in_(Comment.select(Comment.author).join(Ticket).where(public))
    wrote |= Person.id.in_(Ticket.select(Ticket.assignee).where(mine & Ticket.assignee.is_null(False)))
    return list(Person.select().where(wrote & Person.active & (Person.role != "client")))


def _by_handle(people: Iterable[Person]) -> dict[str, Person]:
    everybody = list(people)
    first = Counter(_words(person)[0] for person in everybody)
    found = {".".join(_words(person)): person for person in everybody}
    return found | {_words(person)[0]: person for person in everybody if first[_words(person)[0]] == 1}


def _words(person: Person) -> list[str]:
    return person.name.casefold().split() or [""]

"""The project that is filled: its people, its ten years, and what of a ticket follows from its number alone."""

from dataclasses import dataclass, field
from random import Random
from typing import TypeVar

from peewee import fn

from trackr.models import Agency, Column, Entry, Membership, Person, Project, Ticket
from trackr.models.base import from_milliseconds
from trackr.seed import words

SLUG = "load"
PASSWORD = "a million entries"  # noqa: S105 - of people made up for measuring

DAY = 24 * 60 * 60 * 1000  # milliseconds, as instants are stored
DAYS = 3652
ATTENTION = 20 * DAY  # a ticket is closed, and its time is logged, within this of its opening
OPEN_TICKETS = 200

T = TypeVar("T")


@dataclass
class Load:
    """What is being made; instants in milliseconds, tickets and entries numbered from 0 in the order of time."""

    project: Project
    owner: Person
    staff: list[Person]
    clients: list[Person]
    tickets: int
    entries: int
    until: int
    random: Random
    columns: list[Column]
    first_ticket: int  # the id of ticket 0
    first_entry: int
    closings: list[int | None] = field(default_factory=list)  # by ticket; None: still open

    @property
    def began(self) -> int:
        return self.until - DAYS * DAY

    def opened(self, number: int) -> int:
        """Tickets come evenly over the years."""
        return self.began + DAYS * DAY * number // self.tickets

    def requester(self, number: int) -> Person:
        return self.clients[number * 7 % len(self.clients)]

    def assignee(self, number: int) -> Person:
        return self.staff[number * 5 % len(self.staff)]

    def pick(self, choices: "list[T] | tuple[T, ...]") -> T:
        # By random() alone, which gives the same in every version of Python.
        return choices[int(self.random.random() * len(choices))]


def begin(tickets: int, entries: int, until: int) -> Load:
    """Make the project and its people. Where there is no agency yet, they get one, and a password."""
    if Agency.current() is None:
        _found(until)
    owner = Person.get((Person.role == "owner") & Person.active)
    at = from_milliseconds(until - DAYS * DAY)
    project = Project.open(owner, name="Load", slug=SLUG, client="Load", increment=15, timezone="UTC", at=at)

    def join(role: str, people: tuple[tuple[str, str], ...]) -> list[Person]:
        members = [
            Membership.grant(project, owner, email=email, name=name, role=role, sees="all", hours=True, at=at)
            for email, name in people
        ]
        return [member.person for member in members]

    load = Load(
        project=project,
        owner=owner,
        staff=join("staff", words.STAFF),
        clients=join("client", words.CLIENTS),
        tickets=tickets,
        entries=entries,
        until=until,
        random=Random(f"{tickets} {entries}"),
        columns=project.ordered_columns(),
        first_ticket=_next_id(Ticket),
        first_entry=_next_id(Entry),
    )
    load.closings = [_closing(load, number) for number in range(tickets)]
    return load


def _found(until: int) -> None:
    at = from_milliseconds(until - DAYS * DAY)
    Agency.found("Load", at=at)
    for role, (email, name) in (("owner", words.OWNER), ("staff", words.STAFF[0]), ("client", words.CLIENTS[0])):
        person = Person(email=email, name=name, role=role, created_at=at)
        person.set_password(PASSWORD)
        person.save(force_insert=True)


def _next_id(model: type[Ticket] | type[Entry]) -> int:
    return (model.select(fn.MAX(model.id)).scalar() or 0) + 1


def _closing(load: Load, number: int) -> int | None:
    if number >= load.tickets - OPEN_TICKETS:
        return None
    opened = load.opened(number)
    return opened + int(load.random.random() * min(ATTENTION, load.until - opened))

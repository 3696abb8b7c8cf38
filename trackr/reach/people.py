"""People as their owner sees them, and everybody themselves: who there is, where they are signed in, who may what."""

from dataclasses import dataclass

from peewee import fn

from trackr.models import LinkedAccount, Membership, Person, Project, Session
from trackr.reach import Reach


@dataclass(frozen=True)
class Row:
    person: Person
    places: dict[int, Membership]  # by the number of the project


@dataclass(frozen=True)
class Table:
    projects: list[Project]
    rows: list[Row]


def everybody(reach: Reach) -> list[Person]:
    """All people of the instance, by name: for the owner."""
    return list(Person.select().order_by(fn.LOWER(Person.name))) if reach.person.is_owner else []


def somebody(reach: Reach, number: int) -> Person | None:
    """Oneself, and for the owner anybody."""
    if number == reach.person.id:
        return reach.person
    return Person.get_or_none(Person.id == number) if reach.person.is_owner else None


def devices(person: Person) -> list[Session]:
    """Where the person is signed in, the device used last first."""
    return list(Session.open_ones(person))


def device(reach: Reach, number: int) -> Session | None:
    """A session of one's own, and for the owner anybody's."""
    found = Session.select(Session, Person).join(Person, on=Session.person).where(Session.id == number).first()
    is_theirs = found is not None and (found.person_id == reach.person.id or reach.person.is_owner)
    return found if is_theirs else None


def linked_account(reach: Reach, number: int) -> LinkedAccount | None:
    """An account that is linked with oneself, and for the owner anybody's."""
    found = LinkedAccount.select(LinkedAccount, Person).join(Person).where(LinkedAccount.id == number).first()
    return found if found is not None and (found.person_id == reach.person.id or reach.person.is_owner) else None


def who_may_what(reach: Reach) -> Table:
    """All who may come in x all projects that go on, in three queries."""
    places: dict[int, dict[int, Membership]] = {}
    for membership in Membership.select():
        places.setdefault(membership.person_id, {})[membership.project_id] = membership
    people = sorted(everybody(reach), key=lambda person: (person.is_client, person.name.casefold()))
    rows = [Row(person, places.get(person.id, {})) for person in people if person.erased_at is None]
    return Table(reach.projects(), rows)

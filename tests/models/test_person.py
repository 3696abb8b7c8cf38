"""People: what each may do, and how they are known by their password."""

import time
from typing import Any

import pytest

from tests.people import PASSWORD, Cast
from trackr.models import Event, Person, Project, Session, person
from trackr.models.person import initials


def with_password(who: Person) -> Person:
    who.set_password(PASSWORD)
    who.save()
    return who


def test_what_each_may_do(people: Cast) -> None:
    may = {
        name: (who.can_manage(), who.can_work(), who.can_write(), who.sees_every_project)
        for name, who in people.everybody.items()
    }
    assert may["olive"] == (True, True, True, True)
    assert may["sam"] == (False, True, True, True)
    assert may["claire"] == may["marc"] == may["zoe"] == (False, False, True, False)


def test_staff_may_be_limited_to_the_projects_they_are_members_of() -> None:
    assert not Person(role="staff", limited=True).sees_every_project
    assert Person(role="owner", limited=True).sees_every_project


def test_a_person_is_known_by_address_and_password(people: Cast) -> None:
    with_password(people.claire)
    assert Person.authenticate(" Claire@Town.example ", PASSWORD) == people.claire
    assert Person.authenticate("claire@town.example", PASSWORD + " ") is None
    assert Person.authenticate("sam@cobalt.example", PASSWORD) is None  # has none yet
    assert Person.authenticate("nobody@town.example", PASSWORD) is None


def test_who_is_not_active_any_more_does_not_come_in(people: Cast) -> None:
    with_password(people.claire)
    session = Session.begin(people.claire)
    assert Session.load(session) == people.claire
    Person.update(active=False).where(Person.id == people.claire.id).execute()
    assert Person.authenticate("claire@town.example", PASSWORD) is None
    assert Session.load(session) is None


@pytest.mark.parametrize("email", ["claire@town.example", "sam@cobalt.example", "nobody@town.example"])
def test_known_and_unknown_addresses_take_the_same_work(
    email: str, people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_password(people.claire)
    checked = count_checks(monkeypatch)
    assert Person.authenticate(email, "wrong horse battery") is None
    assert len(checked) == 1


def count_checks(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """When each check of a password was made."""
    checked: list[float] = []
    hasher = person._hasher

    class Counting:
        hash = staticmethod(hasher.hash)

        def verify(self, *arguments: Any) -> bool:
            checked.append(time.monotonic())
            return hasher.verify(*arguments)

    monkeypatch.setattr(person, "_hasher", Counting())
    return checked


def test_a_hash_that_cannot_be_read_fits_no_password(people: Cast) -> None:
    people.claire.password_hash = "$argon2id$broken"
    assert not people.claire.has_password(PASSWORD)


def test_a_new_name_is_told_to_the_pages_that_show_it(people: Cast) -> None:
    before = Project.get_by_id(people.intranet.id).client_version
    people.claire.change(name="Claire Clément", language="fr")
    assert Person.by_email("claire@town.example").name == "Claire Clément"
    assert Project.get_by_id(people.intranet.id).client_version > before


def test_another_language_is_nobody_else_s_business(people: Cast) -> None:
    before, events = Project.get_by_id(people.intranet.id).staff_version, Event.select().count()
    people.claire.change(name=people.claire.name, language="fr")
    assert (Project.get_by_id(people.intranet.id).staff_version, Event.select().count()) == (before, events)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Sam Stone", "SS"),
        ("Anne van der Berg", "AB"),
        ("élodie", "É"),
        ("", "?"),
        ("42", "?"),
        ("Jo (shop) Ray", "JR"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters

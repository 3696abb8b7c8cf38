"""Invitations: a link that is good once, for fourteen days."""

import pytest

from tests.clock import Clock
from tests.people import PASSWORD, Cast
from trackr.models import Invitation, Person
from trackr.models.base import Refused


def test_an_invitation_is_found_by_its_token_alone(people: Cast) -> None:
    token = Invitation.issue(people.marc)
    found = Invitation.find(token)
    assert found is not None and found.person == people.marc
    assert Invitation.find(token[:-1]) is Invitation.find("") is Invitation.find(found.token_hash) is None


def test_the_token_itself_is_stored_nowhere(people: Cast) -> None:
    token = Invitation.issue(people.marc)
    assert token not in str(Invitation.select().dicts().get())


def test_a_person_chooses_a_password_and_the_link_is_used_up(people: Cast) -> None:
    token = Invitation.issue(people.marc)
    Invitation.find(token).accept(PASSWORD)
    assert Person.authenticate("marc@town.example", PASSWORD) == people.marc
    assert Invitation.find(token) is None


def test_of_two_who_follow_the_link_at_the_same_time_one_comes_in(people: Cast) -> None:
    token = Invitation.issue(people.marc)
    first, second = Invitation.find(token), Invitation.find(token)
    first.accept(PASSWORD)
    with pytest.raises(Refused, match="link_used"):
        second.accept("another horse battery")
    assert Person.authenticate("marc@town.example", PASSWORD) == people.marc


def test_a_new_invitation_ends_the_earlier_one(people: Cast) -> None:
    first, second = Invitation.issue(people.marc), Invitation.issue(people.marc)
    assert Invitation.find(first) is None
    assert Invitation.find(second) is not None


def test_an_invitation_ends_after_fourteen_days(people: Cast, clock: Clock) -> None:
    token = Invitation.issue(people.marc)
    clock.forward(days=14, seconds=-1)
    assert Invitation.find(token) is not None
    clock.forward(seconds=1)
    assert Invitation.find(token) is None


def test_who_is_not_active_any_more_does_not_come_in(people: Cast) -> None:
    token = Invitation.issue(people.marc)
    Person.update(active=False).where(Person.id == people.marc.id).execute()
    assert Invitation.find(token) is None

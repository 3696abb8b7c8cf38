"""Sessions: known by a token, ended by time, by hand, and with whatever ends a person's access."""

from datetime import timedelta

import pytest

from tests.clock import Clock
from tests.people import PASSWORD, Cast
from trackr.models import Audit, Session
from trackr.models.session import (
    IDLE,
    IDLE_REMEMBERED,
    LONGEST,
    LONGEST_REMEMBERED,
    NOTED_EVERY,
    PROOF_HOLDS,
    SHOWN_FOR,
)


@pytest.fixture(autouse=True)
def stand_still(clock: Clock) -> None:
    pass


def loaded(token: str) -> Session:
    person = Session.load(token)
    assert person is not None and person.session is not None
    return person.session


def test_only_the_token_opens_a_session_and_it_is_stored_nowhere(people: Cast) -> None:
    token = Session.begin(people.claire)
    assert Session.load(token) == people.claire
    assert token not in str(list(Session.select().dicts())) + str(list(Audit.select().dicts()))
    assert Session.load(token + "x") is Session.load("") is Session.load("\ud800") is None


@pytest.mark.parametrize(
    ("remembered", "idle", "longest"),
    [(False, IDLE, LONGEST), (True, IDLE_REMEMBERED, LONGEST_REMEMBERED)],
)
def test_it_ends_when_nobody_is_there_and_after_a_while_in_any_case(
    people: Cast, clock: Clock, remembered: bool, idle: timedelta, longest: timedelta
) -> None:
    token = Session.begin(people.claire, remembered=remembered)
    for _ in range(longest // idle):
        clock.at += idle - timedelta(minutes=1)
        loaded(token).note()
    clock.at += idle - timedelta(minutes=1)
    assert Session.load(token) is None
    other = Session.begin(people.claire, remembered=remembered)
    clock.at += idle
    assert Session.load(other) is None


def test_a_sign_of_life_is_written_every_few_minutes_and_no_more_often(people: Cast, clock: Clock) -> None:
    token = Session.begin(people.claire)
    began = loaded(token).seen_at
    clock.at += NOTED_EVERY - timedelta(seconds=1)
    loaded(token).note()
    assert loaded(token).seen_at == began
    clock.at += timedelta(seconds=1)
    loaded(token).note()
    assert loaded(token).seen_at == began + NOTED_EVERY


def test_a_new_password_ends_every_session_and_who_is_shut_out_is_out_at_once(people: Cast) -> None:
    claire, marc = Session.begin(people.claire), Session.begin(people.marc)
    people.claire.set_password(PASSWORD)
    assert Session.load(claire) is None and Session.load(marc) == people.marc
    people.marc.place(people.olive, role="client", limited=False, active=False)
    people.marc.place(people.olive, role="client", limited=False, active=True)
    assert Session.load(marc) is None


def test_one_is_ended_or_all_but_this_one(people: Cast) -> None:
    first, second, third = (Session.begin(people.claire) for _ in range(3))
    loaded(first).end(people.claire)
    assert Session.load(first) is None and len(list(Session.open_ones(people.claire))) == 2
    assert Session.end_all(people.claire, but=loaded(third)) == 1
    assert Session.load(second) is None and Session.load(third) == people.claire


def test_an_owner_sees_as_somebody_for_half_an_hour(people: Cast, clock: Clock) -> None:
    token = Session.begin(people.olive)
    loaded(token).show(people.claire)
    assert Session.load(token) == people.claire
    assert (loaded(token).is_showing, loaded(token).owner) == (True, people.olive)
    clock.at += SHOWN_FOR
    assert Session.load(token) == people.olive and not loaded(token).is_showing
    assert [line.kind for line in Audit.select().where(Audit.subject == people.claire)] == ["seen_as.began"]


def test_what_was_proved_holds_for_an_hour(people: Cast, clock: Clock) -> None:
    token = Session.begin(people.olive)
    clock.at += PROOF_HOLDS
    assert not loaded(token).is_proved
    loaded(token).prove()
    assert loaded(token).is_proved


def test_what_is_long_over_is_forgotten(people: Cast, clock: Clock) -> None:
    Session.begin(people.claire, remembered=False)
    clock.at += LONGEST + timedelta(days=31)
    Session.sweep()
    assert Session.select().count() == 0

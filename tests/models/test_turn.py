"""Whose turn it is to write: it passes with public words, and staff may say otherwise."""

from datetime import timedelta

import pytest

from tests.clock import AFTERNOON, Clock
from tests.people import Cast
from trackr.models import Column, Event, Project, Ticket, turn
from trackr.models.base import Refused


def stands(ticket: Ticket) -> tuple[str, timedelta]:
    """Whose turn it is stored to be, and since when, counted from the start of the test."""
    stored = Ticket.get_by_id(ticket.id)
    assert (ticket.turn, ticket.turn_at) == (stored.turn, stored.turn_at)
    return stored.turn, stored.turn_at - AFTERNOON


def versions() -> tuple[int, int]:
    project = Project.get(Project.slug == "intranet")
    return project.staff_version, project.client_version


@pytest.mark.parametrize("name", ["claire", "sam"])
def test_a_new_ticket_is_ours_whoever_opens_it(name: str, people: Cast) -> None:
    assert stands(people.ticket(people.everybody[name])) == ("ours", timedelta())


def test_it_passes_with_every_public_word(people: Cast, clock: Clock) -> None:
    ticket = people.ticket()
    for author, expected in ((people.sam, "theirs"), (people.claire, "ours"), (people.olive, "theirs")):
        clock.forward(hours=1)
        people.comment(ticket, author)
        assert stands(ticket) == (expected, clock.at - AFTERNOON)


def test_who_writes_twice_has_not_waited_anew(people: Cast, clock: Clock) -> None:
    ticket = people.ticket()
    clock.forward(hours=1)
    people.comment(ticket, people.claire)
    assert stands(ticket) == ("ours", timedelta())


def test_a_note_passes_nothing(people: Cast) -> None:
    ticket = people.ticket()
    people.comment(ticket, people.sam, internal=True)
    assert stands(ticket) == ("ours", timedelta())


def test_a_ticket_that_was_read_before_is_passed_as_it_is_stored(people: Cast, clock: Clock) -> None:
    ticket = people.ticket()
    stale = Ticket.get_by_id(ticket.id)
    people.comment(ticket, people.sam)
    clock.forward(hours=1)
    people.comment(stale, people.claire)
    assert Ticket.get_by_id(ticket.id).turn == "ours"


def test_where_staff_put_it_to_wait_on_the_client_it_is_theirs(people: Cast, clock: Clock) -> None:
    ticket, waiting = people.ticket(), Column.first(people.intranet, "waiting")
    clock.forward(hours=1)
    ticket.place(people.sam, waiting)
    assert stands(ticket) == ("theirs", timedelta(hours=1))
    ticket.place(people.sam, Column.first(people.intranet, "active"))
    assert stands(ticket) == ("theirs", timedelta(hours=1))
    assert people.ticket(people.sam, column=waiting).turn == "theirs"


@pytest.mark.parametrize("name", ["claire", "sam"])
def test_reopened_it_is_ours_since_then(name: str, people: Cast, clock: Clock) -> None:
    ticket = people.ticket()
    people.comment(ticket, people.sam)
    ticket.close(people.sam)
    clock.forward(days=1)
    ticket.reopen(people.everybody[name])
    assert stands(ticket) == ("ours", timedelta(days=1))


def test_staff_say_otherwise_and_all_who_see_it_are_told_to_look_again(people: Cast, clock: Clock) -> None:
    ticket = people.ticket()
    clock.forward(hours=1)
    before = versions()
    turn.pass_on(ticket, people.sam, "theirs")
    assert stands(ticket) == ("theirs", timedelta(hours=1))
    assert versions() == (before[0] + 1, before[1] + 1)
    event = Event.select().order_by(Event.id.desc()).get()
    assert (event.kind, event.actor, event.details) == ("ticket.turned", people.sam, {"turn": "theirs"})


def test_what_is_so_already_is_not_told_again(people: Cast) -> None:
    ticket = people.ticket()
    before = versions()
    turn.pass_on(ticket, people.sam, "ours")
    assert versions() == before


def test_a_closed_ticket_has_no_turn(people: Cast) -> None:
    ticket = people.ticket()
    ticket.close(people.claire)
    with pytest.raises(Refused, match="ticket_closed"):
        turn.pass_on(ticket, people.sam, "theirs")


def test_what_is_taken_back_took_no_turn(people: Cast) -> None:
    ticket = people.ticket()
    people.comment(ticket, people.sam, form_key="k")
    people.comment(ticket, people.claire)
    with pytest.raises(Refused, match="sent_twice"):
        people.comment(ticket, people.sam, form_key="k")
    assert stands(ticket)[0] == "ours"


@pytest.mark.parametrize(
    ("role", "whose", "step"),
    [("new", "ours", "new"), ("new", "theirs", "waiting"), ("active", "theirs", "waiting"),
     ("waiting", "ours", "active"), ("waiting", "theirs", "waiting"), ("done", "theirs", "done")],
)  # fmt: skip
def test_a_client_is_told_where_it_stands_by_whose_turn_it_is(role: str, whose: str, step: str) -> None:
    assert turn.step(role, whose) == step

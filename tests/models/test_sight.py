"""What is unread: what others did since one has looked, and never what one did oneself."""

from datetime import timedelta

import pytest

from tests.clock import Clock
from tests.people import Cast
from trackr.models import Membership, Person, Sight, Ticket
from trackr.reach import Reach, unread


@pytest.fixture(autouse=True)
def an_hour_later(clock: Clock, people: Cast) -> None:
    """The cast is there already when something happens."""
    clock.forward(hours=1)


def numbers(person: Person, people: Cast) -> frozenset[int]:
    project = people.intranet
    mine = (Membership.project == project) & (Membership.person == person)
    project.membership = Membership.get_or_none(mine)
    return unread.numbers(Reach(Person.get_by_id(person.id)), project)


def readers(people: Cast, *names: str) -> set[str]:
    """Of these people: to whom something is unread."""
    return {name for name in names or ("olive", "sam", "claire", "marc") if numbers(people.everybody[name], people)}


def seen(person: Person, ticket: Ticket) -> None:
    stored = Ticket.get_by_id(ticket.id)
    Sight.note(person, ticket, stored.client_changed_at if person.is_client else stored.changed_at)


def test_a_new_ticket_is_unread_for_all_but_who_opened_it(people: Cast) -> None:
    people.ticket(people.claire)
    assert readers(people) == {"olive", "sam"}  # Marc may not see it
    people.ticket(people.marc)
    assert readers(people) == {"olive", "sam", "claire"}


def test_what_one_has_seen_is_read_until_somebody_does_more(people: Cast, clock: Clock) -> None:
    ticket = people.ticket(people.claire)
    for person in (people.olive, people.sam):
        seen(person, ticket)
    assert readers(people) == set()
    clock.forward(minutes=1)
    people.comment(ticket, people.sam)
    assert readers(people) == {"olive", "claire"}


def test_one_s_own_act_does_not_hide_what_one_has_not_seen(people: Cast, clock: Clock) -> None:
    ticket = people.ticket(people.claire)
    clock.forward(minutes=1)
    ticket.place(people.sam, people.intranet.ordered_columns()[1])
    assert "sam" in readers(people)
    seen(people.sam, ticket)
    clock.forward(minutes=1)
    ticket.change(people.sam, priority="high")
    assert "sam" not in readers(people)


@pytest.mark.parametrize("deed", ["note", "time", "order"])
def test_what_a_client_does_not_see_is_no_news_to_them(people: Cast, clock: Clock, deed: str) -> None:
    ticket = people.ticket(people.claire)
    clock.forward(minutes=1)
    if deed == "note":
        people.comment(ticket, people.sam, internal=True)
    elif deed == "time":
        people.entry(ticket, 30)
    else:
        ticket.place(people.sam, ticket.column, 0)
    assert readers(people, "claire") == set()


def test_the_order_of_cards_is_no_news_to_anybody(people: Cast, clock: Clock) -> None:
    ticket = people.ticket(people.claire)
    for person in (people.olive, people.sam):
        seen(person, ticket)
    clock.forward(minutes=1)
    ticket.place(people.sam, ticket.column, 0)
    assert readers(people) == set()


def test_what_was_there_before_somebody_came_is_no_news(people: Cast, clock: Clock) -> None:
    people.ticket()
    clock.forward(minutes=1)
    assert numbers(people.person("theo", "staff"), people) == frozenset()


def test_nor_is_what_nobody_has_looked_at_for_long(people: Cast, clock: Clock) -> None:
    people.ticket()
    clock.forward(days=91)
    assert readers(people) == set()


def test_all_is_taken_as_read_within_what_one_sees(people: Cast, clock: Clock) -> None:
    theirs, others = people.ticket(people.marc), people.ticket(people.claire)
    Sight.note_all(people.sam, Ticket.project == people.intranet)
    Sight.note_all(people.claire, (Ticket.project == people.intranet) & (Ticket.id == others.id))
    assert readers(people) == {"olive", "claire"} and numbers(people.claire, people) == {theirs.id}
    clock.forward(minutes=1)
    people.comment(others, people.claire)
    assert numbers(people.sam, people) == {others.id}


def test_of_two_sights_the_later_one_stays(people: Cast) -> None:
    ticket = people.ticket()
    at = Ticket.get().changed_at
    for instant in (at, at - timedelta(hours=1), at):
        Sight.note(people.sam, ticket, instant)
    assert Sight.get(Sight.person == people.sam).seen_at == at

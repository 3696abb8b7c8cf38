"""Who is told of what happens on a ticket."""

import pytest

from tests.people import Cast
from trackr.models import Event, Membership, Participant, Person, Ticket


@pytest.fixture
def ticket(people: Cast) -> Ticket:
    return people.ticket()


def told(ticket: Ticket, openly: bool = False) -> list[str]:
    """First names, in order; `openly`: of those whom the client sees."""
    return [one.name.split(" ")[0] for one in Participant.told_on(ticket) if one.openly or not openly]


def offered(ticket: Ticket) -> list[str]:
    return [one.name.split(" ")[0] for one in Participant.offered_on(ticket)]


def last_event() -> Event:
    return Event.select().order_by(Event.id.desc()).get()


def test_who_asked_who_works_on_it_and_who_wrote_are_told(people: Cast, ticket: Ticket) -> None:
    assert told(ticket) == ["Claire"]
    ticket.change(people.sam, assignee=people.sam)
    people.comment(ticket, people.olive)
    assert told(ticket) == told(ticket, openly=True) == ["Claire", "Sam", "Olive"]


def test_who_was_added_is_told(people: Cast, ticket: Ticket) -> None:
    rita = people.person("rita", intranet=True)
    Participant.add(ticket, people.claire, rita)
    assert told(ticket, openly=True) == ["Claire", "Rita"]
    assert (last_event().kind, last_event().client, last_event().details) == (
        "participant.added", True, {"person": rita.id},
    )  # fmt: skip


def test_adding_somebody_twice_is_told_once(people: Cast, ticket: Ticket) -> None:
    for _ in range(2):
        Participant.add(ticket, people.claire, people.sam)
    assert Event.select().where(Event.kind == "participant.added").count() == Participant.select().count() == 1


def test_who_writes_notes_alone_is_told_and_not_seen_by_clients(people: Cast, ticket: Ticket) -> None:
    people.comment(ticket, people.sam, internal=True)
    assert (told(ticket), told(ticket, openly=True)) == (["Claire", "Sam"], ["Claire"])
    Participant.leave(ticket, people.olive, people.sam)
    assert (told(ticket), last_event().client) == (["Claire"], False)


def test_who_leaves_is_told_no_more_until_added_again(people: Cast, ticket: Ticket) -> None:
    Participant.leave(ticket, people.claire, people.claire)
    assert (told(ticket), last_event().details) == ([], {"person": None})
    people.comment(ticket, people.claire)
    assert told(ticket) == []
    Participant.add(ticket, people.sam, people.claire)
    assert told(ticket) == ["Claire"]


def test_leaving_where_one_is_not_told_changes_nothing(people: Cast, ticket: Ticket) -> None:
    Participant.leave(ticket, people.sam, people.olive)
    assert (Participant.select().count(), last_event().kind) == (0, "ticket.opened")


def test_a_comment_that_was_deleted_tells_nobody(people: Cast, ticket: Ticket) -> None:
    people.comment(ticket, people.sam).remove(people.sam)
    assert told(ticket) == ["Claire"]


def test_all_who_may_see_it_are_offered_and_nobody_else(people: Cast, ticket: Ticket) -> None:
    people.person("lee", "staff", limited=True, shop=True)
    people.person("rita", intranet=True, shop=True)
    people.person("lou", intranet=False)
    assert offered(ticket) == ["Olive", "Rita", "Sam"]
    assert offered(people.ticket(people.marc)) == ["Claire", "Olive", "Rita", "Sam"]


def test_who_may_not_see_it_any_more_is_told_no_more(people: Cast, ticket: Ticket) -> None:
    people.comment(ticket, people.sam)
    Person.update(limited=True).where(Person.id == people.sam).execute()
    Membership.update(sees="own").execute()
    assert told(ticket) == ["Claire"]
    people.memberships["claire"].revoke(people.olive)
    Person.update(active=False).where(Person.id == people.olive).execute()
    assert (told(ticket), offered(ticket)) == ([], [])

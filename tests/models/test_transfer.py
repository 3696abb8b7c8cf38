"""A ticket moves to another project: its open time with it, and both ledgers are as if it had always been there."""

from datetime import date

import pytest

from tests.models.recomputed import assert_true
from tests.people import Cast
from trackr.models import Column, Entry, Estimate, Event, Participant, Purchase, Tag, Ticket, ledger
from trackr.models.base import Refused
from trackr.models.merging import merge
from trackr.models.transfer import Transfer


def moved(people: Cast, ticket: Ticket) -> Ticket:
    Transfer(Ticket.get_by_id(ticket.id), people.shop, people.sam).perform()
    return Ticket.get_by_id(ticket.id)


def test_its_open_time_moves_and_both_ledgers_stay_true(people: Cast) -> None:
    people.pack(2)
    Purchase.add(people.shop, people.olive, minutes=60, bought_on=date(2026, 1, 1))
    ticket, other = people.ticket(), people.ticket()
    for day, spent in ((date(2026, 3, 2), 90), (date(2026, 2, 3), 30)):
        people.entry(ticket, spent, day=day)
    people.entry(other, 75, day=date(2026, 3, 3))
    after = moved(people, ticket)
    assert after.project == people.shop
    assert {entry.project_id for entry in Entry.select().where(Entry.ticket == ticket)} == {people.shop.id}
    for project in (people.intranet, people.shop):
        assert_true(project)


def test_what_is_within_review_and_what_was_agreed_move_too(people: Cast) -> None:
    people.intranet.change(people.olive, review_hours=24)
    people.pack()
    ticket = people.ticket()
    people.entry(ticket, 30)
    Estimate.propose(ticket, people.sam, low_minutes=60, ceiling_minutes=120).accept(people.claire)
    moved(people, ticket)
    assert Estimate.get().project == people.shop
    for project in (people.intranet, people.shop):
        assert_true(project)


def test_with_time_on_a_statement_it_stays(people: Cast) -> None:
    people.pack()
    ticket = people.ticket()
    people.entry(ticket, 60, day=date(2026, 3, 2))
    ledger.close(people.intranet, date(2026, 3, 5), people.olive)
    with pytest.raises(Refused, match="time_told"):
        moved(people, ticket)
    assert Ticket.get().project == people.intranet


def test_late_time_in_a_project_that_is_closed_further_is_told_late(people: Cast) -> None:
    Purchase.add(people.shop, people.olive, minutes=600, bought_on=date(2026, 1, 1))
    ticket = people.ticket()
    people.entry(ticket, 60, day=date(2026, 2, 2))
    ledger.close(people.shop, date(2026, 3, 1), people.olive)
    moved(people, ticket)
    for project in (people.intranet, people.shop):
        assert_true(project)


def test_who_asked_stays_the_requester_where_they_take_part(people: Cast) -> None:
    rita = people.person("rita", intranet=True, shop=True)
    assert moved(people, people.ticket(rita)).requester == rita
    assert moved(people, people.ticket(people.claire)).requester == people.sam


def test_who_cannot_see_the_other_project_loses_assignment_and_place(people: Cast) -> None:
    lee = people.person("lee", "staff", limited=True, intranet=True)
    ticket = people.ticket(assignee=lee)
    Participant.create(ticket=ticket, person=people.claire)
    assert moved(people, ticket).assignee is None
    assert Participant.select().count() == 0


def test_the_column_is_one_of_the_same_role_and_tags_come_along(people: Cast) -> None:
    ticket = people.ticket(column=people.intranet.ordered_columns()[2])
    Tag.put(ticket, people.sam, ["print", "urgent"])
    after = moved(people, ticket)
    assert (after.column.role, after.column.project) == ("waiting", people.shop)
    assert Tag.names_in(people.shop) == Tag.names_on(after) == ["print", "urgent"]
    assert Tag.names_in(people.intranet) == []


def test_a_ticket_that_has_been_merged_or_has_merged_ones_stays(people: Cast) -> None:
    one, other = people.ticket(), people.ticket()
    merge(one, people.sam, other)
    for ticket in (one, other):
        assert Transfer(Ticket.get_by_id(ticket.id), people.shop, people.sam).hindrance == "merged_moves"


def test_it_does_not_move_to_where_it_is_or_to_an_archive(people: Cast) -> None:
    ticket = people.ticket()
    assert Transfer(ticket, people.intranet, people.sam).hindrance == "same_project"
    people.shop.archive(people.olive)
    assert Transfer(ticket, people.shop, people.sam).hindrance == "archived"


def test_what_would_happen_is_known_before(people: Cast) -> None:
    transfer = Transfer(people.ticket(people.claire), people.shop, people.sam)
    assert (transfer.losing, transfer.gaining) == (["Claire Clement"], ["Zoe Zeller"])


def test_both_projects_are_told(people: Cast) -> None:
    moved(people, people.ticket())
    told = [(event.project_id, event.kind) for event in Event.select().order_by(Event.id.desc()).limit(2)]
    assert told == [(people.shop.id, "ticket.transferred"), (people.intranet.id, "ticket.left")]


def test_what_others_had_open_when_it_moved_goes_with_it(people: Cast) -> None:
    """Of two who send at once the second waits for the first, and holds the ticket as it was before."""
    ticket, duplicate = people.ticket(), people.ticket()
    entries = [people.entry(ticket) for _ in range(3)]
    as_read = [Ticket.get_by_id(ticket.id) for _ in range(4)]
    changed, removed = (Entry.get_by_id(entry.id) for entry in entries[1:])
    for held in (*as_read, changed.ticket, removed.ticket):
        assert (held.project, held.column.project) == (people.intranet, people.intranet)
    assert changed.project == removed.project == people.intranet
    moved(people, ticket)

    people.entry(as_read[0], 30)
    changed.change(people.sam, spent_minutes=5, valued_minutes=5, day=changed.day, note="", internal_note="")
    removed.remove(people.sam)
    Estimate.propose(as_read[1], people.sam, low_minutes=60, ceiling_minutes=120).accept(people.claire)
    with pytest.raises(Refused, match="column_gone"):
        as_read[2].place(people.sam, Column.first(people.intranet, "active"))
    with pytest.raises(Refused, match="other_project"):
        merge(duplicate, people.sam, as_read[3])
    as_read[2].close(people.sam)

    told = Event.select().where((Event.ticket == ticket) & (Event.project == people.intranet)).order_by(Event.id.desc())
    assert told.get().kind == "entry.logged"  # before it moved
    assert Ticket.get_by_id(ticket.id).column.project == people.shop
    assert Estimate.get().project == people.shop
    assert {entry.project_id for entry in Entry.select()} == {people.shop.id}
    for project in (people.intranet, people.shop):
        assert_true(project)

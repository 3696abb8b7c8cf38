"""Tickets: where they stand, what is told of a change, and that moving one writes one row."""

from datetime import timedelta

import pytest

from tests.clock import Clock
from tests.people import Cast
from trackr.models import Column, Event, Ticket
from trackr.models.base import now


@pytest.fixture
def columns(people: Cast) -> dict[str, Column]:
    """The intranet project's columns by role."""
    return {column.role: column for column in people.intranet.ordered_columns()}


def in_order(column: Column) -> list[str]:
    query = Ticket.select(Ticket.title).where(Ticket.column == column).order_by(Ticket.position, Ticket.id)
    return [title for (title,) in query.tuples()]


def opened(people: Cast, *titles: str) -> list[Ticket]:
    """Tickets that stand in this order, from the top."""
    return [people.ticket(title=title) for title in reversed(titles)][::-1]


def last_event() -> Event:
    return Event.select().order_by(Event.id.desc()).get()


def test_a_new_ticket_stands_at_the_top_of_the_first_column(people: Cast, columns: dict[str, Column]) -> None:
    people.ticket(title="First")
    ticket = people.ticket(title="Second")
    assert (ticket.requester, ticket.assignee, ticket.is_closed) == (people.claire, None, False)
    assert in_order(columns["new"]) == ["Second", "First"]


def test_a_ticket_may_be_opened_for_somebody_else_in_any_column(people: Cast, columns: dict[str, Column]) -> None:
    ticket = Ticket.open(
        people.intranet, people.sam, title="By phone", requester=people.marc, column=columns["waiting"]
    )
    assert (ticket.requester, ticket.column) == (people.marc, columns["waiting"])
    assert last_event().actor == people.sam


def test_a_ticket_opened_in_a_done_column_is_closed(people: Cast, columns: dict[str, Column]) -> None:
    assert people.ticket(column=columns["done"]).is_closed


@pytest.mark.parametrize(("index", "order"), [(0, "dabc"), (1, "adbc"), (2, "abdc"), (3, "abcd"), (99, "abcd")])
def test_a_ticket_is_placed_below_as_many_as_was_asked(
    index: int, order: str, people: Cast, columns: dict[str, Column]
) -> None:
    opened(people, "a", "b", "c")
    ticket = people.ticket(title="d", column=columns["active"])
    ticket.place(people.sam, columns["new"], index)
    assert in_order(columns["new"]) == list(order)


@pytest.mark.parametrize(("index", "order"), [(0, "cab"), (1, "acb"), (2, "abc")])
def test_a_ticket_changes_its_place_within_a_column(
    index: int, order: str, people: Cast, columns: dict[str, Column]
) -> None:
    opened(people, "a", "b", "c")[2].place(people.sam, columns["new"], index)
    assert in_order(columns["new"]) == list(order)


def test_a_column_in_which_no_place_is_free_is_spaced_out(people: Cast, columns: dict[str, Column]) -> None:
    tickets = opened(people, "a", "b")
    for number in range(30):
        people.ticket(title=str(number), column=columns["active"]).place(people.sam, columns["new"], 1)
    assert in_order(columns["new"]) == ["a", *(str(number) for number in reversed(range(30))), "b"]
    assert len({ticket.position for ticket in Ticket.select().where(Ticket.column == tickets[0].column)}) == 32


def test_closing_moves_into_the_done_column_and_reopening_back_to_work(
    people: Cast, columns: dict[str, Column]
) -> None:
    ticket = people.ticket()
    ticket.close(people.claire)
    assert (ticket.column, ticket.closed_at, last_event().kind) == (columns["done"], now(), "ticket.closed")
    ticket.reopen(people.claire)
    assert (ticket.column, ticket.closed_at, last_event().kind) == (columns["active"], None, "ticket.reopened")
    stored = Ticket.get_by_id(ticket.id)
    assert (stored.column, stored.closed_at) == (columns["active"], None)


def test_what_is_closed_or_open_already_stays_as_it_is(people: Cast, clock: Clock) -> None:
    ticket = people.ticket()
    ticket.reopen(people.claire)
    ticket.close(people.claire)
    clock.forward(hours=1)
    ticket.close(people.sam)
    assert Ticket.get_by_id(ticket.id).closed_at == clock.at - timedelta(hours=1)
    assert Event.select().where(Event.kind.startswith("ticket.")).count() == 2  # opened, closed


def test_the_place_within_done_may_change_and_the_day_of_closing_stays(
    people: Cast, columns: dict[str, Column], clock: Clock
) -> None:
    ticket = people.ticket(column=columns["done"])
    clock.forward(hours=1)
    ticket.place(people.sam, columns["done"])
    assert Ticket.get_by_id(ticket.id).closed_at == clock.at - timedelta(hours=1)


def test_moving_tells_from_where_to_where(people: Cast, columns: dict[str, Column]) -> None:
    people.ticket().place(people.sam, columns["waiting"])
    event = last_event()
    assert (event.kind, event.client) == ("ticket.moved", True)
    assert event.details == {"column": ["New", "Waiting on client"]}


def test_a_change_tells_each_field_before_and_after(people: Cast) -> None:
    ticket = people.ticket(title="It breaks")
    ticket.change(people.sam, title="The form breaks", priority="high", kind="assistance", assignee=people.sam)
    assert last_event().details == {
        "title": ["It breaks", "The form breaks"],
        "priority": ["normal", "high"],
        "kind": ["support", "assistance"],
        "assignee": [None, people.sam.id],
    }
    assert Ticket.get_by_id(ticket.id).assignee == people.sam


def test_a_change_of_the_text_is_told_without_the_text(people: Cast) -> None:
    ticket = people.ticket()
    ticket.change(people.claire, body="More of it", body_html="<p>More of it</p>")
    assert (last_event().kind, last_event().details) == ("ticket.changed", {})
    assert Ticket.get_by_id(ticket.id).body_html == "<p>More of it</p>"


def test_a_change_of_nothing_tells_nothing(people: Cast) -> None:
    ticket = people.ticket(title="It breaks")
    count = Event.select().count()
    ticket.change(people.sam, title="It breaks", priority="normal", assignee=None)
    assert Event.select().count() == count


def test_open_tickets_are_those_that_are_not_closed(people: Cast) -> None:
    first, second = people.ticket(), people.ticket()
    first.close(people.sam)
    assert list(Ticket.open_ones()) == [second]

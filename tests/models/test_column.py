"""Columns: added, named, ordered, given a role, and taken off the board without losing a ticket."""

import pytest

from tests.people import Cast
from trackr.models import Column, Event, Ticket
from trackr.models.base import Refused


def names(people: Cast) -> list[str]:
    return [column.name for column in people.intranet.ordered_columns()]


def column(people: Cast, place: int) -> Column:
    return people.intranet.ordered_columns()[place]


def last_event() -> Event:
    return Event.select().order_by(Event.id.desc()).get()


def test_one_more_stands_to_the_right_of_its_kind(people: Cast) -> None:
    Column.add(people.intranet, people.olive, name="Review")
    assert names(people) == ["New", "In progress", "Review", "Waiting on client", "Done"]
    assert (last_event().kind, last_event().details) == ("column.added", {"name": "Review", "role": "active"})


def test_every_open_page_is_told_of_a_change(people: Cast) -> None:
    people.intranet.refresh()
    before = people.intranet.shape_version
    column(people, 1).change(people.olive, name="Under way")
    people.intranet.refresh()
    assert people.intranet.shape_version == before + 1
    assert last_event().details == {"column": "Under way", "name": ["In progress", "Under way"]}


def test_what_stays_as_it_is_tells_nothing(people: Cast) -> None:
    before = Event.select().count()
    column(people, 1).change(people.olive, name="In progress", role="active", position=1)
    assert Event.select().count() == before


@pytest.mark.parametrize(("position", "place"), [(0, 0), (1, 1), (12, 3)])
def test_one_is_given_its_place(people: Cast, position: int, place: int) -> None:
    column(people, 0).change(people.olive, position=position)
    assert names(people)[place] == "New"


def test_two_do_not_go_by_one_name(people: Cast) -> None:
    with pytest.raises(Refused, match="name_taken"):
        Column.add(people.intranet, people.olive, name="DONE")
    with pytest.raises(Refused, match="name_taken"):
        column(people, 0).change(people.olive, name="done")
    column(people, 3).change(people.olive, name="DONE")


def test_there_are_twelve_at_most(people: Cast) -> None:
    for number in range(8):
        Column.add(people.intranet, people.olive, name=f"Step {number}")
    with pytest.raises(Refused, match="too_many_columns"):
        Column.add(people.intranet, people.olive, name="Step 9")
    assert len(names(people)) == 12


@pytest.mark.parametrize("place", [0, 3])
def test_a_board_keeps_a_column_for_new_tickets_and_one_for_done_ones(people: Cast, place: int) -> None:
    for deed in (lambda one: one.change(people.olive, role="active"), lambda one: one.remove(people.olive)):
        with pytest.raises(Refused, match="last_of_role"):
            deed(column(people, place))
    assert len(names(people)) == 4


def test_a_role_that_would_close_tickets_is_refused_while_there_are_some(people: Cast) -> None:
    ticket = people.ticket(column=column(people, 1))
    with pytest.raises(Refused, match="role_in_use"):
        column(people, 1).change(people.olive, role="done")
    column(people, 1).change(people.olive, role="waiting")
    ticket.place(people.sam, column(people, 0))
    column(people, 1).change(people.olive, role="done")
    ticket.place(people.sam, column(people, 1))
    assert ticket.is_closed


def test_an_empty_one_leaves_the_board(people: Cast) -> None:
    column(people, 1).remove(people.olive)
    assert names(people) == ["New", "Waiting on client", "Done"]
    assert (last_event().kind, last_event().details) == ("column.removed", {"name": "In progress"})


def test_its_tickets_go_below_those_of_another_in_their_order(people: Cast) -> None:
    active, waiting = column(people, 1), column(people, 2)
    there = people.ticket(column=waiting)
    second, first = people.ticket(column=active), people.ticket(column=active)
    with pytest.raises(Refused, match="column_in_use"):
        active.remove(people.olive)
    active.remove(people.olive, waiting)
    query = Ticket.select(Ticket.id).where(Ticket.column == waiting).order_by(Ticket.position)
    assert [number for (number,) in query.tuples()] == [there.id, first.id, second.id]
    assert last_event().details == {"name": "In progress", "to": "Waiting on client", "tickets": 2}


def test_nobody_takes_tickets_over_whom_that_would_close_them(people: Cast) -> None:
    people.ticket(column=column(people, 1))
    assert [heir.name for heir in column(people, 1).heirs()] == ["New", "Waiting on client"]
    with pytest.raises(Refused, match="column_in_use"):
        column(people, 1).remove(people.olive, column(people, 3))


def test_one_that_is_gone_cannot_be_changed_or_dropped_into(people: Cast) -> None:
    gone, ticket = column(people, 1), people.ticket()
    column(people, 1).remove(people.olive)
    for deed in (lambda: gone.remove(people.olive), lambda: gone.change(people.olive, name="Back")):
        with pytest.raises(Refused, match="gone"):
            deed()
    for deed in (lambda: ticket.place(people.sam, gone), lambda: people.ticket(column=gone)):
        with pytest.raises(Refused, match="column_gone"):
            deed()
    assert Ticket.get().column == column(people, 0)


def test_a_ticket_reopens_where_a_board_has_no_column_for_work(people: Cast) -> None:
    ticket = people.ticket()
    ticket.close(people.sam)
    column(people, 1).remove(people.olive)
    ticket.reopen(people.sam)
    assert ticket.column.name == "New"

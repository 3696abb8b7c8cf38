"""Merging tickets and taking it back."""

import pytest

from tests.people import Cast
from trackr.models import Ticket
from trackr.models.base import Refused
from trackr.models.merging import end_of, family, merge, undo
from trackr.models.prepared import Prepared


def again(ticket: Ticket) -> Ticket:
    return Ticket.get_by_id(ticket.id)


def brought_along(ticket: Ticket) -> set[int]:
    def build():  # type: ignore[no-untyped-def]
        table, ids = family()
        return Ticket.select(Ticket.id).where(Ticket.id.in_(ids)).with_cte(table)

    return {number for (number,) in Prepared(build).rows(ticket=ticket.id)}


def test_a_merged_ticket_is_closed_and_says_where_it_goes_on(people: Cast) -> None:
    one, other = people.ticket(), people.ticket()
    merge(one, people.sam, other)
    assert (again(one).is_closed, again(one).merged_into) == (True, other)


def test_undone_it_stands_where_it_stood(people: Cast) -> None:
    waiting = people.intranet.ordered_columns()[2]
    one, other = people.ticket(column=waiting), people.ticket()
    merge(one, people.sam, other)
    undo(again(one), people.sam)
    assert (again(one).column, again(one).is_closed, again(one).merged_into) == (waiting, False, None)


def test_one_that_was_closed_before_stays_closed(people: Cast) -> None:
    one, other = people.ticket(), people.ticket()
    one.close(people.sam)
    merge(one, people.sam, other)
    undo(again(one), people.sam)
    assert again(one).is_closed


def test_a_ticket_brings_along_what_was_merged_into_it_and_takes_it_away_again(people: Cast) -> None:
    first, second, third = people.ticket(), people.ticket(), people.ticket()
    merge(first, people.sam, second)
    merge(second, people.sam, third)
    assert brought_along(third) == {first.id, second.id} and end_of(again(first)) == third
    undo(again(second), people.sam)
    assert (brought_along(third), brought_along(second)) == (set(), {first.id})


def test_what_is_merged_already_stands_for_where_it_goes_on(people: Cast) -> None:
    first, second, third = people.ticket(), people.ticket(), people.ticket()
    merge(first, people.sam, second)
    merge(third, people.sam, again(first))
    assert again(third).merged_into == second


@pytest.mark.parametrize("case", ["itself", "circle", "other_project", "merged_already"])
def test_it_is_refused(case: str, people: Cast) -> None:
    one, other = people.ticket(), people.ticket()
    merge(other, people.sam, one) if case == "circle" else None
    if case == "other_project":
        other = Ticket.open(people.shop, people.zoe, title="Elsewhere")
    if case == "merged_already":
        merge(one, people.sam, other)
    with pytest.raises(Refused, match="itself" if case == "circle" else case):
        merge(one, people.sam, one if case == "itself" else again(other))


def test_a_merged_ticket_is_not_reopened(people: Cast) -> None:
    one, other = people.ticket(), people.ticket()
    merge(one, people.sam, other)
    with pytest.raises(Refused, match="merged"):
        again(one).reopen(people.sam)

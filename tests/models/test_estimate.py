"""Estimates: proposed, answered once, and what is agreed is committed until it is worked."""

from typing import Any

import pytest

from tests.models.recomputed import assert_true
from tests.people import Cast
from trackr.models import Estimate, Event, Membership, Meter, Project, Ticket
from trackr.models.base import Refused


def propose(people: Cast, ticket: Ticket, low: int = 120, ceiling: int = 180, **more: Any) -> Estimate:
    return Estimate.propose(ticket, people.sam, low_minutes=low, ceiling_minutes=ceiling, **more)


def committed(people: Cast) -> int:
    return Meter.of(people.intranet).committed_minutes


def told() -> list[tuple[str, dict[str, Any]]]:
    events = Event.select().where(Event.kind.startswith("estimate.")).order_by(Event.id)
    return [(event.kind.removeprefix("estimate."), event.details) for event in events]


def test_a_proposal_waits_and_commits_nothing(people: Cast) -> None:
    ticket = people.ticket()
    estimate = propose(people, ticket, message="Both forms")
    assert (estimate.state, estimate.proposed_by, estimate.message) == ("proposed", people.sam, "Both forms")
    assert Estimate.waiting_on(ticket) == estimate
    assert (committed(people), Ticket.get().ceiling_minutes) == (0, None)
    assert told() == [("proposed", {"low": 120, "ceiling": 180, "message": "Both forms"})]


def test_accepted_its_ceiling_is_committed(people: Cast) -> None:
    ticket = people.ticket()
    people.entry(ticket, 30)
    estimate = propose(people, ticket)
    estimate.accept(people.claire, "Go on")
    stored = Estimate.get()
    assert (stored.state, stored.answered_by, stored.answer) == ("accepted", people.claire, "Go on")
    assert (Ticket.get().ceiling_minutes, committed(people), Estimate.waiting_on(ticket)) == (180, 150, None)
    assert told()[1] == ("accepted", {"low": 120, "ceiling": 180, "answer": "Go on"})
    assert_true(people.intranet)


def test_time_on_the_ticket_and_its_closing_use_up_what_is_committed(people: Cast) -> None:
    ticket = people.ticket()
    propose(people, ticket).accept(people.claire)
    people.entry(ticket, 170)
    assert committed(people) == 10
    entry = people.entry(ticket, 60)
    assert committed(people) == 0
    entry.remove(people.sam)
    assert committed(people) == 10
    ticket.close(people.claire)
    assert committed(people) == 0
    ticket.reopen(people.claire)
    assert committed(people) == 10
    assert_true(people.intranet)


def test_another_one_that_is_accepted_takes_the_place_of_what_was_agreed(people: Cast) -> None:
    ticket = people.ticket()
    propose(people, ticket).accept(people.claire)
    propose(people, ticket, 240, 300).accept(people.claire)
    assert (Ticket.get().ceiling_minutes, committed(people)) == (300, 300)


def test_declined_nothing_is_committed_and_what_was_agreed_before_stands(people: Cast) -> None:
    ticket = people.ticket()
    propose(people, ticket).accept(people.claire)
    propose(people, ticket, 240, 300).decline(people.claire, "Too much")
    assert (Ticket.get().ceiling_minutes, committed(people)) == (180, 180)
    assert told()[-1] == ("declined", {"low": 240, "ceiling": 300, "answer": "Too much"})


def test_a_newer_proposal_withdraws_the_one_that_waits(people: Cast) -> None:
    ticket = people.ticket()
    propose(people, ticket)
    newer = propose(people, ticket, 240, 300)
    assert [estimate.state for estimate in Estimate.select().order_by(Estimate.id)] == ["withdrawn", "proposed"]
    assert Estimate.waiting_on(ticket) == newer
    assert told()[1:] == [("proposed", {"low": 240, "ceiling": 300, "instead_of": [120, 180]})]


def test_only_one_waits_on_a_ticket_and_each_ticket_has_its_own(people: Cast) -> None:
    first, second = people.ticket(), people.ticket()
    estimates = [propose(people, ticket) for ticket in (first, second)]
    assert [Estimate.waiting_on(ticket) for ticket in (first, second)] == estimates


@pytest.mark.parametrize("verb", ["accept", "decline", "withdraw"])
@pytest.mark.parametrize("before", ["accept", "decline", "withdraw"])
def test_whoever_comes_second_is_told_what_stands(before: str, verb: str, people: Cast) -> None:
    estimate = propose(people, people.ticket())
    late = Estimate.get()
    getattr(estimate, before)(people.claire)
    stands, count = Estimate.get().state, len(told())
    with pytest.raises(Refused, match=f"estimate_{stands}"):
        getattr(late, verb)(people.claire)
    assert (Estimate.get().state, len(told())) == (stands, count)


def test_nothing_is_proposed_or_accepted_on_a_closed_ticket(people: Cast) -> None:
    ticket = people.ticket()
    estimate = propose(people, ticket)
    ticket.close(people.claire)
    for verb in (lambda: propose(people, ticket), lambda: estimate.accept(people.claire)):
        with pytest.raises(Refused, match="ticket_closed"):
            verb()
    assert (committed(people), Estimate.get().state) == (0, "proposed")
    estimate.decline(people.claire)
    assert Estimate.get().state == "declined"


def test_a_postpaid_project_has_estimates_as_well(people: Cast) -> None:
    people.intranet.change(people.olive, billing="postpaid")
    propose(people, people.ticket()).accept(people.claire)
    assert committed(people) == 180


def test_those_who_see_the_hours_are_told_and_nobody_else(people: Cast) -> None:
    ticket = people.ticket()
    before = Project.get_by_id(people.intranet.id)
    propose(people, ticket).accept(people.claire)
    after = Project.get_by_id(people.intranet.id)
    assert after.meter_version == before.meter_version + 2
    assert (after.client_version, after.shape_version) == (before.client_version, before.shape_version)


def test_an_answer_that_fails_midway_agrees_to_nothing(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: Any, **more: Any) -> None:
        raise RuntimeError("on purpose")

    estimate = propose(people, people.ticket())
    monkeypatch.setattr(Event, "record", broken)
    with pytest.raises(RuntimeError, match="on purpose"):
        estimate.accept(people.claire)
    assert (Estimate.get().state, Ticket.get().ceiling_minutes, committed(people)) == ("proposed", None, 0)


def test_a_place_in_a_project_lets_one_agree_unless_said_otherwise(people: Cast) -> None:
    assert Membership.get(Membership.person == people.claire).accepts

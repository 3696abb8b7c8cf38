"""Targets: when an answer is due, when its clock stands still, and whether it was kept."""

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.clock import Clock
from tests.people import Cast
from trackr.db import database
from trackr.hours.opening import read_week
from trackr.models import Agency, Column, Comment, Target, Ticket, merging, opening, turn
from trackr.models.base import Refused
from trackr.models.punctuality import Tally, kept_and_missed
from trackr.models.transfer import Transfer

PARIS = ZoneInfo("Europe/Paris")
FIRST, LATER = {"normal": 240, "urgent": 60}, {"normal": 480}


def paris(text: str) -> datetime:
    """An instant of March 2026 in Paris: "10 9:30"; the 10th is a Tuesday, and opening hours are 9 to 18."""
    day, _, rest = text.partition(" ")
    hour, _, minute = rest.partition(":")
    return datetime(2026, 3, int(day), int(hour), int(minute), tzinfo=PARIS)


@pytest.fixture
def town(people: Cast, clock: Clock) -> Cast:
    """The cast, whose intranet project has targets, on a Tuesday at 9 in Paris."""
    clock.at = paris("10 9:00").astimezone(UTC)
    Target.set_for(people.intranet, people.olive, first=FIRST, later=LATER, tells=False)
    return people


def at(clock: Clock, text: str) -> None:
    clock.at = paris(text).astimezone(UTC)


def due(ticket: Ticket) -> datetime | None:
    return Target.due_on(Ticket.get_by_id(ticket.id))


def rows(ticket: Ticket) -> list[tuple[str, bool | None]]:
    return list(Target.select(Target.kind, Target.kept).where(Target.ticket == ticket).order_by(Target.id).tuples())


def test_the_first_answer_is_due_by_its_priority_and_kept_in_time(town: Cast, clock: Clock) -> None:
    normal, urgent = town.ticket(), town.ticket(priority="urgent")
    assert (due(normal), due(urgent)) == (paris("10 13:00"), paris("10 10:00"))
    at(clock, "10 12:59")
    town.comment(normal), town.comment(urgent)
    assert (rows(normal), rows(urgent)) == ([("first", True)], [("first", False)])
    assert due(normal) is None


def test_a_note_is_no_answer_and_who_writes_twice_waits_since_the_first(town: Cast, clock: Clock) -> None:
    ticket = town.ticket()
    town.comment(ticket, internal=True)
    at(clock, "10 12:00")
    town.comment(ticket, town.claire)
    assert (rows(ticket), due(ticket)) == ([("first", None)], paris("10 13:00"))


def test_what_is_written_after_an_answer_waits_for_the_next_one(town: Cast, clock: Clock) -> None:
    ticket = town.ticket()
    town.comment(ticket)
    at(clock, "10 17:00")
    town.comment(ticket, town.claire)
    assert due(ticket) == paris("11 16:00")
    at(clock, "11 16:00")
    town.comment(ticket)
    assert rows(ticket) == [("first", True), ("next", True)]


def test_what_staff_open_promises_nothing_until_a_client_writes(town: Cast, clock: Clock) -> None:
    ticket = town.ticket(town.sam)
    assert rows(ticket) == []
    town.comment(ticket, town.claire)
    assert rows(ticket) == [("next", None)]


def test_the_clock_stands_still_while_it_is_the_client_s_turn(town: Cast, clock: Clock) -> None:
    ticket = town.ticket()
    at(clock, "10 11:00")
    turn.pass_on(ticket, town.sam, "theirs")
    assert due(ticket) is None
    at(clock, "11 10:00")  # after 8 open hours
    turn.pass_on(ticket, town.sam, "ours")
    assert due(ticket) == paris("11 12:00")
    at(clock, "11 11:00")
    ticket.place(town.sam, Column.first(town.intranet, "waiting"))
    at(clock, "11 17:00")
    town.comment(ticket, town.claire)
    assert due(ticket) == paris("11 18:00")
    target = Target.get()
    assert (target.paused_minutes, target.kind) == (8 * 60 + 6 * 60, "first")


def test_an_answer_while_it_stands_still_counts_as_of_then(town: Cast, clock: Clock) -> None:
    ticket, late = town.ticket(), town.ticket(priority="urgent")
    at(clock, "10 11:00")
    for one in (ticket, late):
        turn.pass_on(one, town.sam, "theirs")
    at(clock, "20 11:00")
    town.comment(ticket), town.comment(late)
    assert (rows(ticket), rows(late)) == ([("first", True)], [("first", False)])


def test_what_was_late_stays_late_however_long_it_stands_still(town: Cast, clock: Clock) -> None:
    ticket = town.ticket()
    at(clock, "10 15:00")
    turn.pass_on(ticket, town.sam, "theirs")
    at(clock, "12 15:00")
    town.comment(ticket, town.claire)
    assert due(ticket) < clock.at  # type: ignore[operator]


def test_staff_who_close_have_answered_and_a_client_who_does_waits_no_more(town: Cast, clock: Clock) -> None:
    by_staff, by_client, late = town.ticket(), town.ticket(), town.ticket(priority="urgent")
    at(clock, "10 11:00")
    by_staff.close(town.sam)
    by_client.close(town.claire)
    late.close(town.claire)
    assert [rows(one) for one in (by_staff, by_client, late)] == [
        [("first", True)], [("first", None)], [("first", False)],
    ]  # fmt: skip
    at(clock, "10 12:00")
    town.comment(by_client, town.claire, "Thanks")  # which asks for nothing
    assert due(by_client) is None
    by_client.reopen(town.claire)
    by_staff.reopen(town.claire)
    late.reopen(town.sam)
    assert [due(one) for one in (by_client, by_staff, late)] == [paris("10 14:00"), paris("11 11:00"), None]


def test_a_merged_ticket_is_not_answered_and_goes_on_once_that_is_taken_back(town: Cast, clock: Clock) -> None:
    ticket, into = town.ticket(), town.ticket()
    at(clock, "10 10:00")
    merging.merge(ticket, town.sam, into)
    assert (rows(ticket), due(ticket)) == ([("first", None)], None)
    at(clock, "10 11:00")
    merging.undo(ticket, town.sam)
    assert due(ticket) == paris("10 14:00")


def test_another_priority_moves_what_is_waited_for_and_nothing_else(town: Cast, clock: Clock) -> None:
    ticket, answered = town.ticket(), town.ticket()
    town.comment(answered)
    before = Target.get(Target.ticket == answered).due_at
    for one in (ticket, answered):
        one.change(town.sam, priority="urgent")
    assert due(ticket) == paris("10 10:00")
    ticket.change(town.sam, priority="low")  # for which nothing is aimed at
    assert due(ticket) is None
    town.comment(ticket)
    assert rows(ticket) == [("first", None)]
    assert Target.get(Target.ticket == answered).due_at == before


def test_other_hours_days_off_and_targets_move_them_too(town: Cast, clock: Clock) -> None:
    ticket, answered = town.ticket(), town.ticket()
    town.comment(answered)
    agency = Agency.current()
    assert agency
    opening.change(agency, town.olive, week=read_week("9-11;9-11;9-11;9-11;9-11;;"), timezone="Europe/Paris")
    assert due(ticket) == paris("11 11:00")
    off = opening.add_day_off(town.olive, first_on=date(2026, 3, 11), last_on=date(2026, 3, 13), name="Move")
    assert due(ticket) == paris("16 11:00")
    opening.remove_day_off(off, town.olive)
    opening.change(agency, town.olive, week=agency.week, timezone="Europe/London")
    assert due(ticket) == paris("11 12:00")  # at 9 in London it is 10 in Paris
    Target.set_for(town.intranet, town.olive, first={"normal": 60}, later={}, tells=False)
    assert due(ticket) == paris("10 11:00")
    assert Target.get(Target.ticket == answered).due_at == paris("10 13:00")


def test_without_any_target_nothing_is_waited_for_and_history_stays(town: Cast, clock: Clock) -> None:
    ticket, answered = town.ticket(), town.ticket()
    town.comment(answered)
    Target.set_for(town.intranet, town.olive, first={}, later={}, tells=False)
    assert (rows(ticket), rows(answered)) == ([], [("first", True)])


def test_another_project_has_its_own(town: Cast, clock: Clock) -> None:
    ticket, other = town.ticket(), town.ticket()
    Transfer(other, town.shop, town.olive).perform()
    assert rows(other) == []
    Target.set_for(town.shop, town.olive, first={"normal": 120}, later={}, tells=False)
    Transfer(ticket, town.shop, town.olive).perform()
    assert due(ticket) == paris("10 11:00") and Target.get().project == town.shop


def test_never_and_twice_off_are_refused(town: Cast) -> None:
    agency = Agency.current()
    assert agency
    with pytest.raises(Refused, match="never_open"):
        opening.change(agency, town.olive, week=read_week(";;;;;;"), timezone="Europe/Paris")
    days = {"first_on": date(2026, 12, 24), "last_on": date(2026, 12, 26)}
    opening.add_day_off(town.olive, name="Christmas", **days)
    with pytest.raises(Refused, match="taken_off"):
        opening.add_day_off(town.olive, name="Again", first_on=days["last_on"], last_on=days["last_on"])


def test_a_reply_costs_two_queries_more_at_most_and_without_targets_none(
    people: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    ask = database.obj.execute_sql
    monkeypatch.setattr(database.obj, "execute_sql", lambda sql, *more: asked.append(sql) or ask(sql, *more))

    def cost(*arguments: Any) -> list[int]:
        found = []
        for author in (people.claire, people.sam):
            asked.clear()
            Comment.write(ticket, author, body="!", body_html="!")
            assert not project.has_targets or any('"target"' in sql for sql in asked)
            found.append(len(asked))
        return found

    project, ticket = people.intranet, people.ticket()
    cost()
    without = cost()
    assert not any('"target"' in sql for sql in asked)
    Target.set_for(project, people.olive, first=FIRST, later=LATER, tells=False)
    assert [more - less for more, less in zip(cost(), without, strict=True)] == [2, 1]


def test_what_was_kept_and_missed_is_counted_by_month_and_priority(town: Cast, clock: Clock) -> None:
    for text, priority in (("10 9:30", "normal"), ("10 9:30", "urgent"), ("10 17:00", "urgent")):
        at(clock, "10 9:00")
        ticket = town.ticket(priority=priority)
        at(clock, text)
        town.comment(ticket)
    open_one = town.ticket()
    clock.set("2026-04-01 12:00")
    town.comment(open_one)
    projects, march, april = [town.intranet, town.shop], date(2026, 3, 1), date(2026, 4, 1)
    of_march = [Tally(march, "normal", "first", 1, 0), Tally(march, "urgent", "first", 1, 1)]
    assert kept_and_missed(projects, march, date(2026, 3, 31)) == of_march
    assert kept_and_missed(projects, march, april) == [*of_march, Tally(april, "normal", "first", 0, 1)]
    assert kept_and_missed([town.shop], march, april) == kept_and_missed([], march, april) == []

"""Entries: what is proposed, on which day they fall, when they are confirmed, how they are mended and taken back."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.clock import Clock
from tests.models.recomputed import assert_true
from tests.people import Cast
from trackr.hours.proposals import Rule
from trackr.models import Entry, Event, Line, Meter, Project, Ticket, gauge
from trackr.models.base import Refused, now

FRIDAY = date(2026, 3, 13)


def rule(people: Cast, **changes: Any) -> Ticket:
    """A ticket of the intranet project, whose rule is changed."""
    people.intranet.change(people.olive, **changes)
    return people.ticket()


def change(entry: Entry, person: Any, **changes: Any) -> None:
    was = {name: getattr(entry, name) for name in ("spent_minutes", "valued_minutes", "day", "note", "internal_note")}
    entry.change(person, **was | changes)


def sums(ticket: Ticket) -> tuple[int, int]:
    ticket = Ticket.get_by_id(ticket.id)
    return ticket.spent_minutes, ticket.valued_minutes


def balance(project: Project) -> int:
    return Meter.of(project).balance_minutes


def test_the_valued_time_is_proposed_by_the_project_s_rule(people: Cast) -> None:
    ticket = rule(people, increment=15)
    assert people.entry(ticket, 65).valued_minutes == 75


def test_the_valued_time_may_be_set_up_or_down(people: Cast) -> None:
    ticket = rule(people, increment=15)
    assert [people.entry(ticket, 65, valued_minutes=minutes).valued_minutes for minutes in (10, 200, 0)] == [10, 200, 0]


def test_an_entry_keeps_the_rule_it_was_made_with(people: Cast) -> None:
    ticket = rule(people, increment=15)
    entry = people.entry(ticket, 65)
    people.intranet.change(people.olive, increment=60)
    kept = Entry.get_by_id(entry.id)
    assert (kept.valued_minutes, Rule.from_text(kept.rule).increment) == (75, 15)


def test_per_day_the_second_call_completes_the_first_one_s_quarter(people: Cast) -> None:
    ticket = rule(people, increment=15, per="day")
    assert [people.entry(ticket, spent).valued_minutes for spent in (5, 5, 10)] == [15, 0, 15]


def test_per_day_another_ticket_and_another_day_count_for_themselves(people: Cast) -> None:
    ticket = rule(people, increment=15, per="day")
    people.entry(ticket, 5)
    assert people.entry(people.ticket(), 5).valued_minutes == 15
    assert people.entry(ticket, 5, day=FRIDAY).valued_minutes == 15


def test_per_day_what_was_valued_by_hand_counts_as_it_is(people: Cast) -> None:
    ticket = rule(people, increment=15, per="day")
    people.entry(ticket, 20, valued_minutes=60)
    assert people.entry(ticket, 10).valued_minutes == 0


def test_per_day_an_entry_that_is_mended_is_proposed_as_if_it_were_not_there(people: Cast) -> None:
    ticket = rule(people, increment=15, per="day")
    first, second = people.entry(ticket, 5), people.entry(ticket, 20)
    assert (first.valued_minutes, second.valued_minutes) == (15, 15)
    assert Entry.proposal(ticket, second.day, 50, besides=second) == 45


@pytest.mark.parametrize(
    ("zone", "day"), [("Europe/Paris", date(2026, 3, 15)), ("America/New_York", date(2026, 3, 14))]
)
def test_the_project_s_time_zone_decides_which_day_it_is(zone: str, day: date, people: Cast, clock: Clock) -> None:
    ticket = rule(people, timezone=zone)
    clock.set("2026-03-14 23:30")
    assert people.entry(ticket).day == day


def test_an_entry_is_pending_until_its_review_is_over(people: Cast, clock: Clock) -> None:
    entry = people.entry(rule(people, review_hours=24))
    written = clock.at
    assert entry.written_at == written and written + timedelta(hours=24) <= entry.confirms_at
    assert entry.confirms_at < written + timedelta(hours=24, minutes=1)
    assert entry.is_pending() and not entry.is_pending(entry.confirms_at)


def test_without_review_an_entry_is_confirmed_at_once(people: Cast) -> None:
    assert not people.entry(rule(people, review_hours=0)).is_pending()


def test_another_review_window_changes_no_entry_that_exists(people: Cast) -> None:
    entry = people.entry(rule(people, review_hours=24))
    people.intranet.change(people.olive, review_hours=0)
    assert Entry.get_by_id(entry.id).is_pending()


def test_the_same_form_is_stored_once(people: Cast) -> None:
    ticket = people.ticket()
    people.entry(ticket, form_key="k1")
    with pytest.raises(Refused, match="sent_twice"):
        people.entry(ticket, form_key="k1")
    assert (Entry.select().count(), sums(ticket)) == (1, (60, 60))


def test_logging_adds_to_the_ticket_and_draws_from_the_hours(people: Cast) -> None:
    people.pack(10)
    ticket = people.ticket()
    people.entry(ticket, 50)
    people.entry(ticket, 30, valued_minutes=15)
    assert (sums(ticket), balance(people.intranet)) == ((80, 65), 535)


def test_mending_an_entry_gives_its_hours_back_and_draws_anew(people: Cast) -> None:
    people.pack(10)
    ticket = people.ticket()
    entry = people.entry(ticket, 50)
    change(entry, people.sam, spent_minutes=40, valued_minutes=20)
    assert (sums(ticket), balance(people.intranet)) == ((40, 20), 580)
    assert_true(people.intranet)


def test_mending_an_entry_keeps_what_was(people: Cast) -> None:
    entry = people.entry(people.ticket(), 50)
    change(entry, people.olive, valued_minutes=20, day=FRIDAY)
    event = Event.get(Event.kind == "entry.changed")
    assert (event.actor_id, event.client) == (people.olive.id, False)
    assert event.details["was"] == {"spent": 50, "valued": 50, "day": "2026-03-14", "activity": None, "pending": False}


def test_an_entry_that_moves_to_an_earlier_day_draws_from_what_was_valid_then(people: Cast) -> None:
    early = people.pack(1, bought_on=FRIDAY, expires_on=FRIDAY)
    late = people.pack(1)
    entry = people.entry(people.ticket(), 60)
    assert [line.purchase_id for line in Line.select().where(Line.entry == entry)] == [late.id]
    change(entry, people.sam, day=FRIDAY)
    assert [line.purchase_id for line in Line.select().where(Line.entry == entry)] == [early.id]
    assert_true(people.intranet)


def test_taking_an_entry_back_returns_its_hours(people: Cast) -> None:
    people.pack(1)
    ticket = people.ticket()
    people.entry(ticket, 50)
    people.entry(ticket, 30).remove(people.sam)
    assert (sums(ticket), balance(people.intranet), Entry.select().count()) == ((50, 50), 10, 1)
    assert_true(people.intranet)


def test_taking_an_entry_back_keeps_what_was(people: Cast) -> None:
    people.entry(people.ticket(), 50).remove(people.olive)
    event = Event.get(Event.kind == "entry.removed")
    assert (event.actor_id, event.client) == (people.olive.id, False)
    assert event.details["was"] == {"spent": 50, "valued": 50, "day": "2026-03-14", "activity": None}


def test_the_first_entry_after_a_purchase_has_expired_is_drawn_once(people: Cast, clock: Clock) -> None:
    people.pack(1, expires_on=people.intranet.today())
    clock.forward(days=1)
    people.entry(people.ticket(), 60)
    assert Meter.of(people.intranet).deficit_minutes == 60
    assert_true(people.intranet)


def versions(project: Project) -> tuple[int, int, int]:
    project = Project.get_by_id(project.id)
    return project.staff_version, project.client_version, project.meter_version


def moved(before: tuple[int, int, int], after: tuple[int, int, int]) -> list[bool]:
    return [now != then for then, now in zip(before, after, strict=True)]


def test_staff_and_those_who_see_hours_are_told_of_valued_time(people: Cast) -> None:
    ticket = people.ticket()
    before = versions(people.intranet)
    people.entry(ticket)
    assert moved(before, versions(people.intranet)) == [True, False, True]


def test_only_staff_are_told_of_time_that_is_valued_at_nothing(people: Cast) -> None:
    ticket = people.ticket()
    before = versions(people.intranet)
    entry = people.entry(ticket, valued_minutes=0)
    change(entry, people.sam, spent_minutes=10, day=FRIDAY, note="Looked at it", internal_note="In vain")
    entry.remove(people.sam)
    assert moved(before, versions(people.intranet)) == [True, False, False]


def test_only_staff_are_told_when_only_the_spent_time_is_mended(people: Cast) -> None:
    entry = people.entry(people.ticket())
    before = versions(people.intranet)
    change(entry, people.sam, spent_minutes=10, internal_note="Less than I thought")
    assert moved(before, versions(people.intranet)) == [True, False, False]


class Broken(Exception):
    pass


def broken(*arguments: Any, **more: Any) -> None:
    raise Broken


def everything(people: Cast) -> list[Any]:
    models = (Entry, Event, Line, Meter, Project, Ticket)
    return [list(model.select().order_by(model.id).tuples()) for model in models]


@pytest.mark.parametrize("place", [(gauge, "read"), (Event, "record"), (Ticket, "add_time")], ids=str)
def test_a_verb_that_fails_midway_leaves_nothing(people: Cast, place: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    people.pack(10)
    ticket = people.ticket()
    entry = people.entry(ticket)
    before = everything(people)
    monkeypatch.setattr(*place, broken)
    with pytest.raises(Broken):
        people.entry(ticket)
    with pytest.raises(Broken):
        change(entry, people.sam, valued_minutes=20)
    with pytest.raises(Broken):
        entry.remove(people.sam)
    assert everything(people) == before


def test_time_written_for_an_earlier_instant_is_dated_then(people: Cast) -> None:
    at = now() - timedelta(days=30)
    entry = people.entry(people.ticket(), at=at)
    assert (entry.written_at, entry.day) == (at, date(2026, 2, 12))

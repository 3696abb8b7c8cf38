"""Entries: what is proposed, on which day they fall, when they are confirmed, how they are mended and taken back."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.clock import Clock
from tests.models.recomputed import assert_true
from tests.people import Cast
from trackr.hours.proposals import Rule
from trackr.models import Activity, Entry, Event, Line, Meter, Project, Ticket, gauge, ledger
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


def closed(people: Cast, minutes: int = 60) -> Entry:
    """An entry of Friday that is on a statement, drawn from a pack of two hours."""
    people.pack(2, bought_on=FRIDAY)
    entry = people.entry(people.ticket(), minutes, day=FRIDAY)
    ledger.close(people.intranet, FRIDAY)
    return Entry.get_by_id(entry.id)


def correct(entry: Entry, minutes: int) -> Entry:
    return Entry.log(entry.ticket, entry.person, spent_minutes=0, valued_minutes=minutes, corrects=entry)


def test_an_activity_values_time_and_is_kept_with_its_rule(people: Cast) -> None:
    training = Activity.create(name="Training", percent=50, minimum=30)
    entry = people.entry(people.ticket(), 120, activity=training)
    assert (entry.valued_minutes, Rule.from_text(entry.rule).percent) == (60, 50)
    change(entry, people.sam, activity=None)
    assert Rule.from_text(Entry.get().rule).percent == 100


def test_what_is_on_a_statement_is_neither_changed_nor_taken_back(people: Cast) -> None:
    entry = closed(people)
    with pytest.raises(Refused, match="closed"):
        change(entry, people.sam, valued_minutes=30)
    with pytest.raises(Refused, match="closed"):
        entry.remove(people.sam)
    assert (Entry.get().valued_minutes, balance(people.intranet)) == (60, 60)


def test_a_correction_gives_hours_back_to_where_they_came_from(people: Cast) -> None:
    entry = closed(people)
    correction = correct(entry, -45)
    assert (balance(people.intranet), sums(entry.ticket)) == (105, (60, 15))
    assert [line.kind for line in Line.select().where(Line.entry == correction)] == ["returned"]
    assert Event.select().where(Event.kind == "entry.corrected").count() == 1
    assert_true(people.intranet)


@pytest.mark.parametrize(
    ("minutes", "code", "field", "told"),
    [(-61, "too_much", "valued", 60), (0, "not_back", "valued", 0), (10, "not_back", "valued", 0)],
)
def test_a_correction_that_gives_back_nothing_or_too_much_is_refused(
    minutes: int, code: str, field: str, told: int, people: Cast
) -> None:
    entry = closed(people)
    with pytest.raises(Refused) as refused:
        correct(entry, minutes)
    assert (refused.value.code, refused.value.field, refused.value.minutes) == (code, field, told)
    assert (Entry.select().count(), balance(people.intranet)) == (1, 60)


def test_only_what_is_on_a_statement_is_corrected_and_no_correction_is(people: Cast) -> None:
    entry = closed(people)
    with pytest.raises(Refused, match="not_closed"):
        correct(people.entry(entry.ticket, 30), -10)
    with pytest.raises(Refused, match="corrected"):
        correct(correct(entry, -20), -10)


def test_a_correction_is_mended_within_what_is_left_and_taken_back(people: Cast) -> None:
    entry = closed(people)
    correction = correct(entry, -20)
    correct(entry, -30)
    change(correction, people.sam, valued_minutes=-30)
    with pytest.raises(Refused, match="too_much"):
        change(correction, people.sam, valued_minutes=-31)
    correction.remove(people.sam)
    assert balance(people.intranet) == 90
    assert_true(people.intranet)


def asking(people: Cast) -> Ticket:
    """A ticket of a project that asks at zero, with an hour left."""
    people.pack(1)
    return rule(people, at_zero="ask")


@pytest.mark.parametrize("agreed", [None, 0, 29])
def test_going_further_over_than_agreed_is_refused_with_the_amount(agreed: int | None, people: Cast) -> None:
    ticket = asking(people)
    with pytest.raises(Refused) as refused:
        people.entry(ticket, 90, over_minutes=agreed)
    assert (refused.value.code, refused.value.field, refused.value.minutes) == ("over", "over", 30)
    assert (Entry.select().count(), balance(people.intranet), sums(ticket)) == (0, 60, (0, 0))


def test_what_was_agreed_goes_over_and_only_more_of_it_is_asked_for(people: Cast) -> None:
    entry = people.entry(asking(people), 90, over_minutes=30)
    change(entry, people.sam, note="The same")
    with pytest.raises(Refused) as refused:
        change(Entry.get(), people.sam, valued_minutes=100)
    assert refused.value.minutes == 10
    change(Entry.get(), people.sam, valued_minutes=100, over_minutes=10)
    assert balance(people.intranet) == -40


def test_time_typed_late_that_leaves_a_later_entry_uncovered_asks_too(people: Cast) -> None:
    people.pack(1, bought_on=FRIDAY)
    ticket = rule(people, at_zero="ask")
    people.entry(ticket, 60)
    with pytest.raises(Refused) as refused:
        people.entry(ticket, 20, day=FRIDAY)
    assert refused.value.minutes == 20


def test_the_second_of_two_who_change_it_is_told(people: Cast) -> None:
    first = people.entry(people.ticket(), 50)
    second = Entry.get()
    mark = second.mark
    change(first, people.sam, valued_minutes=40)
    with pytest.raises(Refused, match="changed"):
        change(second, people.olive, valued_minutes=30, mark=mark)
    change(second, people.olive, valued_minutes=30, mark=second.mark)
    assert Entry.get().valued_minutes == 30


def test_who_changes_what_was_taken_back_is_told_and_taking_back_twice_is_once(people: Cast) -> None:
    first = people.entry(people.ticket(), 50)
    second = Entry.get()
    first.remove(people.sam)
    with pytest.raises(Refused, match="gone"):
        change(second, people.olive, valued_minutes=30)
    second.remove(people.olive)
    assert Event.select().where(Event.kind == "entry.removed").count() == 1


def test_a_change_after_confirmation_is_told_to_whoever_sees_hours(people: Cast) -> None:
    entry = people.entry(people.ticket(), 90, day=FRIDAY)
    change(entry, people.sam, note="A word")
    assert Event.select().where(Event.kind == "entry.revalued").count() == 0
    change(entry, people.sam, valued_minutes=60, why="You are right")
    told = Event.get(Event.kind == "entry.revalued")
    assert told.details == {"valued": [90, 60], "day": "2026-03-13", "why": "You are right"} and not told.client

"""What is typed late, for days that are on a statement already, and corrections of what is there."""

from datetime import date

import pytest

from tests.clock import Clock
from tests.models.recomputed import assert_true, stored_lines
from tests.people import Cast
from trackr.doctor import Verdict, hours
from trackr.models import Entry, Meter, Purchase, ledger
from trackr.models.base import Refused
from trackr.models.preview import preview


def february(day: int) -> date:
    return date(2026, 2, day)


def correct(people: Cast, entry: Entry, minutes: int, day: date | None = None) -> Entry:
    entry = Entry.get_by_id(entry.id)
    return people.entry(entry.ticket, 0, valued_minutes=-minutes, day=day, corrects=entry)


def told(people: Cast, since: date | None = None) -> list[tuple[object, ...]]:
    lines = [
        (str(day)[5:], kind, purchase, minutes) for day, kind, purchase, _, minutes in stored_lines(people.intranet)
    ]
    return [line for line in lines if since is None or str(line[0]) >= str(since)[5:]]


def assert_sound(people: Cast) -> None:
    assert_true(people.intranet)
    assert [str(finding) for finding in hours.examine() if finding.verdict != Verdict.OK] == []


@pytest.fixture
def entry(people: Cast) -> Entry:
    """An hour of 20 February, from a pack of two; February is closed."""
    people.pack(2, bought_on=february(1))
    entry = people.entry(people.ticket(), 60, day=february(20))
    ledger.close(people.intranet, february(28))
    return entry


def test_a_correction_dated_before_its_entry_leaves_the_next_one_possible(people: Cast, entry: Entry) -> None:
    correct(people, entry, 20, february(10))
    ledger.close(people.intranet, date(2026, 3, 1))
    correct(people, entry, 15)
    assert [line for line in told(people) if line[1] == "returned"] == [
        ("02-10", "returned", 1, 20),
        ("03-14", "returned", 1, 15),
    ]
    assert_sound(people)


def test_a_late_correction_may_pay_a_deficit_that_began_after_its_day(people: Cast, entry: Entry) -> None:
    people.entry(entry.ticket, 100, day=february(25))
    ledger.close(people.intranet, date(2026, 3, 1))
    assert Meter.of(people.intranet).deficit_minutes == 40
    correct(people, entry, 30, february(5))
    assert Meter.of(people.intranet).over_since == february(25)
    assert_sound(people)


def test_late_time_within_review_takes_no_part_in_what_is_closed(people: Cast, clock: Clock) -> None:
    people.intranet.change(people.olive, review_hours=48)
    ticket = people.ticket()
    people.entry(ticket, 40, day=february(10))
    people.pack(1, bought_on=february(20))
    ledger.close(people.intranet, february(28))
    people.entry(ticket, 30, day=february(5))
    assert Meter.of(people.intranet).pending_minutes == 30
    assert_sound(people)


def test_a_correction_of_what_a_credit_gave_goes_back_to_the_credit(people: Cast) -> None:
    people.pack(1, bought_on=february(1), expires_on=february(20))
    ticket = people.ticket()
    first = people.entry(ticket, 60, day=february(10))
    ledger.close(people.intranet, february(28))
    correct(people, first, 40, date(2026, 3, 2))
    second = people.entry(ticket, 30, day=date(2026, 3, 3))
    ledger.close(people.intranet, date(2026, 3, 10))
    correct(people, second, 25)
    credit = Purchase.get(Purchase.kind == "credit")
    assert (credit.left_minutes, credit.statement_id) == (35, 2)
    assert told(people)[-1] == ("03-14", "returned", credit.key, 25)
    assert_sound(people)


def test_a_credit_that_was_drawn_is_mended_and_taken_away_with_its_correction(people: Cast) -> None:
    people.pack(1, bought_on=february(1), expires_on=february(20))
    ticket = people.ticket()
    first = people.entry(ticket, 60, day=february(10))
    ledger.close(people.intranet, february(28))
    correction = correct(people, first, 40, date(2026, 3, 2))
    people.entry(ticket, 30, day=date(2026, 3, 3))
    figures = {"spent_minutes": 0, "day": date(2026, 3, 4), "note": "", "internal_note": ""}
    correction.change(people.sam, valued_minutes=-10, **figures)
    assert told(people, date(2026, 3, 1))[:2] == [("03-03", "overdrawn", None, -30), ("03-04", "returned", None, 10)]
    assert Purchase.select().where(Purchase.kind == "credit").count() == 0
    assert_sound(people)
    correction.remove(people.sam)
    assert Meter.of(people.intranet).deficit_minutes == 30
    assert_sound(people)


def test_a_preview_may_draw_from_a_credit_that_only_the_change_would_make(people: Cast) -> None:
    people.pack(1, bought_on=february(1), expires_on=february(28))
    ticket = people.ticket()
    entry = people.entry(ticket, 60, day=february(20))
    ledger.close(people.intranet, february(28))
    moved = people.entry(ticket, 30, day=date(2026, 3, 2))
    correct(people, entry, 25, date(2026, 3, 3))  # pays the deficit that the other one left
    credit, rest = preview(people.intranet, date(2026, 3, 5), 30, besides=moved).draws
    assert credit[0] is not None and (credit[0].is_credit, credit[1:], rest) == (True, (25, True), (None, 5, False))
    assert Purchase.select().count() == 1


def test_a_deficit_that_a_later_pack_settled_is_billed_all_the_same(people: Cast) -> None:
    people.intranet.change(people.olive, at_zero="bill")
    ticket = people.ticket()
    entry = people.entry(ticket, 40, day=february(10))
    people.pack(1, bought_on=date(2026, 3, 2))
    ledger.close(people.intranet, february(28))
    assert told(people)[1:] == [("02-28", "billed", None, 40), ("03-02", "bought", 1, 60)]
    correct(people, entry, 15)
    assert told(people)[-1][1:] == ("credited", told(people)[-1][2], 15)
    assert_sound(people)


def test_more_than_is_left_of_an_entry_is_never_given_back(people: Cast, entry: Entry) -> None:
    correct(people, entry, 45)
    with pytest.raises(Refused, match="too_much"):
        correct(people, entry, 16)
    assert_sound(people)


def test_pending_time_is_confirmed_by_closing_its_period(people: Cast) -> None:
    people.intranet.change(people.olive, review_hours=400)
    people.pack(2, bought_on=february(1))
    people.entry(people.ticket(), 45, day=date(2026, 3, 10))
    assert Meter.of(people.intranet).pending_minutes == 45
    ledger.close(people.intranet, date(2026, 3, 13))
    assert (Meter.of(people.intranet).pending_minutes, Meter.of(people.intranet).confirmed_minutes) == (0, 45)
    assert_sound(people)


def test_what_goes_over_counts_from_where_the_hours_stand_by_now(people: Cast, clock: Clock) -> None:
    entry = people.entry(people.ticket(), 50)
    people.intranet.change(people.olive, at_zero="ask")
    Purchase.add(people.intranet, people.olive, minutes=40, bought_on=date(2026, 3, 15))
    clock.forward(days=1)
    entry = Entry.get_by_id(entry.id)
    figures = {"spent_minutes": 80, "valued_minutes": 80, "day": entry.day, "note": "", "internal_note": ""}
    with pytest.raises(Refused, match="over") as refused:
        entry.change(people.sam, **figures)
    assert refused.value.minutes == 30


def test_hours_expire_on_the_day_that_closes(people: Cast, clock: Clock) -> None:
    people.pack(1, bought_on=february(1), expires_on=february(28))
    people.pack(1, bought_on=february(1), expires_on=date(2026, 3, 31))
    people.entry(people.ticket(), 15, day=february(28))
    ledger.close(people.intranet, february(28))
    late = people.entry(people.ticket(), 20, day=february(28))
    assert told(people)[-2:] == [("02-28", "expired", 1, -45), ("02-28", "drawn", 2, -20)]
    late.remove(people.sam)
    assert_sound(people)

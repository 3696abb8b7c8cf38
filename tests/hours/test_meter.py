"""The meter: what is in use, and that its parts always make the whole."""

from collections.abc import Set
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trackr.hours.allocation import Credit, Entry, Kind, Line, Purchase, State, walk
from trackr.hours.meter import Meter, MeterState, pending_in, read

from .strategies import Project, projects

NEW_YEAR = date(2026, 1, 1)
LAST_OF_JANUARY = date(2026, 1, 31)


def january(day: int) -> date:
    return date(2026, 1, day)


def pack(number: int, minutes: int, day: date = NEW_YEAR, until: date | None = None) -> Purchase:
    return Purchase(number, minutes, bought_on=day, valid_from=day, expires_on=until)


def meter_of(
    purchases: list[Purchase],
    entries: list[Entry],
    *,
    pending: Set[int] = frozenset(),
    committed: int = 0,
    today: date = LAST_OF_JANUARY,
) -> Meter:
    ledger = walk(purchases, entries, today)
    in_pending = pending_in(ledger.lines, pending)
    return read([*purchases, *ledger.credits], ledger.left, ledger.deficit, in_pending, committed, today)


def test_a_pack_in_use_shows_what_is_confirmed_pending_and_left() -> None:
    entries = [Entry(1, january(5), 120), Entry(2, january(30), 45)]
    meter = meter_of([pack(1, 600, until=january(31))], entries, pending={2}, committed=200)
    assert meter == Meter(
        purchased_minutes=600,
        confirmed_minutes=120,
        pending_minutes=45,
        committed_minutes=200,
        balance_minutes=435,
        available_minutes=235,
        deficit_minutes=0,
        next_expiry_on=january(31),
    )
    assert (meter.used_minutes, meter.left_minutes) == (120, 480)


def test_packs_used_up_leave_the_meter_to_those_with_minutes_left() -> None:
    meter = meter_of([pack(1, 60), pack(2, 60), pack(3, 60)], [Entry(1, january(5), 80)])
    assert (meter.purchased_minutes, meter.confirmed_minutes, meter.balance_minutes) == (120, 20, 100)


def test_a_pack_used_up_by_pending_time_alone_is_still_in_use() -> None:
    entries = [Entry(1, january(5), 40), Entry(2, january(30), 30)]
    meter = meter_of([pack(1, 60), pack(2, 60)], entries, pending={2})
    assert (meter.purchased_minutes, meter.confirmed_minutes, meter.pending_minutes) == (120, 40, 30)
    assert meter.left_minutes == 80


def test_with_nothing_left_the_last_pack_used_up_is_shown_over() -> None:
    meter = meter_of([pack(1, 60), pack(2, 90, january(3))], [Entry(1, january(5), 170)])
    assert (meter.purchased_minutes, meter.confirmed_minutes, meter.left_minutes) == (90, 110, -20)
    assert meter.deficit_minutes == 20


def test_a_pack_not_valid_yet_is_neither_bought_nor_next_to_expire() -> None:
    later = Purchase(1, 60, bought_on=january(1), valid_from=date(2026, 2, 1), expires_on=date(2026, 3, 1))
    assert meter_of([later], []) == Meter(0, 0, 0, 0, 0, 0, 0, None)


def test_with_nothing_left_a_pack_to_come_is_not_taken_for_the_last_one() -> None:
    packs = [pack(1, 60), pack(2, 90, date(2026, 2, 1))]
    assert read(packs, {1: 0, 2: 0}, 0, {}, 0, january(31)).purchased_minutes == 60


def test_the_next_expiry_is_that_of_a_pack_with_minutes_left() -> None:
    packs = [pack(1, 60, until=date(2026, 2, 5)), pack(2, 60, until=date(2026, 3, 5)), pack(3, 60)]
    assert meter_of(packs, [Entry(1, january(5), 60)]).next_expiry_on == date(2026, 3, 5)


def test_a_credit_counts_as_hours_bought() -> None:
    entries = [Entry(1, january(5), 60), Entry(2, january(20), -20, corrects=1)]
    meter = meter_of([pack(1, 60, until=january(10))], entries)
    assert (meter.purchased_minutes, meter.confirmed_minutes, meter.balance_minutes) == (20, 0, 20)


def test_a_pending_correction_raises_what_is_left_only_once_confirmed() -> None:
    entries = [Entry(1, january(5), 50), Entry(2, january(30), -20, corrects=1)]
    meter = meter_of([pack(1, 60)], entries, pending={2})
    assert (meter.balance_minutes, meter.pending_minutes, meter.left_minutes) == (30, -20, 10)


def test_pending_time_that_a_new_pack_settles_is_pending_in_that_pack() -> None:
    entries = [Entry(1, january(5), 30), Entry(2, january(28), 40)]
    meter = meter_of([pack(1, 60, january(30))], entries, pending={2})
    assert (meter.confirmed_minutes, meter.pending_minutes, meter.balance_minutes) == (30, 40, -10)


def test_pending_time_that_two_packs_settle_is_counted_once() -> None:
    ledger = walk([pack(1, 20, january(29)), pack(2, 60, january(30))], [Entry(1, january(28), 50)], january(31))
    assert pending_in(ledger.lines, {1}) == {None: 0, 1: 20, 2: 30}


def test_a_deficit_from_before_is_settled_before_pending_time() -> None:
    entries = [Entry(2, january(28), 40)]
    ledger = walk([pack(1, 60, january(30))], entries, january(31), opening=State({}, 30))
    assert pending_in(ledger.lines, {2}, opening_deficit=30) == {None: 10, 1: 30}


def test_what_a_statement_bills_is_no_longer_pending() -> None:
    lines = [
        Line(january(5), Kind.OVERDRAWN, None, 1, -40),
        Line(january(31), Kind.BILLED, None, None, 40),
    ]
    assert pending_in(lines, {1}) == {None: 0}


def test_a_pending_credit_is_taken_off_again() -> None:
    lines = [Line(january(5), Kind.CREDITED, Credit(2), 2, 20)]
    assert pending_in(lines, {2}) == {Credit(2): -20}


@pytest.mark.parametrize(("valued", "state"), [(0, "ok"), (510, "ok"), (511, "low"), (600, "low"), (601, "over")])
def test_the_meter_is_low_below_fifteen_percent_and_over_below_nothing(valued: int, state: MeterState) -> None:
    assert meter_of([pack(1, 600)], [Entry(1, january(5), valued)]).state == state


def test_with_nothing_bought_the_meter_is_empty_until_something_is_used() -> None:
    assert meter_of([], []).state == "none"
    assert meter_of([], [Entry(1, january(5), 30)], pending={1}).state == "none"
    assert meter_of([], [Entry(1, january(5), 30)]).state == "over"


def test_pending_time_alone_does_not_make_the_meter_low_or_over() -> None:
    assert meter_of([pack(1, 600)], [Entry(1, january(5), 700)], pending={1}).state == "ok"


def test_a_postpaid_project_is_told_as_such() -> None:
    assert read([], {}, 90, {}, 0, january(31), postpaid=True).state == "postpaid"


@given(projects(), st.integers(0, 9), st.integers(0, 300), st.integers(0, 3))
def test_the_parts_make_the_whole_and_none_is_negative(
    project: Project, confirmed: int, committed: int, days_later: int
) -> None:
    # What was typed last is pending.
    pending = {entry.id for entry in project.entries if entry.id > confirmed}
    today = project.today + timedelta(days_later)
    ledger = walk(project.purchases, project.entries, today)
    in_pending = pending_in(ledger.lines, pending)
    meter = read([*project.purchases, *ledger.credits], ledger.left, ledger.deficit, in_pending, committed, today)

    assert meter.balance_minutes == ledger.balance
    assert meter.available_minutes == meter.balance_minutes - committed
    assert meter.purchased_minutes == meter.confirmed_minutes + meter.pending_minutes + meter.balance_minutes
    assert meter.left_minutes == meter.purchased_minutes - meter.used_minutes
    assert meter.confirmed_minutes >= 0


@given(projects())
def test_with_nothing_pending_left_is_the_balance(project: Project) -> None:
    ledger = walk(project.purchases, project.entries, project.today)
    purchases = [*project.purchases, *ledger.credits]
    meter = read(purchases, ledger.left, ledger.deficit, {}, 0, project.today)
    assert meter.left_minutes == meter.balance_minutes

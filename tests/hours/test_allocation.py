"""The ledger by worked cases, and the questions that the cases leave open."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from trackr.hours.allocation import (
    Credit,
    Entry,
    Kind,
    Ledger,
    Line,
    Purchase,
    PurchaseId,
    State,
    cover,
    drawn_by,
    walk,
)

CASES = json.loads((Path(__file__).parent / "cases" / "ledger.json").read_text(encoding="utf-8"))


NEW_YEAR = date(2026, 1, 1)
FEBRUARY = date(2026, 2, 1)


def january(day: int) -> date:
    return date(2026, 1, day)


def pack(number: int, minutes: int, day: date = NEW_YEAR, until: date | None = None) -> Purchase:
    return Purchase(number, minutes, bought_on=day, valid_from=day, expires_on=until)


def told(ledger: Ledger) -> list[tuple[str, int | Credit | None, int | None, int]]:
    return [(line.kind.value, line.purchase, line.entry, line.minutes) for line in ledger.lines]


def read_purchase(case: dict[str, Any]) -> Purchase:
    bought_on = date.fromisoformat(case["bought_on"])
    valid_from = date.fromisoformat(case.get("valid_from", case["bought_on"]))
    expires_on = date.fromisoformat(case["expires_on"]) if "expires_on" in case else None
    return Purchase(case["id"], case["minutes"], bought_on, valid_from, expires_on)


def read_entry(case: dict[str, Any]) -> Entry:
    return Entry(case["id"], date.fromisoformat(case["day"]), case["valued"], case.get("corrects"))


def as_written(purchase: int | Credit | None) -> int | str | None:
    return str(purchase) if isinstance(purchase, Credit) else purchase


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_worked_case(case: dict[str, Any]) -> None:
    ledger = walk(
        [read_purchase(each) for each in case["purchases"]],
        [read_entry(each) for each in case["entries"]],
        today=date.fromisoformat(case["today"]),
    )
    lines = [[str(it.day), it.kind, as_written(it.purchase), it.entry, it.minutes] for it in ledger.lines]
    assert lines == case["lines"]
    assert {str(purchase): minutes for purchase, minutes in ledger.left.items()} == case["left"]
    assert (ledger.deficit, ledger.balance) == (case["deficit"], case["balance"])


def test_a_project_without_packs_only_runs_up_a_deficit() -> None:
    ledger = walk([], [Entry(1, january(5), 45)], january(31))
    assert told(ledger) == [("overdrawn", None, 1, -45)]
    assert (ledger.deficit, ledger.balance) == (45, -45)


def test_an_entry_valued_at_nothing_leaves_no_line() -> None:
    assert walk([], [Entry(1, january(5), 0)], january(31)).lines == []


def test_packs_alike_are_drawn_by_the_day_they_were_bought_then_by_number() -> None:
    early, first, second = pack(3, 60, january(1)), pack(1, 60, january(2)), pack(2, 60, january(2))
    left: dict[PurchaseId, int] = {1: 60, 2: 60, 3: 60}
    assert cover([second, first, early], left, january(9), 150) == [(3, 60), (1, 60), (2, 30)]


def test_a_preview_tells_what_nothing_covers() -> None:
    assert cover([pack(1, 60)], {1: 10}, january(9), 45) == [(1, 10), (None, 35)]
    assert cover([pack(1, 60)], {1: 10}, january(9), 10) == [(1, 10)]
    assert cover([pack(1, 60, until=january(8))], {1: 10}, january(9), 45) == [(None, 45)]
    assert cover([], {}, january(9), 0) == []


def test_a_deficit_larger_than_the_next_pack_is_settled_by_the_one_after() -> None:
    packs = [pack(1, 60, january(10)), pack(2, 60, january(11))]
    ledger = walk(packs, [Entry(1, january(5), 100)], january(31))
    assert ledger.left == {1: 0, 2: 20}
    assert ledger.deficit == 0


def test_a_pack_valid_from_tomorrow_is_not_in_the_ledger_yet() -> None:
    assert walk([pack(1, 60, january(10))], [], today=january(9)).left == {}


def test_an_entry_dated_tomorrow_is_drawn_already() -> None:
    assert walk([pack(1, 60)], [Entry(1, january(10), 20)], today=january(9)).left == {1: 40}


def test_an_entry_dated_after_the_last_day_of_a_running_pack_does_not_draw_on_it() -> None:
    ledger = walk([pack(1, 60, until=january(9))], [Entry(1, january(10), 20)], today=january(9))
    assert (ledger.left, ledger.deficit) == ({1: 60}, 20)


def test_a_correction_dated_after_the_last_day_of_a_running_pack_becomes_a_credit() -> None:
    entries = [Entry(1, january(5), 60), Entry(2, january(10), -20, corrects=1)]
    ledger = walk([pack(1, 60, until=january(9))], entries, today=january(9))
    assert ledger.left == {1: 0, Credit(2): 20}


def test_two_corrections_of_an_entry_give_back_no_more_than_it_drew() -> None:
    entries = [Entry(1, january(5), 60), Entry(2, january(6), -40, corrects=1), Entry(3, january(7), -40, corrects=1)]
    ledger = walk([pack(1, 60)], entries, january(31))
    assert told(ledger)[2:] == [
        ("returned", 1, 2, 40),
        ("returned", 1, 3, 20),
        ("credited", Credit(3), 3, 20),
    ]


def test_what_a_later_pack_settled_comes_back_as_a_credit() -> None:
    entries = [Entry(1, january(5), 30), Entry(2, january(12), -30, corrects=1)]
    ledger = walk([pack(1, 60, january(10))], entries, january(31))
    assert ledger.left == {1: 30, Credit(2): 30}


def test_a_credit_is_drawn_like_a_pack_bought_on_its_day() -> None:
    entries = [
        Entry(1, january(5), 60),
        Entry(2, january(12), -20, corrects=1),
        Entry(3, january(12), 15),
        Entry(4, january(13), 25),
    ]
    ledger = walk([pack(1, 60, until=january(10)), pack(2, 60, january(13))], entries, january(31))
    assert told(ledger)[-4:] == [
        ("drawn", Credit(2), 3, -15),
        ("bought", 2, None, 60),
        ("drawn", Credit(2), 4, -5),
        ("drawn", 2, 4, -20),
    ]
    assert ledger.credits == [Purchase(Credit(2), 20, january(12), january(12))]


def test_a_correction_that_names_no_entry_pays_the_deficit_then_becomes_a_credit() -> None:
    entries = [Entry(1, january(5), 70), Entry(2, january(6), -30)]
    assert told(walk([pack(1, 60)], entries, january(31)))[-2:] == [
        ("returned", None, 2, 10),
        ("credited", Credit(2), 2, 20),
    ]


def test_what_was_closed_is_not_bought_again_and_corrections_still_find_it() -> None:
    closed = [Entry(1, january(5), 60), Entry(2, january(6), -10, corrects=1)]
    january_ledger = walk([pack(1, 90)], closed, today=FEBRUARY)
    ledger = walk(
        [pack(1, 90)],
        [Entry(3, FEBRUARY, -60, corrects=1)],
        today=FEBRUARY,
        opening=january_ledger.state,
        drawn_before=drawn_by(january_ledger.lines, closed),
    )
    assert told(ledger) == [("returned", 1, 3, 50), ("credited", Credit(3), 3, 10)]
    assert ledger.left == {1: 90, Credit(3): 10}


def test_a_correction_dated_before_what_it_corrects_has_given_back_all_the_same() -> None:
    entries = [Entry(1, january(20), 60), Entry(2, january(10), -40, corrects=1)]
    lines = [
        Line(january(10), Kind.RETURNED, 1, 2, 40),
        Line(january(20), Kind.DRAWN, 1, 1, -60),
    ]
    assert drawn_by(lines, entries) == {1: [(1, 20)]}


def test_an_entry_typed_after_its_month_was_closed_has_a_late_line() -> None:
    ledger = walk([pack(1, 60)], [Entry(9, january(20), 25)], date(2026, 2, 9), opening=State({1: 40}, 0))
    assert ledger.lines == [Line(january(20), Kind.DRAWN, 1, 9, -25)]
    assert ledger.left == {1: 15}


def test_a_late_entry_does_not_raise_what_has_expired_on_a_statement() -> None:
    packs = [pack(1, 60, until=january(25)), pack(2, 60, january(22))]
    ledger = walk(packs, [Entry(9, january(20), 25)], date(2026, 2, 9), opening=State({1: 0, 2: 60}, 0))
    assert told(ledger) == [("overdrawn", None, 9, -25), ("settled", 2, None, -25), ("settled", None, None, 25)]
    assert [line.day for line in ledger.lines] == [january(20), january(22), january(22)]


def test_a_pack_entered_after_its_month_was_closed_has_a_late_line() -> None:
    ledger = walk([pack(1, 60, january(20))], [], date(2026, 2, 9), opening=State({}, 15))
    assert [(line.day, line.minutes) for line in ledger.lines] == [
        (january(20), 60),
        (january(20), -15),
        (january(20), 15),
    ]


def test_a_pack_that_ran_out_on_the_last_closed_day_expires_afterwards() -> None:
    ledger = walk([pack(1, 60, until=january(31))], [], FEBRUARY, opening=State({1: 40}, 0), since=FEBRUARY)
    assert ledger.lines == [Line(january(31), Kind.EXPIRED, 1, None, -40)]


@pytest.mark.parametrize(("minutes", "until"), [(0, None), (-5, None), (60, date(2025, 12, 31))])
def test_a_purchase_of_nothing_or_over_before_it_begins_is_refused(minutes: int, until: date | None) -> None:
    with pytest.raises(ValueError, match="purchase 1"):
        pack(1, minutes, until=until)

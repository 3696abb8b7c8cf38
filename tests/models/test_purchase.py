"""Purchases: when their hours count, and what a new one settles."""

from datetime import date
from typing import Any

import pytest

from tests.clock import Clock
from tests.models.recomputed import assert_true, stored_lines
from tests.people import Cast
from trackr.models import Event, Line, Meter, Project, Purchase, ledger

TODAY, TOMORROW = date(2026, 3, 14), date(2026, 3, 15)


def kinds(project: Project) -> list[str]:
    return [kind for _, kind, *_ in stored_lines(project)]


def test_hours_count_from_the_day_they_were_bought(people: Cast) -> None:
    pack = people.pack(2)
    assert (pack.valid_from, pack.expires_on, pack.kind, pack.state) == (TODAY, None, "pack", "open")
    assert stored_lines(people.intranet) == [(TODAY, "bought", pack.id, None, 120)]
    assert Purchase.get().left_minutes == Meter.of(people.intranet).balance_minutes == 120


def test_a_new_purchase_settles_a_standing_deficit_at_once(people: Cast) -> None:
    people.entry(people.ticket(), 45, day=date(2026, 3, 13))
    assert Meter.of(people.intranet).over_since == date(2026, 3, 13)
    people.pack(1)
    assert kinds(people.intranet) == ["overdrawn", "bought", "settled", "settled"]
    stored = Meter.of(people.intranet)
    assert (stored.deficit_minutes, stored.balance_minutes, stored.over_since) == (0, 15, None)


@pytest.mark.parametrize("bought_on", [date(2026, 3, 1), TODAY])
def test_a_purchase_covers_the_work_since_its_first_day(bought_on: date, people: Cast) -> None:
    people.entry(people.ticket(), 45)
    people.pack(1, bought_on=bought_on)
    assert kinds(people.intranet) == ["bought", "drawn"]
    assert_true(people.intranet)


def test_a_purchase_valid_from_tomorrow_opens_tomorrow(people: Cast, clock: Clock) -> None:
    pack = people.pack(1, valid_from=TOMORROW)
    assert (kinds(people.intranet), pack.standing(TODAY)) == ([], "later")
    clock.set("2026-03-14 23:00")  # midnight in Paris
    assert ledger.settle(people.intranet)
    assert stored_lines(people.intranet) == [(TOMORROW, "bought", pack.id, None, 60)]


def test_a_purchase_expires_once_its_last_day_is_over(people: Cast, clock: Clock) -> None:
    pack = people.pack(1, expires_on=TODAY)
    clock.set("2026-03-14 22:59")
    assert not ledger.settle(people.intranet)
    clock.set("2026-03-14 23:00")
    assert ledger.settle(people.intranet)
    assert stored_lines(people.intranet)[1:] == [(TODAY, "expired", pack.id, None, -60)]


def test_a_purchase_entered_after_its_last_day_is_over_at_once(people: Cast) -> None:
    people.pack(1, bought_on=date(2026, 3, 1), expires_on=date(2026, 3, 10))
    assert kinds(people.intranet) == ["bought", "expired"]
    assert Meter.of(people.intranet).balance_minutes == 0


def test_a_gift_is_drawn_as_a_pack_is(people: Cast) -> None:
    gift = people.pack(1, kind="gift", reference="For the outage")
    people.entry(people.ticket(), 20)
    assert (Purchase.get().kind, Purchase.get().left_minutes) == ("gift", 40)
    assert stored_lines(people.intranet)[1][1:3] == ("drawn", gift.id)


def test_where_a_purchase_stands(people: Cast) -> None:
    pack = people.pack(1, expires_on=TOMORROW)
    assert [Purchase.get().standing(day) for day in (date(2026, 3, 13), TODAY, TOMORROW, date(2026, 3, 16))] == [
        "later", "open", "open", "expired",
    ]  # fmt: skip
    people.entry(people.ticket(), 60)
    assert Purchase.get_by_id(pack.id).standing(TODAY) == "used"


def test_the_newest_purchase_is_named_first(people: Cast) -> None:
    old, new = people.pack(1, bought_on=date(2026, 1, 1)), people.pack(1)
    assert Purchase.of(people.intranet) == [new, old]
    assert Purchase.of(people.shop) == []


def test_those_who_see_hours_are_told_of_new_ones(people: Cast) -> None:
    before = Project.get_by_id(people.intranet.id)
    people.pack(1)
    after = Project.get_by_id(people.intranet.id)
    assert after.meter_version == before.meter_version + 1
    assert after.client_version == before.client_version


def test_a_purchase_that_fails_midway_leaves_nothing(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: Any, **more: Any) -> None:
        raise RuntimeError("on purpose")

    monkeypatch.setattr(Event, "record", broken)
    with pytest.raises(RuntimeError, match="on purpose"):
        people.pack(1)
    assert Purchase.select().count() == Line.select().count() == Meter.of(people.intranet).balance_minutes == 0

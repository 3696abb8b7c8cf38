"""The meter as stored: what it says without adding anything up, and when it must be looked at again."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.clock import Clock
from tests.people import Cast
from trackr.models import Meter, ledger


def meter(people: Cast) -> Meter:
    return Meter.of(people.intranet)


def test_it_says_what_was_bought_used_and_left(people: Cast) -> None:
    people.pack(10, expires_on=date(2026, 12, 31))
    people.entry(people.ticket(), 90)
    reading = meter(people).reading()
    assert (reading.purchased_minutes, reading.used_minutes, reading.left_minutes) == (600, 90, 510)
    assert (reading.next_expiry_on, reading.state) == (date(2026, 12, 31), "ok")


def test_pending_time_is_named_apart_and_lowers_what_is_left_once_confirmed(people: Cast, clock: Clock) -> None:
    people.intranet.change(people.olive, review_hours=24)
    people.pack(10)
    people.entry(people.ticket(), 90)
    before = meter(people).reading()
    assert (before.used_minutes, before.pending_minutes, before.left_minutes) == (0, 90, 600)
    clock.forward(hours=25)
    ledger.settle(people.intranet)
    after = meter(people).reading()
    assert (after.used_minutes, after.pending_minutes, after.left_minutes) == (90, 0, 510)


@pytest.mark.parametrize("review", [0, 24])
def test_beyond_what_was_bought_it_says_how_much_and_since_when(review: int, people: Cast) -> None:
    people.intranet.change(people.olive, review_hours=review)
    people.pack(1, bought_on=date(2026, 3, 1))
    ticket = people.ticket()
    people.entry(ticket, 80, day=date(2026, 3, 10))
    people.entry(ticket, 10)
    assert (meter(people).deficit_minutes, meter(people).over_since) == (30, date(2026, 3, 10))
    assert meter(people).reading().state == ("ok" if review else "over")


def test_pending_time_beyond_one_pack_that_another_settles_adds_up(people: Cast) -> None:
    people.intranet.change(people.olive, review_hours=200)
    people.pack(1, bought_on=date(2026, 3, 1), expires_on=date(2026, 3, 9))
    people.entry(people.ticket(), 60, day=date(2026, 3, 11))
    people.pack(1, bought_on=date(2026, 3, 12))
    people.pack(2, bought_on=date(2026, 3, 13))
    reading = meter(people).reading()
    assert (reading.purchased_minutes, reading.confirmed_minutes, reading.pending_minutes) == (180, 0, 60)


def test_when_all_is_used_up_it_shows_the_same_pack_however_the_last_minutes_were_drawn(people: Cast) -> None:
    people.pack(2, bought_on=date(2026, 3, 1))
    people.pack(1, bought_on=date(2026, 3, 2), expires_on=date(2026, 3, 31))
    entry = people.entry(people.ticket(), 180)
    drawn = meter(people).reading()
    ledger.rewrite(people.intranet, entry.day)
    assert meter(people).reading() == drawn


def test_a_postpaid_project_has_no_end(people: Cast) -> None:
    people.intranet.change(people.olive, billing="postpaid")
    people.entry(people.ticket(), 90)
    reading = meter(people).reading()
    assert (reading.state, reading.used_minutes, meter(people).over_since) == ("postpaid", 90, None)


def test_it_is_stale_when_the_next_entry_is_confirmed_or_the_next_purchase_opens_or_ends(people: Cast) -> None:
    assert meter(people).stale_at is None
    people.pack(1, expires_on=date(2026, 3, 31))
    assert meter(people).stale_at == paris(2026, 3, 24), "a week before, everybody is warned"
    people.intranet.change(people.olive, warn_days="")
    people.pack(1, bought_on=date(2026, 3, 13), expires_on=date(2026, 4, 15))
    assert meter(people).stale_at == paris(2026, 4, 1)
    people.pack(1, valid_from=date(2026, 3, 29))
    assert meter(people).stale_at == paris(2026, 3, 29)
    people.intranet.change(people.olive, review_hours=48)
    ticket = people.ticket()
    assert people.entry(ticket).confirms_at == meter(people).stale_at
    people.entry(ticket, valued_minutes=0)
    assert not meter(people).is_stale()
    assert meter(people).is_stale(meter(people).stale_at)


def paris(year: int, month: int, day: int) -> datetime:
    """Midnight in Paris."""
    return datetime(year, month, day, tzinfo=ZoneInfo("Europe/Paris"))


def test_it_is_stale_when_a_purchase_ends_of_which_nothing_is_left_but_some_is_pending(
    people: Cast, clock: Clock
) -> None:
    people.intranet.change(people.olive, review_hours=72)
    people.pack(1, expires_on=date(2026, 3, 14))
    people.entry(people.ticket())
    people.pack(1, bought_on=date(2026, 3, 13))
    assert meter(people).purchased_minutes == 120
    assert meter(people).stale_at == paris(2026, 3, 15)
    clock.set("2026-03-14 23:00")
    ledger.settle(people.intranet)
    assert meter(people).purchased_minutes == 60
    assert not meter(people).is_stale()


def test_it_never_becomes_stale_when_nothing_is_awaited(people: Cast, clock: Clock) -> None:
    people.pack(1)
    people.entry(people.ticket())
    assert not meter(people).is_stale(clock.at + timedelta(days=5000))

"""Warnings: once for each purchase and threshold, and a person's putting away of one."""

from datetime import date

import pytest

from tests.clock import Clock
from tests.people import Cast
from trackr.models import Alert, Dismissal, Entry, Event, Meter, Purchase, Ticket, ledger


@pytest.fixture
def ticket(people: Cast) -> Ticket:
    return people.ticket()


def raised(purchase: Purchase | None = None) -> list[str]:
    """The thresholds of which people were warned, in order."""
    query = Alert.select(Alert.threshold).order_by(Alert.id)
    return [text for (text,) in (query.where(Alert.purchase == purchase) if purchase else query).tuples()]


def test_each_threshold_is_told_once(people: Cast, ticket: Ticket) -> None:
    people.pack(10)
    for spent, expected in ((449, []), (1, ["75%"]), (60, ["75%"]), (30, ["75%", "90%"]), (60, ["75%", "90%", "100%"])):
        people.entry(ticket, spent)
        assert raised() == expected
    people.entry(ticket, 500)
    assert len(raised()) == 3


def test_a_warning_is_an_event_that_staff_and_who_sees_hours_are_told_of(people: Cast, ticket: Ticket) -> None:
    pack = people.pack(1)
    people.entry(ticket, 50)
    event = Event.get(Event.kind == "alert.raised")
    assert event.details == {"purchase": pack.id, "threshold": "75%"}
    assert (event.client, event.actor) == (False, None)


def test_one_entry_may_come_to_several(people: Cast, ticket: Ticket) -> None:
    people.pack(1)
    people.entry(ticket, 90)
    assert sorted(raised()) == ["100%", "75%", "90%"]


def test_what_is_to_be_confirmed_is_not_used_yet(people: Cast, ticket: Ticket, clock: Clock) -> None:
    people.intranet.change(people.olive, review_hours=24)
    people.pack(1)
    people.entry(ticket, 50)
    assert raised() == []
    clock.forward(hours=25)
    ledger.settle(people.intranet)
    assert raised() == ["75%"]


def test_each_purchase_is_told_of_by_itself(people: Cast, ticket: Ticket) -> None:
    first, second = people.pack(1, expires_on=date(2026, 12, 31)), people.pack(1)
    people.entry(ticket, 110)
    assert (len(raised(first)), raised(second)) == (3, ["75%"])


def test_days_before_the_end_are_told_once(people: Cast, clock: Clock) -> None:
    people.pack(10, expires_on=date(2026, 4, 30))
    found = []
    for day in ("2026-03-30", "2026-03-31", "2026-04-10", "2026-04-23", "2026-04-30", "2026-05-01"):
        clock.set(f"{day} 09:00")
        ledger.settle(people.intranet)
        found.append(raised())
    assert found == [[], ["30d"], ["30d"], ["30d", "7d"], ["30d", "7d"], ["30d", "7d"]]


def test_a_pack_that_is_used_up_has_nothing_to_lose(people: Cast, ticket: Ticket, clock: Clock) -> None:
    people.pack(1, expires_on=date(2026, 4, 30))
    people.entry(ticket, 60)
    clock.set("2026-04-20 09:00")
    ledger.settle(people.intranet)
    assert not {"30d", "7d"} & set(raised())


def test_that_a_week_s_pack_ends_in_a_week_is_no_news(people: Cast) -> None:
    people.pack(1, expires_on=date(2026, 3, 21))
    assert raised() == []


def test_nobody_is_warned_in_a_project_that_is_archived_or_paid_afterwards(people: Cast, ticket: Ticket) -> None:
    people.pack(1)
    people.intranet.archive(people.olive)
    people.entry(ticket, 50)
    people.intranet.unarchive(people.olive)
    people.intranet.change(people.olive, billing="postpaid")
    people.entry(ticket, 5)
    assert raised() == []


def test_a_pack_that_a_change_refills_does_not_warn_twice(people: Cast, ticket: Ticket) -> None:
    people.pack(1)
    entry = people.entry(ticket, 50)
    for valued in (10, 55):
        entry.change(
            people.sam, spent_minutes=50, valued_minutes=valued, day=entry.day, note="", internal_note="", why="No"
        )
    assert raised() == ["75%", "90%"]


def test_a_pack_that_a_correction_refills_does_not_warn_twice(people: Cast, ticket: Ticket, clock: Clock) -> None:
    pack = people.pack(1)
    entry = people.entry(ticket, 50)
    clock.forward(days=1)
    ledger.close(people.intranet, entry.day)
    people.entry(ticket, 0, valued_minutes=-40, corrects=Entry.get_by_id(entry.id))
    assert Purchase.get_by_id(pack.id).left_minutes == 50
    assert not Alert.get().holds(people.intranet.today())
    people.entry(ticket, 40)
    assert raised() == ["75%"]


def test_other_thresholds_hold_from_the_next_look_on(people: Cast, ticket: Ticket) -> None:
    people.pack(10)
    people.entry(ticket, 330)
    people.intranet.change(people.olive, warn_percents="50", warn_days="")
    assert Meter.of(people.intranet).is_stale()
    ledger.settle(people.intranet)
    assert raised() == ["50%"]


def test_no_thresholds_no_warnings(people: Cast, ticket: Ticket) -> None:
    people.intranet.change(people.olive, warn_percents="", warn_days="")
    people.pack(1, expires_on=date(2026, 4, 1))
    people.entry(ticket, 90)
    assert raised() == []


def test_who_puts_a_warning_away_has_read_the_earlier_ones(people: Cast, ticket: Ticket) -> None:
    people.pack(1)
    people.entry(ticket, 50)
    people.entry(ticket, 5)
    first, second = Alert.select().order_by(Alert.id)
    for _ in range(2):
        Dismissal.put_away(second, people.claire)
    assert [each.alert for each in Dismissal.select()] == [first, second]
    Dismissal.put_away(second, people.sam)
    Dismissal.take_out(second, people.claire)
    assert {each.person.name for each in Dismissal.select()} == {"Sam Stone"}

"""Timers: one for each person and ticket, one that runs; what they ask after an absence; they never log."""

import threading
from datetime import timedelta

import pytest
from peewee import IntegrityError

from tests.clock import Clock
from tests.people import Cast
from trackr.db import database
from trackr.models import Entry, Event, Project, Ticket, Timer
from trackr.models.base import Refused, now


@pytest.fixture
def ticket(people: Cast) -> Ticket:
    return people.ticket()


@pytest.fixture
def timer(people: Cast, ticket: Ticket) -> Timer:
    """Sam's, just started, on a Saturday at 16:09."""
    return Timer.start(people.sam, ticket)


def stored(timer: Timer) -> Timer:
    return Timer.get_by_id(timer.id)


def test_it_counts_from_its_start(timer: Timer, clock: Clock) -> None:
    clock.forward(minutes=42, seconds=18)
    assert (timer.is_running, timer.elapsed(now()), timer.minutes(now())) == (True, 2538, 42)


@pytest.mark.parametrize(("seconds", "minutes"), [(0, 1), (29, 1), (89, 1), (90, 2), (3569, 59), (3570, 60)])
def test_it_is_rounded_to_the_nearest_minute_and_at_least_one(seconds: int, minutes: int, timer: Timer) -> None:
    assert timer.minutes(timer.started_at + timedelta(seconds=seconds)) == minutes


def test_parked_it_keeps_what_it_counted_and_goes_on_from_there(
    people: Cast, ticket: Ticket, timer: Timer, clock: Clock
) -> None:
    clock.forward(minutes=10)
    timer.park()
    clock.forward(hours=30)
    assert (timer.is_running, timer.elapsed(now())) == (False, 600)
    again = Timer.start(people.sam, ticket)
    clock.forward(minutes=5)
    assert (again.id, again.elapsed(now())) == (timer.id, 900)


def test_starting_another_parks_the_one_that_runs(people: Cast, timer: Timer, clock: Clock) -> None:
    clock.forward(minutes=10)
    other = Timer.start(people.sam, people.ticket())
    assert (stored(timer).is_running, stored(timer).seconds, stored(other).is_running) == (False, 600, True)


def test_started_twice_it_is_started_once(people: Cast, ticket: Ticket, timer: Timer, clock: Clock) -> None:
    clock.forward(minutes=10)
    assert Timer.start(people.sam, ticket).elapsed(now()) == 600
    assert Timer.select().count() == 1


def test_everybody_has_their_own(people: Cast, ticket: Ticket, timer: Timer) -> None:
    Timer.start(people.olive, ticket)
    assert stored(timer).is_running
    with pytest.raises(IntegrityError):
        Timer.create(person=people.sam, ticket=ticket)


def test_from_many_devices_at_once_one_runs_in_the_end(people: Cast) -> None:
    tickets = [people.ticket() for _ in range(6)]

    def start(ticket: Ticket) -> None:
        with database.connection_context():
            Timer.start(people.sam, ticket)

    threads = [threading.Thread(target=start, args=[ticket]) for ticket in [*tickets, *tickets]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (Timer.select().count(), Timer.select().where(Timer.started_at.is_null(False)).count()) == (6, 1)


def test_it_logs_nothing_and_tells_nobody(people: Cast, ticket: Ticket, timer: Timer, clock: Clock) -> None:
    before = Event.select().count(), Project.get_by_id(people.intranet.id).staff_version
    clock.forward(minutes=42)
    timer.park()
    Timer.discard(people.sam, ticket)
    assert (Event.select().count(), Project.get_by_id(people.intranet.id).staff_version) == before
    assert (Entry.select().count(), Timer.select().count()) == (0, 0)


def test_after_four_hours_without_a_sign_of_life_it_asks(timer: Timer, clock: Clock) -> None:
    clock.forward(hours=4)
    assert not timer.needs_asking(now())
    clock.forward(seconds=1)
    assert timer.needs_asking(now()) and timer.left_at(now()) == timer.started_at


def test_what_its_person_did_elsewhere_is_a_sign_of_life(people: Cast, timer: Timer, clock: Clock) -> None:
    clock.set("2026-03-14 17:00")
    people.comment(people.ticket(), people.olive)
    people.comment(people.ticket(), people.sam)
    clock.set("2026-03-14 20:00")
    assert not timer.needs_asking(now())
    clock.set("2026-03-14 21:30")
    assert timer.proposed_until(now()) == now() - timedelta(hours=4, minutes=30)


def test_over_midnight_where_the_project_is_it_asks(people: Cast, clock: Clock) -> None:
    clock.set("2026-03-14 21:30")  # 22:30 in Paris
    timer = Timer.start(people.sam, people.ticket())
    clock.set("2026-03-14 22:59")
    assert not timer.needs_asking(now())
    clock.set("2026-03-14 23:00")
    assert timer.needs_asking(now())


def test_it_proposes_the_evening_where_nothing_else_tells(people: Cast, timer: Timer, clock: Clock) -> None:
    clock.set("2026-03-15 08:00")
    until = timer.proposed_until(now())
    assert until and until.astimezone(people.intranet.zone).hour == 18
    timer.started_at += timedelta(hours=3)
    assert timer.proposed_until(now()) is None


def test_a_parked_one_never_asks(timer: Timer, clock: Clock) -> None:
    timer.park()
    clock.forward(days=3)
    assert not timer.needs_asking(now())


def test_it_is_not_parked_before_its_person_has_answered(timer: Timer, clock: Clock) -> None:
    clock.forward(hours=15)
    with pytest.raises(Refused, match="left"):
        timer.park()
    assert stored(timer).is_running


def test_kept_it_goes_on_and_does_not_ask_again(timer: Timer, clock: Clock) -> None:
    clock.forward(hours=15)
    timer.keep()
    clock.forward(hours=1)
    assert (timer.is_running, timer.needs_asking(now()), timer.minutes(now())) == (True, False, 16 * 60)


def test_trimmed_it_is_parked_with_what_was_work(timer: Timer, clock: Clock) -> None:
    clock.forward(hours=15)
    timer.trim(90)
    assert (stored(timer).is_running, stored(timer).seconds) == (False, 5400)


def test_it_is_not_trimmed_to_more_than_it_counted(timer: Timer, clock: Clock) -> None:
    clock.forward(minutes=42)
    with pytest.raises(Refused, match="more_than_counted") as refused:
        timer.trim(43)
    assert (refused.value.field, refused.value.minutes) == ("duration", 42)


def test_what_another_device_has_cleared_stays_cleared(people: Cast, ticket: Ticket, timer: Timer) -> None:
    Timer.discard(people.sam, ticket)
    for verb in (timer.park, timer.keep, lambda: timer.trim(1)):
        verb()
    assert Timer.select().count() == 0


def test_its_mark_changes_with_whatever_happens_to_it(people: Cast, ticket: Ticket, clock: Clock) -> None:
    marks = [Timer.mark(people.sam)]
    timer, other = Timer.start(people.sam, ticket), people.ticket()
    for verb in (timer.keep, lambda: Timer.start(people.sam, other), lambda: timer.trim(1), timer.delete_instance):
        marks.append(Timer.mark(people.sam))
        clock.forward(seconds=61)
        verb()
    assert marks[0] is None and len({*marks, Timer.mark(people.sam)}) == 6
    assert Timer.mark(people.olive) is None

"""A person's week as its page is told: the days that are shown, what they miss, and what was touched without time."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from tests.clock import Clock
from tests.people import Cast
from trackr.models import Membership, Person, Ticket
from trackr.reach import Reach, week

PARIS = ZoneInfo("Europe/Paris")
TODAY = date(2026, 3, 11)  # a Wednesday


@pytest.fixture(autouse=True)
def wednesday(clock: Clock) -> None:
    clock.set("2026-03-11 15:00")


def read(reader: Person, on: date = TODAY, person: Person | None = None) -> week.Week:
    return week.read(Reach(reader), week.Ask(person or reader, on, TODAY, PARIS))


def log(people: Cast, ticket: Ticket, spent: int, day: int, **more: int) -> None:
    people.entry(ticket, spent, day=date(2026, 3, day), **more)


def test_time_is_summed_by_ticket_and_day(people: Cast) -> None:
    one, other = people.ticket(title="One"), people.ticket(title="Other")
    log(people, one, 60, 9, valued_minutes=45)
    log(people, other, 20, 10)
    log(people, one, 30, 9, valued_minutes=0)
    found = read(people.sam)
    assert [(row.title, row.minutes, row.spent_minutes) for row in found.rows] == [
        ("One", {date(2026, 3, 9): 90}, 90),
        ("Other", {date(2026, 3, 10): 20}, 20),
    ]
    assert [(day.spent_minutes, day.valued_minutes) for day in found.days[:2]] == [(90, 45), (20, 20)]
    assert (found.spent_minutes, found.valued_minutes) == (110, 65)


def test_a_week_is_from_monday_to_sunday_and_somebodys_own(people: Cast) -> None:
    ticket = people.ticket()
    for day in (8, 9):
        log(people, ticket, day, day)
    people.entry(ticket, 60, people.olive, day=date(2026, 3, 9))
    assert [day.spent_minutes for day in read(people.sam).days] == [9, 0, 0, 0, 0]
    assert [day.spent_minutes for day in read(people.sam, date(2026, 3, 4)).days] == [0, 0, 0, 0, 0, 8]


def test_the_weekend_is_there_only_where_it_is_needed(people: Cast) -> None:
    log(people, people.ticket(), 10, 7)
    assert [len(read(people.sam, day).days) for day in (TODAY, date(2026, 3, 3), date(2026, 3, 15))] == [5, 6, 6]
    assert read(people.sam, date(2026, 3, 15)).chosen.day == date(2026, 3, 15)


def test_only_working_days_that_are_over_miss_something(people: Cast) -> None:
    ticket = people.ticket()
    log(people, ticket, 400, 9)
    log(people, ticket, 500, 10)
    log(people, ticket, 10, 7)
    assert [day.missing_minutes for day in read(people.sam).days] == [20, 0, 0, 0, 0]
    before = read(people.sam, date(2026, 3, 2))
    assert [day.missing_minutes for day in before.days] == [420, 420, 420, 420, 420, 0]
    assert len(before.gaps) == 5


def test_the_working_day_is_that_of_whose_week_it_is(people: Cast) -> None:
    people.sam.change(name="Sam", language="", day_minutes=60)
    monday = date(2026, 3, 2)
    assert [day.missing_minutes for day in read(people.olive, monday, people.sam).days] == [60] * 5
    people.sam.change(name="Sam", language="", day_minutes=0)
    assert read(people.olive, monday, people.sam).gaps == []


def test_what_was_touched_is_told_by_day_until_time_is_logged_on_that_day(people: Cast, clock: Clock) -> None:
    ticket, other = people.ticket(title="One"), people.ticket(title="Other")
    clock.set("2026-03-09 09:00")
    people.comment(ticket)
    people.comment(ticket, internal=True)
    people.comment(other, people.olive)
    clock.set("2026-03-09 23:30")  # Tuesday in Paris
    ticket.close(people.sam)
    other.change(people.sam, priority="high")
    log(people, other, 5, 10)
    days = read(people.sam).days
    assert [[(one.title, one.kinds) for one in day.touched] for day in days[:3]] == [
        [("One", ["comment.written", "note.written"])],
        [("One", ["ticket.closed"])],
        [],
    ]
    log(people, ticket, 5, 9)
    assert [len(day.touched) for day in read(people.sam).days[:2]] == [0, 1]


def test_logging_and_tidying_up_are_no_touch(people: Cast) -> None:
    ticket = people.ticket()
    entry = people.entry(ticket)
    entry.remove(people.sam)
    assert not any(day.touched for day in read(people.sam).days)


def test_who_is_limited_sees_what_is_in_their_projects(people: Cast) -> None:
    lee = people.person("lee", "staff", limited=True)
    ticket = people.ticket(title="Hidden")
    people.entry(ticket, 30, lee)
    people.comment(people.ticket(), lee)
    assert read(lee).rows == [] and not any(day.touched for day in read(lee).days)
    assert [row.title for row in read(people.olive, person=lee).rows] == ["Hidden"]
    Membership.create(project=people.intranet, person=lee)
    assert [row.title for row in read(lee).rows] == ["Hidden"] and read(lee).chosen.touched


def titles(person: Person, words: str) -> list[str]:
    return [ticket.title for ticket in week.find(Reach(person), words)]


def test_a_ticket_is_found_by_number_or_words(people: Cast) -> None:
    first, second = people.ticket(title="Form"), people.ticket(title="The form, 100 %")
    assert titles(people.sam, str(second.id)) == titles(people.sam, f"#{second.id} anything") == ["The form, 100 %"]
    assert titles(people.sam, "FORM") == ["Form"]  # exactly so, and not one of several
    assert titles(people.sam, "100 %") == titles(people.sam, "the f") == ["The form, 100 %"]
    assert len(titles(people.sam, "or")) == 2
    assert titles(people.sam, "") == titles(people.sam, "_") == titles(people.sam, "999") == []
    lee = people.person("lee", "staff", limited=True)
    assert titles(lee, str(first.id)) == titles(lee, "form") == [] == week.offered(Reach(lee))


def test_open_tickets_are_offered_ones_own_first(people: Cast) -> None:
    mine, other, closed = (people.ticket(title=title) for title in ("Mine", "Other", "Closed"))
    mine.change(people.olive, assignee=people.sam)
    closed.close(people.sam)
    assert week.offered(Reach(people.sam)) == [(mine.id, "Mine", "Intranet"), (other.id, "Other", "Intranet")]
    people.intranet.archive(people.olive)
    assert week.offered(Reach(people.sam)) == [] == week.find(Reach(people.sam), "Mine")

"""Opening hours: open time added to an instant, and counted between two."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trackr.hours.opening import BadSpans, NeverOpen, Opening, read_spans, read_week, show_spans, show_week

PARIS = ZoneInfo("Europe/Paris")
WEEKDAYS = read_week("9-12, 14-18;9-12, 14-18;9-12, 14-18;9-12, 14-18;9-12, 14-17;;")
WORK = Opening(PARIS, WEEKDAYS, frozenset({date(2026, 4, 6)}))  # Easter Monday
ALWAYS = Opening(PARIS, read_week("0-24;" * 6 + "0-24"))


def paris(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("since", "minutes", "due"),
    [
        ("2026-03-10 10:00", 60, "2026-03-10 11:00"),
        ("2026-03-10 11:30", 60, "2026-03-10 14:30"),  # over noon
        ("2026-03-10 10:00", 120, "2026-03-10 12:00"),  # at its end, not after the break
        ("2026-03-10 20:00", 30, "2026-03-11 09:30"),  # in the evening
        ("2026-03-13 16:30", 60, "2026-03-16 09:30"),  # over a weekend
        ("2026-04-03 16:59", 2, "2026-04-07 09:01"),  # over a day off too
        ("2026-03-10 09:00", 7 * 60 + 1, "2026-03-11 09:01"),
    ],
)
def test_so_much_open_time_later(since: str, minutes: int, due: str) -> None:
    found = WORK.add(paris(since), minutes)
    assert (found.tzinfo, found) == (UTC, paris(due))
    assert WORK.minutes_between(paris(since), found) == minutes


def test_the_clock_that_is_put_forward_or_back_makes_the_night_shorter_or_longer() -> None:
    assert ALWAYS.minutes_between(paris("2026-03-29 00:00"), paris("2026-03-30 00:00")) == 23 * 60
    assert ALWAYS.minutes_between(paris("2026-10-25 00:00"), paris("2026-10-26 00:00")) == 25 * 60
    assert ALWAYS.add(paris("2026-03-29 01:30"), 60) == paris("2026-03-29 03:30")
    night = Opening(PARIS, read_week(";;;;;;1-2:30, 2:30-2:45, 3-4"))
    assert night.minutes_between(paris("2026-03-29 00:00"), paris("2026-03-30 00:00")) == 2 * 60  # 2:00 to 3:00 is not
    assert WORK.add(paris("2026-03-27 16:00"), 120) == paris("2026-03-30 10:00")


def test_nothing_has_passed_between_an_instant_and_one_before_it() -> None:
    assert WORK.minutes_between(paris("2026-03-10 11:00"), paris("2026-03-10 10:00")) == 0


@pytest.mark.parametrize("week", [";;;;;;", "9-9:59;;;;;;"])
def test_a_week_that_is_next_to_never_open_is_refused(week: str) -> None:
    with pytest.raises(NeverOpen):
        Opening(PARIS, read_week(week))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("9-12, 14-18", "9:00-12:00, 14:00-18:00"), ("14h30 – 18h;9h–12h30", "9:00-12:30, 14:30-18:00"),
        (" 0:00 - 24:00 ", "0:00-24:00"), ("8.30-12", "8:30-12:00"), ("", ""), (" , ", ""),
    ],
)  # fmt: skip
def test_the_hours_of_a_day_are_read_as_people_write_them(typed: str, shown: str) -> None:
    assert show_spans(read_spans(typed)) == shown


@pytest.mark.parametrize(
    "typed", ["9", "9-", "12-9", "9-9", "9-25", "9:60-12", "24:30-25", "9-12, 11-13", "nine to five", "9-12 14-18",
              "1-2,3-4,5-6,7-8,9-10,11-12,13-14", "-9-12", "٩-12"]
)  # fmt: skip
def test_what_is_no_hours_is_refused(typed: str) -> None:
    with pytest.raises(BadSpans):
        read_spans(typed)


SPANS = st.lists(st.integers(0, 24 * 4), max_size=6, unique=True).map(
    lambda quarters: tuple((begin * 15, end * 15) for begin, end in zip(*[iter(sorted(quarters))] * 2, strict=False))
)
WEEKS = st.tuples(*[SPANS] * 7).filter(lambda week: sum(end - begin for day in week for begin, end in day) >= 60)
ZONES = st.sampled_from(["Europe/Paris", "UTC", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"])
# Around the days on which clocks are put forward and back.
INSTANTS = st.builds(
    lambda day, minute: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day, minutes=minute),
    st.sampled_from([66, 86, 92, 95, 276, 297, 304]),
    st.integers(0, 3 * 24 * 60),
)
OPENINGS = st.builds(
    lambda zone, week, off: Opening(
        ZoneInfo(zone), week, frozenset(date(2026, 3, 28) + timedelta(days=n) for n in off)
    ),
    ZONES,
    WEEKS,
    st.sets(st.integers(0, 9), max_size=3),
)


@given(OPENINGS, INSTANTS, st.integers(1, 3000))
def test_what_was_added_lies_between(opening: Opening, at: datetime, minutes: int) -> None:
    due = opening.add(at, minutes)
    assert opening.minutes_between(at, due) == minutes
    assert opening.minutes_between(at, due - timedelta(seconds=1)) == minutes - 1


@given(OPENINGS, INSTANTS, st.integers(1, 900), st.integers(1, 900))
def test_adding_twice_is_adding_at_once(opening: Opening, at: datetime, first: int, then: int) -> None:
    assert opening.add(opening.add(at, first), then) == opening.add(at, first + then)


@given(OPENINGS, INSTANTS, st.integers(0, 4 * 24 * 60), st.integers(0, 4 * 24 * 60))
def test_open_time_adds_up_and_is_never_longer_than_time(opening: Opening, at: datetime, first: int, then: int) -> None:
    middle, last = at + timedelta(minutes=first), at + timedelta(minutes=first + then)
    parts = opening.minutes_between(at, middle), opening.minutes_between(middle, last)
    assert sum(parts) == opening.minutes_between(at, last) and parts[0] <= first and parts[1] <= then


@given(WEEKS)
def test_a_week_is_read_as_it_was_written(week: tuple[tuple[tuple[int, int], ...], ...]) -> None:
    assert read_week(show_week(week)) == week

"""Random projects: a few packs and a year of entries, crowded enough that they meet, run out and expire."""

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from trackr.hours.allocation import Entry, Purchase

FIRST_DAY = date(2026, 1, 1)


@dataclass(frozen=True)
class Project:
    purchases: list[Purchase]
    entries: list[Entry]
    today: date


def days(longest: int = 40) -> st.SearchStrategy[date]:
    return st.integers(0, longest).map(lambda number: FIRST_DAY + timedelta(number))


@st.composite
def purchases(draw: st.DrawFn, number: int) -> Purchase:
    valid_from = draw(days())
    return Purchase(
        id=number,
        minutes=draw(st.integers(1, 120)),
        bought_on=draw(st.just(valid_from) | days()),
        valid_from=valid_from,
        expires_on=draw(st.none() | st.integers(0, 20).map(lambda length: valid_from + timedelta(length))),
    )


@st.composite
def entries(draw: st.DrawFn, number: int, corrections: bool) -> Entry:
    if corrections and number > 1 and draw(st.booleans()):
        return Entry(number, draw(days()), -draw(st.integers(1, 90)), corrects=draw(st.integers(1, number - 1)))
    return Entry(number, draw(days()), draw(st.integers(0, 90)))


@st.composite
def projects(draw: st.DrawFn, corrections: bool = True) -> Project:
    return Project(
        purchases=[draw(purchases(number)) for number in range(1, 1 + draw(st.integers(0, 5)))],
        entries=[draw(entries(number, corrections)) for number in range(1, 1 + draw(st.integers(0, 8)))],
        today=draw(days()),
    )

"""The ledger as stored equals one worked out anew, whatever was typed, in whatever order, and as time passes."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.clock import Clock
from tests.models.recomputed import assert_true, stored_lines
from tests.people import Cast
from trackr.models import Entry, Meter, Purchase, Ticket, ledger

CASES = json.loads((Path(__file__).parents[1] / "hours" / "cases" / "ledger.json").read_text(encoding="utf-8"))
PLAYABLE = [case for case in CASES if not any("corrects" in entry for entry in case["entries"])]

playable = pytest.mark.parametrize("case", PLAYABLE, ids=[case["why"] for case in PLAYABLE])


class Play:
    """A case typed in through the models; what is stored is told with the case's own numbers."""

    def __init__(self, people: Cast) -> None:
        self.people = people
        self.project = people.intranet
        self.ticket = people.ticket()
        self.purchases: dict[int, int] = {}  # stored id to the case's
        self.entries: dict[int, int] = {}

    def type(self, event: dict[str, Any]) -> None:
        if "bought_on" in event:
            days = {name: day(event[name]) for name in ("bought_on", "valid_from", "expires_on") if name in event}
            purchase = Purchase.add(self.project, self.people.olive, minutes=event["minutes"], **days)
            self.purchases[purchase.id] = event["id"]
        else:
            valued = event["valued"]
            entry = self.people.entry(self.ticket, valued, valued_minutes=valued, day=day(event["day"]))
            self.entries[entry.id] = event["id"]

    def assert_told(self, case: dict[str, Any]) -> None:
        lines = [
            [str(on), kind, self.purchases.get(purchase), self.entries.get(entry), minutes]
            for on, kind, purchase, entry, minutes in stored_lines(self.project)
        ]
        assert lines == case["lines"]
        left = {str(self.purchases[row.id]): row.left_minutes for row in Purchase.select()}
        stored = Meter.of(self.project)
        assert (left, stored.deficit_minutes, stored.balance_minutes) == (case["left"], case["deficit"], case["balance"])


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_most_of_the_worked_cases_are_played() -> None:
    assert len(PLAYABLE) >= 8


@playable
@pytest.mark.parametrize("seed", range(4))
def test_a_worked_case_typed_in_any_order_on_its_last_day(
    case: dict[str, Any], seed: int, people: Cast, clock: Clock
) -> None:
    clock.set(f"{case['today']} 11:00")
    play, events = Play(people), [*case["purchases"], *case["entries"]]
    Random(seed).shuffle(events)
    for event in events:
        play.type(event)
    play.assert_told(case)
    assert_true(people.intranet)


@playable
def test_a_worked_case_typed_as_it_happens(case: dict[str, Any], people: Cast, clock: Clock) -> None:
    play, events = Play(people), [*case["purchases"], *case["entries"]]
    for event in sorted(events, key=lambda event: event.get("bought_on", event.get("day"))):
        clock.set(f"{event.get('bought_on', event.get('day'))} 11:00")
        play.type(event)
        assert_true(people.intranet)
    clock.set(f"{case['today']} 11:00")
    ledger.settle(people.intranet)
    play.assert_told(case)
    assert_true(people.intranet)


class Year:
    """A year in which much is typed late, mended, and taken back, and packs are entered after they began."""

    def __init__(self, people: Cast, clock: Clock, random: Random) -> None:
        self.people, self.clock, self.random = people, clock, random
        self.project = people.intranet
        self.tickets = [people.ticket(title=f"Ticket {number}") for number in range(5)]

    def events(self, count: int) -> Iterator[int]:
        verbs = [self.log] * 12 + [self.change] * 3 + [self.remove] * 2 + [self.buy] * 2 + [self.set_review, self.set_project]
        for number in range(1, count + 1):
            self.clock.forward(hours=self.random.uniform(0, 2 * 365 * 24 / count))
            self.random.choice(verbs)()
            yield number

    def log(self) -> None:
        valued = self.random.choice((None, 0, self.random.randint(1, 240)))
        spent = self.random.randint(1, 240)
        Entry.log(self.ticket(), self.people.sam, spent_minutes=spent, valued_minutes=valued, day=self.past_day())

    def change(self) -> None:
        if entry := self.entry():
            valued, on = self.random.randint(0, 240), self.random.choice((entry.day, self.past_day()))
            entry.change(
                self.people.sam, spent_minutes=entry.spent_minutes, valued_minutes=valued, day=on, note="", internal_note=""
            )

    def remove(self) -> None:
        if entry := self.entry():
            entry.remove(self.people.olive)

    def buy(self) -> None:
        bought_on = self.past_day()
        valid_from = bought_on + timedelta(self.random.choice((0, 0, 5, 40)))
        expires_on = self.random.choice((None, valid_from + timedelta(self.random.randint(0, 90))))
        minutes = self.random.choice((self.random.randint(10, 120), self.random.randint(60, 1200)))
        Purchase.add(
            self.project, self.people.olive, minutes=minutes, bought_on=bought_on, valid_from=valid_from,
            expires_on=expires_on,
        )  # fmt: skip

    def set_review(self) -> None:
        self.project.change(self.people.olive, review_hours=self.random.choice((0, 0, 24, 100, 400)))
        self.tickets = list(Ticket.select())

    def set_project(self) -> None:
        zone = self.random.choice(("Europe/Paris", "Pacific/Auckland", "America/Los_Angeles"))
        self.project.change(self.people.olive, timezone=zone, billing=self.random.choice(("prepaid", "postpaid")))
        self.tickets = list(Ticket.select())

    def entry(self) -> Entry | None:
        found = list(Entry.select())
        return self.random.choice(found) if found else None

    def ticket(self) -> Any:
        return self.random.choice(self.tickets)

    def past_day(self) -> date:
        return self.project.today() - timedelta(self.random.choice((0, 0, 0, 1, 2, 7, self.random.randint(0, 60))))


@pytest.mark.parametrize("seed", range(3))
def test_a_year_of_changes_leaves_the_ledger_true(seed: int, people: Cast, clock: Clock) -> None:
    for number in Year(people, clock, Random(seed)).events(300):
        if number % 25 == 0:
            ledger.settle(people.intranet)
            assert_true(people.intranet)

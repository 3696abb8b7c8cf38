"""The ledger as stored equals one worked out anew, whatever was typed, in whatever order, and as time passes."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from random import Random
from threading import Barrier
from typing import Any

import pytest

from tests.clock import Clock
from tests.models.recomputed import assert_true, stored_lines
from tests.people import Cast
from trackr.db import database
from trackr.hours.allocation import Credit, PurchaseId
from trackr.models import Entry, Event, Line, Meter, Project, Purchase, Ticket, ledger
from trackr.models.preview import Preview
from trackr.models.preview import preview as preview_of

CASES = json.loads((Path(__file__).parents[1] / "hours" / "cases" / "ledger.json").read_text(encoding="utf-8"))

each_case = pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])


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
            valued, corrected = event["valued"], self.close_with(event.get("corrects"))
            more = {"valued_minutes": valued, "day": day(event["day"]), "corrects": corrected}
            entry = self.people.entry(self.ticket, abs(valued), **more)
            self.entries[entry.id] = event["id"]

    def close_with(self, number: int | None) -> Entry | None:
        """The entry that the case corrects: what is open is changed, so its day is closed first, which says no more."""
        if number is None:
            return None
        (entry,) = (Entry.get_by_id(stored) for stored, told in self.entries.items() if told == number)
        ledger.close(self.project, entry.day)
        return Entry.get_by_id(entry.id)

    def told(self, purchase: PurchaseId | None) -> int | str | None:
        if isinstance(purchase, Credit):
            return str(Credit(self.entries[purchase.entry]))
        return None if purchase is None else self.purchases[purchase]

    def assert_told(self, case: dict[str, Any]) -> None:
        lines = [
            [str(on), kind, self.told(purchase), self.entries.get(entry), minutes]
            for on, kind, purchase, entry, minutes in stored_lines(self.project)
        ]
        assert lines == case["lines"]
        left = {str(self.told(row.key)): row.left_minutes for row in Purchase.select()}
        stored = Meter.of(self.project)
        assert (left, stored.deficit_minutes, stored.balance_minutes) == (
            case["left"],
            case["deficit"],
            case["balance"],
        )


def day(text: str) -> date:
    return date.fromisoformat(text)


@each_case
@pytest.mark.parametrize("seed", range(4))
def test_a_worked_case_typed_in_any_order_on_its_last_day(
    case: dict[str, Any], seed: int, people: Cast, clock: Clock
) -> None:
    clock.set(f"{case['today']} 11:00")
    play, events = Play(people), [*case["purchases"], *case["entries"]]
    Random(seed).shuffle(events)
    events.sort(key=lambda event: "corrects" in event)  # once what it corrects is on a statement
    for event in events:
        play.type(event)
    play.assert_told(case)
    assert_true(people.intranet)


@each_case
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
        verbs = (
            [self.log] * 12
            + [self.change] * 3
            + [self.remove] * 2
            + [self.buy] * 2
            + [self.set_review, self.set_project]
        )
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
                self.people.sam,
                spent_minutes=entry.spent_minutes,
                valued_minutes=valued,
                day=on,
                note="",
                internal_note="",
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


def settled(people: Cast) -> int:
    return Event.select().where((Event.project == people.intranet) & (Event.kind == "meter.settled")).count()


def kinds(people: Cast) -> list[str]:
    return [kind for _, kind, *_ in stored_lines(people.intranet)]


def test_pending_time_is_confirmed_when_its_review_is_over(people: Cast, clock: Clock) -> None:
    people.intranet.change(people.olive, review_hours=24)
    people.pack(10)
    people.entry(people.ticket(), 45)
    assert figures(people) == (0, 45, 555)
    clock.forward(hours=24, minutes=1)
    assert [ledger.settle(people.intranet) for _ in range(2)] == [True, False]
    assert (figures(people), settled(people)) == ((45, 0, 555), 1)
    assert_true(people.intranet)


def figures(people: Cast) -> tuple[int, int, int]:
    stored = Meter.of(people.intranet)
    return stored.confirmed_minutes, stored.pending_minutes, stored.balance_minutes


def test_a_purchase_opens_once_and_expires_once(people: Cast, clock: Clock) -> None:
    people.pack(1, valid_from=day("2026-03-20"), expires_on=day("2026-03-21"))
    told = []
    for _ in range(10 * 24):
        clock.forward(hours=1)
        if ledger.settle(people.intranet):
            told.append(f"{clock.at:%d %H}")
        assert not ledger.settle(people.intranet)
    assert told == ["19 23", "21 23"]  # in UTC: midnight in Paris has just passed
    assert (kinds(people), settled(people)) == (["bought", "expired"], 2)


def test_what_was_missed_while_nobody_came_is_made_up_for_at_once(people: Cast, clock: Clock) -> None:
    people.pack(1, expires_on=day("2026-03-20"))
    people.pack(2, valid_from=day("2026-04-01"), expires_on=day("2026-04-30"))
    people.pack(3, valid_from=day("2026-05-01"))
    clock.set("2026-05-04 08:00")
    assert [ledger.settle(people.intranet) for _ in range(2)] == [True, False]
    assert kinds(people) == ["bought", "expired", "bought", "expired", "bought"]
    assert_true(people.intranet)


def test_those_who_settle_at_the_same_time_do_it_once(people: Cast, clock: Clock) -> None:
    people.pack(1, expires_on=people.intranet.today())
    clock.forward(days=1)
    start = Barrier(4)

    def settle(_: int) -> bool:
        start.wait()
        with database.connection_context():
            return ledger.settle(people.intranet)

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(settle, range(4))) == [False, False, False, True]
    assert (kinds(people), settled(people)) == (["bought", "expired"], 1)


def test_a_project_at_rest_has_nothing_to_settle(people: Cast, clock: Clock) -> None:
    people.pack(1)
    people.entry(people.ticket(), 30)
    clock.forward(days=400)
    assert not ledger.settle(people.intranet)
    assert settled(people) == 0


def test_a_purchase_that_was_used_up_expires_without_a_word(people: Cast, clock: Clock) -> None:
    people.pack(1, expires_on=people.intranet.today())
    people.entry(people.ticket(), 60)
    clock.forward(days=1)
    assert not ledger.settle(people.intranet)
    assert (kinds(people), settled(people)) == (["bought", "drawn"], 0)


def test_only_staff_are_told_when_time_valued_at_nothing_is_confirmed(people: Cast, clock: Clock) -> None:
    people.intranet.change(people.olive, review_hours=24)
    people.entry(people.ticket(), 45, valued_minutes=0)
    before = Project.get_by_id(people.intranet.id)
    clock.forward(hours=25)
    assert ledger.settle(people.intranet)
    after = Project.get_by_id(people.intranet.id)
    assert after.staff_version > before.staff_version
    assert (after.client_version, after.meter_version) == (before.client_version, before.meter_version)


def test_a_project_that_moves_to_an_earlier_day_has_its_hours_back(people: Cast, clock: Clock) -> None:
    people.intranet.change(people.olive, timezone="Pacific/Auckland")
    people.pack(1, bought_on=day("2026-03-01"), expires_on=day("2026-03-14"))
    clock.set("2026-03-14 12:00")  # the 15th in Auckland
    ledger.settle(people.intranet)
    assert kinds(people) == ["bought", "expired"]
    people.intranet.change(people.olive, timezone="Europe/Paris")
    ledger.settle(people.intranet)
    assert kinds(people) == ["bought"]
    assert_true(people.intranet)


def told(preview: Preview) -> list[tuple[int | None, int, bool]]:
    return [(purchase.id if purchase else None, minutes, used_up) for purchase, minutes, used_up in preview.draws]


def test_a_preview_says_where_an_entry_will_go(people: Cast) -> None:
    small, large = people.pack(1, bought_on=day("2026-03-01")), people.pack(2)
    preview = preview_of(people.intranet, people.intranet.today(), 200)
    assert told(preview) == [(small.id, 60, True), (large.id, 120, True), (None, 20, False)]
    assert kinds(people) == ["bought", "bought"]


def test_a_preview_for_an_earlier_day_knows_what_was_left_then(people: Cast) -> None:
    over = people.pack(1, bought_on=day("2026-01-01"), expires_on=day("2026-01-31"))
    people.pack(1, bought_on=day("2026-02-01"))
    assert told(preview_of(people.intranet, day("2026-01-20"), 45)) == [(over.id, 45, False)]
    assert told(preview_of(people.intranet, day("2026-01-20"), 80)) == [(over.id, 60, True), (None, 20, False)]


def test_a_preview_leaves_out_the_entry_that_is_being_mended(people: Cast) -> None:
    pack = people.pack(1)
    entry = people.entry(people.ticket(), 50)
    today = people.intranet.today()
    assert told(preview_of(people.intranet, today, 30)) == [(pack.id, 10, True), (None, 20, False)]
    assert told(preview_of(people.intranet, today, 30, besides=entry)) == [(pack.id, 30, False)]


def test_a_preview_tells_what_a_correction_would_give_back_and_what_becomes_a_credit(people: Cast) -> None:
    january = people.pack(1, bought_on=day("2026-01-01"), expires_on=day("2026-01-31"))
    february = people.pack(1, bought_on=day("2026-02-01"))
    ticket, today = people.ticket(), people.intranet.today()
    old, new = people.entry(ticket, 60, day=day("2026-01-20")), people.entry(ticket, 60, day=day("2026-02-20"))
    ledger.close(people.intranet, day("2026-02-28"))
    old, new = Entry.get_by_id(old.id), Entry.get_by_id(new.id)
    assert told(preview_of(people.intranet, today, -45, corrects=new)) == [(february.id, -45, False)]
    credit, minutes, _ = preview_of(people.intranet, today, -45, corrects=old).draws[0]
    assert credit is not None and (credit.is_credit, credit.id, minutes) == (True, None, -45)
    people.entry(ticket, 20)
    assert told(preview_of(people.intranet, today, -30, corrects=old)) == [(None, -20, False), (None, -10, False)]
    assert Purchase.select().count() == 2 and january.minutes == 60


def test_a_preview_says_by_how_much_more_would_be_over(people: Cast) -> None:
    people.pack(1, bought_on=day("2026-03-01"))
    ticket, today = people.ticket(), people.intranet.today()
    entry = people.entry(ticket, 90)
    assert preview_of(people.intranet, today, 10).over_minutes == 10
    assert preview_of(people.intranet, today, 100, besides=entry).over_minutes == 10
    late = preview_of(people.intranet, day("2026-03-02"), 10)
    assert told(late)[0][1] == 10 and late.over_minutes == 10


@pytest.mark.parametrize("seed", range(2))
def test_an_entry_goes_where_the_preview_said(seed: int, people: Cast, clock: Clock) -> None:
    year = Year(people, clock, Random(seed))
    for _ in year.events(60):
        ledger.settle(people.intranet)
        on, minutes = year.past_day(), year.random.randint(1, 300)
        preview = told(preview_of(people.intranet, on, minutes))
        entry = people.entry(Ticket.get(), minutes, valued_minutes=minutes, day=on)
        lines = Line.select(Line.purchase, Line.minutes).where(Line.entry == entry).order_by(Line.sequence).tuples()
        assert [(purchase, -drawn) for purchase, drawn in lines] == [draw[:2] for draw in preview]

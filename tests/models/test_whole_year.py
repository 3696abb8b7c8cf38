"""A year of everything, typed in any order, gives the ledger of a slow recomputation that knows no store."""

from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from dataclasses import astuple
from datetime import date, timedelta
from random import Random

import pytest

from tests.clock import Clock
from tests.hours.slow_ledger import Move, SlowLedger
from tests.models.recomputed import assert_true
from tests.people import Cast
from trackr.db import database
from trackr.doctor import Verdict, hours
from trackr.hours import allocation
from trackr.hours.allocation import Credit, PurchaseId
from trackr.hours.document import Document
from trackr.models import Entry, Line, Meter, Purchase, Statement, Ticket, ledger

DAY = timedelta(days=1)


class Books:
    """What was typed, as somebody would note it beside the program; closed months are worked out at once."""

    def __init__(self) -> None:
        self.entries: dict[int, allocation.Entry] = {}
        self.purchases: dict[int, allocation.Purchase] = {}
        self.slow = SlowLedger()
        self.given: dict[int, int] = {}  # by closed entry: minutes that can still be given back
        self.left: Counter[PurchaseId | None] = Counter()  # after the last statement; None: the deficit, below 0

    def close(self, through: date, bills: bool) -> list[Move]:
        taken = [entry for entry in self.entries.values() if entry.day <= through]
        bought = [purchase for purchase in self.purchases.values() if purchase.valid_from <= through]
        for entry in taken:
            del self.entries[entry.id]
            if entry.valued_minutes > 0:
                self.given[entry.id] = entry.valued_minutes
        lines = self.slow.period(bought, taken, through + DAY)
        return lines + (self.slow.bill(through) if bills else [])

    def told(self, moves: list[Move]) -> tuple[list[int], dict[PurchaseId, tuple[int, int]]]:
        """The figures of a statement with those lines: opening to closing, and of each pack what it had and has."""
        had, kinds = self.left.copy(), Counter[str]()
        for _, kind, purchase, _, minutes in moves:
            self.left[purchase] += minutes
            kinds[kind] += minutes
        credited, consumed = kinds["returned"] + kinds["credited"], -kinds["drawn"] - kinds["overdrawn"]
        came = [kinds["bought"], credited, kinds["billed"]]
        figures = [had.total(), *came, consumed, -kinds["expired"], self.left.total()]
        moved = {purchase for _, _, purchase, _, _ in moves}
        packs = {one: (had[one], self.left[one]) for one in self.left if one and (had[one] or one in moved)}
        return figures, packs

    def open_part(self, today: date) -> tuple[list[Move], SlowLedger]:
        slow = deepcopy(self.slow)
        return slow.period(self.purchases.values(), self.entries.values(), today), slow


class Year:
    """What people do in it, and the books beside."""

    def __init__(self, people: Cast, clock: Clock, random: Random, **settings: object) -> None:
        self.people, self.clock, self.random, self.books = people, clock, random, Books()
        people.intranet.change(people.olive, **settings)
        self.project = people.intranet
        self.tickets = [people.ticket(title=f"Ticket {number}") for number in range(5)]

    def pass_by(self, days: int, events: int) -> None:
        verbs: list[Callable[[], None]] = [self.log] * 11 + [self.change] * 3 + [self.remove] * 2 + [self.correct] * 2
        verbs += [self.buy] * 2
        for _ in range(events):
            self.clock.forward(hours=self.random.uniform(0, 2 * days * 24 / events))
            if self.random.random() < days / 10 / events:
                self.close()
            self.random.choice(verbs)()

    def log(self) -> None:
        day, valued = self.past_day(), self.random.choice((0, *range(5, 45, 5)))
        entry = self.people.entry(self.random.choice(self.tickets), valued or 7, valued_minutes=valued, day=day)
        self.books.entries[entry.id] = allocation.Entry(entry.id, day, valued)

    def correct(self) -> None:
        if self.books.given:
            number, minutes = self.random.choice(list(self.books.given.items()))
            back, day, corrected = self.random.randint(1, minutes), self.past_day(), Entry.get_by_id(number)
            entry = self.people.entry(corrected.ticket, 0, valued_minutes=-back, day=day, corrects=corrected)
            self.books.entries[entry.id] = allocation.Entry(entry.id, day, -back, number)
            self.give(number, -back)

    def give(self, number: int, minutes: int) -> None:
        self.books.given[number] = self.books.given.get(number, 0) + minutes
        if not self.books.given[number]:
            del self.books.given[number]

    def change(self) -> None:
        if self.books.entries:
            was = self.random.choice(list(self.books.entries.values()))
            day, valued = self.random.choice((was.day, self.past_day())), self.random.randrange(0, 45, 5)
            if was.corrects:
                valued = -self.random.randint(1, self.books.given.get(was.corrects, 0) - was.valued_minutes)
                self.give(was.corrects, valued - was.valued_minutes)
            entry = Entry.get_by_id(was.id)
            figures = {"spent_minutes": 9, "valued_minutes": valued, "day": day}
            entry.change(self.people.sam, **figures, note="", internal_note="")
            self.books.entries[was.id] = allocation.Entry(was.id, day, valued, was.corrects)

    def remove(self) -> None:
        if self.books.entries:
            was = self.books.entries.pop(self.random.choice(list(self.books.entries)))
            Entry.get_by_id(was.id).remove(self.people.olive)
            if was.corrects:
                self.give(was.corrects, -was.valued_minutes)

    def buy(self) -> None:
        bought_on = self.past_day()
        valid_from = bought_on + self.random.choice((0, 0, 5, 40)) * DAY
        expires_on = self.random.choice((None, valid_from + self.random.randint(0, 90) * DAY))
        minutes = self.random.choice((self.random.randint(10, 60), self.random.randint(60, 600)))
        kind, days = self.random.choice(("pack", "gift")), {"valid_from": valid_from, "expires_on": expires_on}
        row = Purchase.add(self.project, self.people.olive, minutes=minutes, bought_on=bought_on, kind=kind, **days)
        self.books.purchases[row.id] = allocation.Purchase(row.id, minutes, bought_on, valid_from, expires_on)

    def close(self) -> None:
        """The months that are over and still open: all of them, or all but the last."""
        today, closed = self.project.today(), Statement.closed_through(self.project)
        through = last_of_month(today, self.random.choice((0, 1)))
        if closed is None or closed < through:
            statement = ledger.close(self.project, through, self.people.olive)
            moves = self.books.close(through, self.project.bills_deficit)
            assert lines_of(statement) == moves
            assert figures_of(statement) == self.books.told(moves)

    def past_day(self) -> date:
        return self.project.today() - self.random.choice((0, 0, 0, 1, 2, 7, self.random.randint(-3, 40))) * DAY

    def assert_as_in_the_books(self) -> None:
        ledger.settle(self.project)
        lines, slow = self.books.open_part(self.project.today())
        assert lines_of(None) == lines
        left = {purchase.key: purchase.left_minutes for purchase in Purchase.select()}
        assert {key: minutes for key, minutes in left.items() if minutes} == {
            key: minutes for key, minutes in slow.left.items() if minutes
        }
        assert Meter.of(self.project).deficit_minutes == slow.deficit
        assert_true(self.project)
        assert [str(finding) for finding in hours.examine() if finding.verdict != Verdict.OK] == []


def last_of_month(today: date, ago: int) -> date:
    """The last day of the month that is so many before the last one that is over."""
    day = today.replace(day=1) - DAY
    return day.replace(day=1) - DAY if ago else day


def lines_of(statement: Statement | None) -> list[Move]:
    query = Line.select(Line.day, Line.kind, Line.purchase, Line.entry, Line.minutes)
    query = query.where(Line.statement == statement if statement else Line.statement.is_null())
    keys = {row.id: Credit(row.entry_id) if row.kind == "credit" else row.id for row in Purchase.select()}
    return [
        (day, kind, keys.get(purchase), entry, minutes)
        for day, kind, purchase, entry, minutes in query.order_by(Line.day, Line.sequence).tuples()
    ]


def figures_of(statement: Statement) -> tuple[list[int], dict[PurchaseId, tuple[int, int]]]:
    document = Document.from_text(statement.document)
    work = document.identity.consumed_minutes - document.identity.credited_minutes
    assert sum(ticket.minutes for ticket in document.tickets) == work
    assert sum(line.minutes for ticket in document.tickets for line in ticket.lines) == work
    keys = {row.id: row.key for row in Purchase.select()}
    packs = {keys[pack.id]: (pack.opening_minutes, pack.left_minutes) for pack in document.packs}
    return list(astuple(document.identity)), packs


def test_two_thousand_events_of_fourteen_months_in_any_order(people: Cast, clock: Clock) -> None:
    database.pragma("synchronous", "off")  # no power is cut here
    year = Year(people, clock, Random(1), review_hours=48)
    for _ in range(4):
        year.pass_by(107, events=500)
        year.assert_as_in_the_books()
    assert Statement.select().count() >= 6
    assert {kind for (kind,) in Line.select(Line.kind).distinct().tuples()} == {
        "bought", "drawn", "overdrawn", "settled", "returned", "credited", "expired",
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(2))
def test_a_year_on_the_move(seed: int, people: Cast, clock: Clock) -> None:
    year = Year(people, clock, Random(seed), review_hours=30, at_zero="bill")
    for zone in ("America/Los_Angeles", "Pacific/Auckland", "Europe/Paris", "Pacific/Auckland", "America/Los_Angeles"):
        year.pass_by(60, events=25)
        year.project.change(people.olive, timezone=zone)
        year.tickets = list(Ticket.select())
        year.assert_as_in_the_books()


@pytest.mark.parametrize("seed", range(6))
def test_other_years_with_other_settings(seed: int, people: Cast, clock: Clock) -> None:
    settings = {"review_hours": (0, 100)[seed % 2], "at_zero": ("continue", "bill")[seed // 2 % 2]}
    settings["billing"] = "postpaid" if seed == 5 else "prepaid"
    year = Year(people, clock, Random(seed), **settings)
    for _ in range(5):
        year.pass_by(60, events=25)
        year.assert_as_in_the_books()
    assert Ticket.select().count() == 5

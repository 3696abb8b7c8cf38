"""Which purchase each minute is drawn from: the ledger of a project, derived from its purchases and entries.

`walk` goes through the days in order. Within a day purchases open first, then entries are taken in order of id, then,
once the day is over, purchases expire. The order in which things were typed does not matter.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Credit:
    """The id of a purchase that came of a correction: it goes by the correcting entry, having no number of its own."""

    entry: int

    def __str__(self) -> str:
        return f"credit of {self.entry}"


PurchaseId: TypeAlias = int | Credit
Draw: TypeAlias = tuple[PurchaseId | None, int]  # minutes from a purchase, or from none where none covers them


@dataclass(frozen=True, slots=True)
class Purchase:
    """A pack of hours, valid from the first to the last of its days, or for ever.

    Raises ValueError where it holds no minute or its last day comes before its first.
    """

    id: PurchaseId
    minutes: int
    bought_on: date
    valid_from: date
    expires_on: date | None = None

    def __post_init__(self) -> None:
        if self.minutes < 1:
            raise ValueError(f"purchase {self.id} holds no minute")
        if self.expires_on and self.expires_on < self.valid_from:
            raise ValueError(f"purchase {self.id} expires before it is valid")

    @property
    def rank(self) -> tuple[bool, int]:
        """Sorts by id, credits last."""
        return (True, self.id.entry) if isinstance(self.id, Credit) else (False, self.id)

    def is_valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.expires_on is None or day <= self.expires_on)


@dataclass(frozen=True, slots=True)
class Entry:
    """Valued time. Below 0 it is a correction, of the entry that `corrects` names."""

    id: int
    day: date
    valued_minutes: int
    corrects: int | None = None


class Kind(StrEnum):
    """What a line of the ledger tells."""

    BOUGHT = "bought"
    DRAWN = "drawn"
    OVERDRAWN = "overdrawn"
    SETTLED = "settled"
    RETURNED = "returned"
    CREDITED = "credited"
    EXPIRED = "expired"
    BILLED = "billed"  # written by a statement, never by `walk`


@dataclass(frozen=True, slots=True)
class Line:
    """Signed minutes, into or out of a purchase, or of the deficit where it names none."""

    day: date
    kind: Kind
    purchase: PurchaseId | None
    entry: int | None
    minutes: int


@dataclass(frozen=True, slots=True)
class State:
    """Where a ledger stands: minutes left in each purchase opened so far, and minutes of deficit."""

    left: dict[PurchaseId, int]
    deficit: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """The lines of a walk, and where they lead."""

    lines: list[Line]
    left: dict[PurchaseId, int]
    deficit: int

    @property
    def balance(self) -> int:
        return sum(self.left.values()) - self.deficit

    @property
    def state(self) -> State:
        """What a walk that goes on from here opens with."""
        return State(self.left, self.deficit)

    @property
    def credits(self) -> list[Purchase]:
        """The purchases that corrections made: previews and later walks take them with the bought ones."""
        return [_credit(line) for line in self.lines if line.kind is Kind.CREDITED]


def walk(
    purchases: Iterable[Purchase],
    entries: Iterable[Entry],
    today: date,
    *,
    opening: State | None = None,
    since: date | None = None,
    drawn_before: Mapping[int, Sequence[Draw]] | None = None,
) -> Ledger:
    """Derive the ledger as known on `today`, a day still running: what expires today still counts.

    To go on from a closed period, give where it stood as `opening`, and in `drawn_before` what the entries closed there
    drew, if corrections now give it back (see `drawn_by`). A purchase that `opening` names is not bought again, any
    other is; every entry given is drawn. So what was typed late, for a day already closed, has its lines on that day.
    With `since`, the first day of the open period, what is dated before it counts as part of `opening` and is left out.

    A credit is derived from its correction: as a purchase it counts only where `opening` names it.
    """
    ledger = _Walk(opening or State({}, 0), drawn_before or {})
    first = since or date.min
    opened = [each for each in purchases if ledger.counts(each, first, today)]
    opened.sort(key=lambda each: each.rank)
    ledger.opened = {each.id: each for each in opened if each.valid_from < first}
    opening_on = _by_day((each.valid_from, each) for each in opened if each.valid_from >= first)
    expiring_on = _by_day((each.expires_on, each) for each in opened if each.expires_on and each.expires_on < today)
    in_order = sorted(entries, key=lambda each: each.id)
    entered_on = _by_day((each.day, each) for each in in_order if each.day >= first)

    for day in sorted({*opening_on, *entered_on, *expiring_on}):
        for purchase in opening_on[day]:
            ledger.open(purchase)
        for entry in entered_on[day]:
            if entry.valued_minutes > 0:
                ledger.draw(entry)
            else:
                ledger.give_back(entry)
        for purchase in expiring_on[day]:
            ledger.expire(purchase)
    return Ledger(ledger.lines, ledger.left, ledger.deficit)


def cover(purchases: Iterable[Purchase], left: Mapping[PurchaseId, int], day: date, minutes: int) -> list[Draw]:
    """How that many minutes would be drawn on that day; what nothing covers comes last, under None.

    From the purchases valid on the day: soonest expiry first, then oldest bought, then lowest id.
    """
    draws: list[Draw] = []
    for purchase in sorted((each for each in purchases if each.is_valid_on(day)), key=_drawing_order):
        drawn = min(minutes, left.get(purchase.id, 0))
        if drawn > 0:
            draws.append((purchase.id, drawn))
            minutes -= drawn
    if minutes > 0:
        draws.append((None, minutes))
    return draws


def drawn_by(lines: Iterable[Line], entries: Iterable[Entry]) -> dict[int, list[Draw]]:
    """What each entry drew, in order, less what its corrections gave back: the `drawn_before` of a later walk.

    `lines` are those of the entries and of their corrections, by day: one typed late may come before what it corrects.
    Of `entries` only the corrections matter.
    """
    corrected = {entry.id: entry.corrects for entry in entries if entry.corrects is not None}
    drawn: dict[int, dict[PurchaseId | None, int]] = defaultdict(dict)
    given_back: Counter[tuple[int, PurchaseId]] = Counter()
    for line in lines:
        if line.entry is None:
            continue
        if line.kind in (Kind.DRAWN, Kind.OVERDRAWN):
            drawn[line.entry][line.purchase] = -line.minutes
        elif line.kind is Kind.RETURNED and line.purchase is not None:
            given_back[corrected[line.entry], line.purchase] += line.minutes
    for (entry, purchase), minutes in given_back.items():
        drawn[entry][purchase] -= minutes
    return {entry: list(draws.items()) for entry, draws in drawn.items()}


class _Walk:
    """A ledger in the making, a step at a time."""

    def __init__(self, opening: State, drawn_before: Mapping[int, Sequence[Draw]]) -> None:
        self.lines: list[Line] = []
        self.left = dict(opening.left)
        self.deficit = opening.deficit
        self.opened: dict[PurchaseId, Purchase] = {}
        self.drawn = {entry: _by_purchase(draws) for entry, draws in drawn_before.items()}

    def counts(self, purchase: Purchase, first: date, today: date) -> bool:
        """Whether it has opened by today: before the `first` day if the opening knows it, else since."""
        is_known = purchase.id in self.left
        if isinstance(purchase.id, Credit):
            return is_known
        return purchase.valid_from <= today and (is_known or purchase.valid_from >= first)

    def open(self, purchase: Purchase) -> None:
        day = purchase.valid_from
        if purchase.id not in self.left:
            self._record(day, Kind.BOUGHT, purchase.id, None, purchase.minutes)
        self.opened[purchase.id] = purchase
        # Also from one bought before: a late entry may have overdrawn a day before this one.
        settled = min(self.deficit, self.left[purchase.id])
        self._record(day, Kind.SETTLED, purchase.id, None, -settled)
        self._record(day, Kind.SETTLED, None, None, settled)

    def draw(self, entry: Entry) -> None:
        draws = cover(self.opened.values(), self.left, entry.day, entry.valued_minutes)
        for purchase, minutes in draws:
            kind = Kind.OVERDRAWN if purchase is None else Kind.DRAWN
            self._record(entry.day, kind, purchase, entry.id, -minutes)
        self.drawn[entry.id] = _by_purchase(draws)

    def give_back(self, correction: Entry) -> None:
        rest = -correction.valued_minutes
        paid = min(rest, self.deficit)
        self._record(correction.day, Kind.RETURNED, None, correction.id, paid)
        rest -= paid

        drawn = self.drawn.get(correction.corrects, {}) if correction.corrects is not None else {}
        for purchase in reversed(drawn):
            if purchase in self.opened and self.opened[purchase].is_valid_on(correction.day):
                returned = min(rest, drawn[purchase])
                self._record(correction.day, Kind.RETURNED, purchase, correction.id, returned)
                drawn[purchase] -= returned
                rest -= returned

        if rest:
            self._record(correction.day, Kind.CREDITED, Credit(correction.id), correction.id, rest)
            self.opened[Credit(correction.id)] = _credit(self.lines[-1])

    def expire(self, purchase: Purchase) -> None:
        assert purchase.expires_on is not None
        self._record(purchase.expires_on, Kind.EXPIRED, purchase.id, None, -self.left[purchase.id])
        del self.opened[purchase.id]

    def _record(self, day: date, kind: Kind, purchase: PurchaseId | None, entry: int | None, minutes: int) -> None:
        if minutes == 0:
            return
        self.lines.append(Line(day, kind, purchase, entry, minutes))
        if purchase is None:
            self.deficit -= minutes
        else:
            self.left[purchase] = self.left.get(purchase, 0) + minutes


def _by_day(dated: Iterable[tuple[date, T]]) -> dict[date, list[T]]:
    days: dict[date, list[T]] = defaultdict(list)
    for day, thing in dated:
        days[day].append(thing)
    return days


def _by_purchase(draws: Iterable[Draw]) -> dict[PurchaseId, int]:
    return {purchase: minutes for purchase, minutes in draws if purchase is not None}


def _credit(line: Line) -> Purchase:
    assert line.purchase is not None
    return Purchase(line.purchase, line.minutes, bought_on=line.day, valid_from=line.day)


def _drawing_order(purchase: Purchase) -> tuple[date, date, tuple[bool, int]]:
    return purchase.expires_on or date.max, purchase.bought_on, purchase.rank

"""The ledger worked out anew: a day at a time, a minute at a time, with nothing clever, corrections and bills too."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby

from trackr.hours.allocation import Credit, Entry, Purchase, PurchaseId

from .strategies import Project

Move = tuple[date, str, PurchaseId | None, int | None, int]
DAY = timedelta(days=1)


def slow_lines(project: Project) -> list[Move]:
    """The lines as (day, kind, purchase, entry, minutes)."""
    return SlowLedger().period(project.purchases, project.entries, project.today)


class SlowLedger:
    """Where it stands. Periods are told one after the other: what belongs to one is never looked at again."""

    def __init__(self) -> None:
        self.purchases: list[Purchase] = []
        self.left: dict[PurchaseId, int] = {}
        self.deficit = 0
        self.drawn: dict[int, list[Purchase]] = {}  # by entry: where each of its minutes came from

    def period(self, purchases: Iterable[Purchase], entries: Iterable[Entry], today: date) -> list[Move]:
        """The lines of these purchases and entries, as known on that day. They may be late: for days told before."""
        known = {purchase.id for purchase in self.purchases}
        self.purchases += [each for each in purchases if each.id not in known and each.valid_from <= today]
        self.purchases.sort(key=_place)
        moves = self._moves(sorted(entries, key=lambda each: each.id), today)
        return [
            (day, kind, purchase, entry, sum(minutes for *_, minutes in moves))
            for (day, kind, purchase, entry), moves in groupby(moves, key=lambda move: move[:4])
        ]

    def bill(self, day: date) -> list[Move]:
        """A statement takes the deficit over."""
        billed, self.deficit = self.deficit, 0
        return [(day, "billed", None, None, billed)] if billed else []

    def _moves(self, entries: list[Entry], today: date) -> Iterator[Move]:
        for day in self._days(entries):
            for purchase in self.purchases:
                if purchase.valid_from == day <= today:
                    yield from self._open(purchase)
            for entry in entries:
                if entry.day == day:
                    yield from self._draw(entry) if entry.valued_minutes > 0 else self._give_back(entry)
            for purchase in self.purchases:
                if purchase.expires_on == day < today:
                    yield from self._expire(purchase, day)

    def _days(self, entries: list[Entry]) -> Iterator[date]:
        known = [each.valid_from for each in self.purchases] + [each.day for each in entries]
        known += [each.expires_on for each in self.purchases if each.expires_on]
        if known:
            for number in range((max(known) - min(known)).days + 1):
                yield min(known) + number * DAY

    def _open(self, purchase: Purchase) -> Iterator[Move]:
        day = purchase.valid_from
        if purchase.id not in self.left:
            self.left[purchase.id] = purchase.minutes
            yield day, "bought", purchase.id, None, purchase.minutes
        settled = 0
        while self.deficit and self.left[purchase.id]:
            self.left[purchase.id] -= 1
            self.deficit -= 1
            settled += 1
            yield day, "settled", purchase.id, None, -1
        for _ in range(settled):
            yield day, "settled", None, None, 1

    def _draw(self, entry: Entry) -> Iterator[Move]:
        self.drawn[entry.id] = []
        for _ in range(entry.valued_minutes):
            source = self._source(entry.day)
            if source is None:
                self.deficit += 1
                yield entry.day, "overdrawn", None, entry.id, -1
            else:
                self.left[source.id] -= 1
                self.drawn[entry.id].append(source)
                yield entry.day, "drawn", source.id, entry.id, -1

    def _source(self, day: date) -> Purchase | None:
        best: Purchase | None = None
        for purchase in self.purchases:  # the first of two alike stays
            is_usable = self.left.get(purchase.id, 0) > 0 and _is_valid(purchase, day)
            if is_usable and (best is None or _comes_before(purchase, best)):
                best = purchase
        return best

    def _give_back(self, correction: Entry) -> Iterator[Move]:
        day, credit = correction.day, Credit(correction.id)
        credited = 0
        for _ in range(-correction.valued_minutes):
            source = self._taken_last(correction)
            if self.deficit:
                self.deficit -= 1
                yield day, "returned", None, correction.id, 1
            elif source is not None:
                self.left[source.id] += 1
                yield day, "returned", source.id, correction.id, 1
            else:
                credited += 1
                yield day, "credited", credit, correction.id, 1
        if credited:
            self.left[credit] = credited
            self.purchases.append(Purchase(credit, credited, day, day))
            self.purchases.sort(key=_place)

    def _taken_last(self, correction: Entry) -> Purchase | None:
        """Where the last minute of the corrected entry came from that can go back there."""
        if self.deficit or correction.corrects is None:
            return None
        minutes = self.drawn.get(correction.corrects, [])
        for number in reversed(range(len(minutes))):
            if _is_valid(minutes[number], correction.day):
                return minutes.pop(number)
        return None

    def _expire(self, purchase: Purchase, day: date) -> Iterator[Move]:
        while self.left.get(purchase.id, 0):
            self.left[purchase.id] -= 1
            yield day, "expired", purchase.id, None, -1


def _place(purchase: Purchase) -> tuple[bool, int]:
    """By id, with those that corrections made behind the others."""
    return (True, purchase.id.entry) if isinstance(purchase.id, Credit) else (False, purchase.id)


def _is_valid(purchase: Purchase, day: date) -> bool:
    return purchase.valid_from <= day and not (purchase.expires_on and purchase.expires_on < day)


def _comes_before(one: Purchase, other: Purchase) -> bool:
    if one.expires_on != other.expires_on:
        return other.expires_on is None or (one.expires_on is not None and one.expires_on < other.expires_on)
    return one.bought_on < other.bought_on

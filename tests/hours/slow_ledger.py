"""The ledger without corrections, worked out anew: a day at a time, a minute at a time, with nothing clever."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from trackr.hours.allocation import Entry, Purchase, PurchaseId

from .strategies import Project

Move = tuple[date, str, PurchaseId | None, int | None, int]


def slow_lines(project: Project) -> list[Move]:
    """The lines as (day, kind, purchase, entry, minutes)."""
    lines: list[Move] = []
    for (day, kind, purchase, entry), moves in groupby(_Slow(project).moves(), key=lambda move: move[:4]):
        lines.append((day, kind, purchase, entry, sum(minutes for *_, minutes in moves)))
    return lines


class _Slow:
    def __init__(self, project: Project) -> None:
        self.purchases = sorted(project.purchases, key=lambda each: each.rank)
        self.entries = sorted(project.entries, key=lambda each: each.id)
        self.today = project.today
        self.left: dict[PurchaseId, int] = {}
        self.deficit = 0

    def moves(self) -> Iterator[Move]:
        for day in self._days():
            for purchase in self.purchases:
                if purchase.valid_from == day <= self.today:
                    yield from self._open(purchase)
            for entry in self.entries:
                if entry.day == day:
                    yield from self._draw(entry)
            for purchase in self.purchases:
                if purchase.expires_on == day < self.today:
                    yield from self._expire(purchase, day)

    def _days(self) -> Iterator[date]:
        known = [each.valid_from for each in self.purchases] + [each.day for each in self.entries]
        known += [each.expires_on for each in self.purchases if each.expires_on]
        if known:
            for number in range((max(known) - min(known)).days + 1):
                yield min(known) + timedelta(number)

    def _open(self, purchase: Purchase) -> Iterator[Move]:
        day = purchase.valid_from
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
        for _ in range(entry.valued_minutes):
            source = self._source(entry.day)
            if source is None:
                self.deficit += 1
                yield entry.day, "overdrawn", None, entry.id, -1
            else:
                self.left[source.id] -= 1
                yield entry.day, "drawn", source.id, entry.id, -1

    def _source(self, day: date) -> Purchase | None:
        best: Purchase | None = None
        for purchase in self.purchases:  # in order of id: the first of two alike stays
            is_usable = self.left.get(purchase.id, 0) > 0 and not (purchase.expires_on and purchase.expires_on < day)
            if is_usable and (best is None or _comes_before(purchase, best)):
                best = purchase
        return best

    def _expire(self, purchase: Purchase, day: date) -> Iterator[Move]:
        while self.left[purchase.id]:
            self.left[purchase.id] -= 1
            yield day, "expired", purchase.id, None, -1


def _comes_before(one: Purchase, other: Purchase) -> bool:
    if one.expires_on != other.expires_on:
        return other.expires_on is None or (one.expires_on is not None and one.expires_on < other.expires_on)
    return one.bought_on < other.bought_on

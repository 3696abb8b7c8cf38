"""A project's hours worked out anew: the rules' walk over all purchases and entries that are on no statement yet.

The application never does that: it goes on from what is stored. So the two agree only where every step was right.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cached_property

from peewee import Expression, fn

from trackr.hours import allocation, meter
from trackr.hours.allocation import Kind, Ledger, PurchaseId, State
from trackr.hours.forecast import WEEKS
from trackr.models import Entry, Line, Meter, Project, Purchase, Ticket
from trackr.models.base import MILLISECOND, now
from trackr.models.meter import STORED

Row = tuple[date, str, PurchaseId | None, int | None, int]  # day, kind, purchase, entry, minutes


class Recomputed:
    """What a project should hold, at the moment when its meter was last brought up to date or, if that is not due, now.

    Raises ValueError where purchases or entries are such as Trackr never stores.
    """

    def __init__(self, project: Project, stored: Meter) -> None:
        self.project = project
        self.at: datetime = now()
        self.today: date = project.today(self.at)
        self.is_due = stored.is_stale(self.at)
        if self.is_due:
            self.at = min(filter(None, (self.at, stored.stale_at and stored.stale_at - MILLISECOND)))
            self.today = stored.walked_on or self.today
        purchases = Purchase.of(project)
        self.packs = [purchase.as_pack() for purchase in purchases]
        self.keys: dict[int | None, PurchaseId] = {purchase.id: purchase.key for purchase in purchases}

    @cached_property
    def ledger(self) -> Ledger:
        """What is on no statement, walked from where the statements end."""
        query = Entry.select(Entry.id, Entry.day, Entry.valued_minutes, Entry.corrects)
        query = query.where((Entry.project == self.project) & Entry.statement.is_null())
        entries = [allocation.Entry(*row) for row in query.tuples().iterator()]
        return allocation.walk(
            self.packs, entries, self.today, opening=self._opening(), drawn_before=self._drawn_before(entries)
        )

    def _opening(self) -> State:
        closed = Line.select(Line.purchase, fn.SUM(Line.minutes)).where(self._closed).group_by(Line.purchase)
        left = dict(closed.tuples())
        deficit = -left.pop(None, 0)
        return State({self.keys[number]: minutes for number, minutes in left.items()}, deficit)

    def _drawn_before(self, entries: list[allocation.Entry]) -> dict[int, list[allocation.Draw]]:
        corrected = {entry.corrects for entry in entries if entry.corrects}
        query = Entry.select(Entry.id, Entry.day, Entry.valued_minutes, Entry.corrects)
        corrections = [allocation.Entry(*row) for row in query.where(Entry.corrects.in_(corrected)).tuples()]
        numbers = corrected | {correction.id for correction in corrections}
        closed = self._closed & Line.entry.in_(numbers)
        return allocation.drawn_by(self._stored(closed), corrections)

    @property
    def _closed(self) -> Expression:
        return (Line.project == self.project) & Line.statement.is_null(False)

    def _stored(self, which: Expression) -> Iterator[allocation.Line]:
        query = Line.select(Line.day, Line.kind, Line.purchase, Line.entry, Line.minutes).where(which)
        for day, kind, purchase, entry, minutes in query.order_by(Line.day, Line.sequence).tuples().iterator():
            key = None if purchase is None else self.keys[purchase]
            yield allocation.Line(day, Kind(kind), key, entry, minutes)

    def lines(self) -> Iterator[Row]:
        """Those on no statement."""
        for line in self.ledger.lines:
            yield line.day, str(line.kind), line.purchase, line.entry, line.minutes

    def stored_lines(self) -> Iterator[Row]:
        """Those on no statement, as they are stored."""
        query = Line.select(Line.day, Line.kind, Line.purchase, Line.entry, Line.minutes)
        query = query.where(Line.open_ones(self.project)).order_by(Line.day, Line.sequence)
        for day, kind, purchase, entry, minutes in query.tuples().iterator():
            yield day, kind, self.keys.get(purchase, purchase), entry, minutes

    @cached_property
    def pending(self) -> dict[PurchaseId | None, int]:
        """Minutes within review, of each purchase and under None of the deficit."""
        waiting = Entry.select(Entry.id).where((Entry.project == self.project) & (Entry.confirms_at > self.at))
        opening = self._opening().deficit
        return meter.pending_in(self.ledger.lines, {number for (number,) in waiting.tuples()}, opening)

    def of(self, purchase: Purchase) -> tuple[int, int]:
        """Minutes left in it, and of those drawn from it the minutes within review."""
        return self.ledger.left.get(purchase.key, 0), self.pending.get(purchase.key, 0)

    def figures(self) -> dict[str, object]:
        """The fields of the meter."""
        ledger = self.ledger
        postpaid = self.project.is_postpaid
        reading = meter.read(
            self.packs,
            ledger.left,
            ledger.deficit,
            self.pending,
            self._committed(),
            self.today,
            postpaid=postpaid,
            weeks=() if postpaid else self._weeks(),
        )
        fields: dict[str, object] = {name: getattr(reading, name) for name in STORED}
        fields["runs_out"] = reading.runs_out
        fields["pending_deficit_minutes"] = self.pending.get(None, 0)
        if not self.is_due:  # else billing may have changed since
            fields["over_since"] = self._over_since()
        return fields

    def _committed(self) -> int:
        left = Ticket.ceiling_minutes - Ticket.valued_minutes
        agreed = (Ticket.project == self.project) & Ticket.closed_at.is_null() & (left > 0)
        return Ticket.select(fn.COALESCE(fn.SUM(left), 0)).where(agreed).scalar()

    def _weeks(self) -> list[int]:
        """The valued minutes of the last whole weeks, oldest first."""
        this = self.today - timedelta(days=self.today.weekday())
        query = Entry.select(Entry.day, fn.SUM(Entry.valued_minutes)).where(
            (Entry.project == self.project) & (Entry.day < this) & (Entry.valued_minutes != 0)
        )
        minutes: Counter[int] = Counter()
        for day, valued in query.group_by(Entry.day).tuples().iterator():
            minutes[(this - day + timedelta(days=6)).days // 7] += valued
        oldest = max((ago for ago in minutes if minutes[ago]), default=0)
        return [minutes[ago] for ago in range(min(WEEKS, oldest), 0, -1)]

    def _over_since(self) -> date | None:
        """The day of the line that began the deficit which stands now."""
        deficit, since = 0, None
        for line in self._stored(Line.project == self.project):
            if line.purchase is None:
                if deficit <= 0 < deficit - line.minutes:  # below 0 where a correction was typed late
                    since = line.day
                deficit -= line.minutes
        return since if deficit and not self.project.is_postpaid else None

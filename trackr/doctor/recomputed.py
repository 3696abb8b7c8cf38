"""A project's hours worked out anew: the rules' walk over all of its purchases and entries, from the first day on.

The application never does that: it goes on from what is stored. So the two agree only where every step was right.
"""

from collections.abc import Iterator
from datetime import date, datetime
from functools import cached_property

from trackr.hours import allocation, meter
from trackr.hours.allocation import Kind, Ledger, PurchaseId
from trackr.models import Entry, Meter, Project, Purchase
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
            self.at = stored.stale_at - MILLISECOND
            self.today = stored.walked_on or self.today
        self.packs = [purchase.as_pack() for purchase in Purchase.of(project)]

    @cached_property
    def ledger(self) -> Ledger:
        query = Entry.select(Entry.id, Entry.day, Entry.valued_minutes).where(Entry.project == self.project)
        entries = (allocation.Entry(*row) for row in query.tuples().iterator())
        return allocation.walk(self.packs, entries, self.today)

    def lines(self) -> Iterator[Row]:
        for line in self.ledger.lines:
            yield line.day, str(line.kind), line.purchase, line.entry, line.minutes

    @cached_property
    def pending(self) -> dict[PurchaseId | None, int]:
        """Minutes within review, of each purchase and under None of the deficit."""
        waiting = Entry.select(Entry.id).where((Entry.project == self.project) & (Entry.confirms_at > self.at))
        return meter.pending_in(self.ledger.lines, {number for (number,) in waiting.tuples()})

    def of(self, purchase: Purchase) -> tuple[int, int]:
        """Minutes left in it, and of those drawn from it the minutes within review."""
        return self.ledger.left.get(purchase.id, 0), self.pending.get(purchase.id, 0)

    def figures(self) -> dict[str, object]:
        """The fields of the meter."""
        ledger = self.ledger
        reading = meter.read(self.packs, ledger.left, ledger.deficit, self.pending, 0, self.today)
        fields: dict[str, object] = {name: getattr(reading, name) for name in STORED}
        fields["pending_deficit_minutes"] = self.pending.get(None, 0)
        if not self.is_due:  # else billing may have changed since
            fields["over_since"] = self._over_since()
        return fields

    def _over_since(self) -> date | None:
        """The day of the line that began the deficit which stands now."""
        deficit, since = 0, None
        for line in self.ledger.lines:
            if line.purchase is None:
                if deficit == 0 and line.kind is Kind.OVERDRAWN:
                    since = line.day
                deficit -= line.minutes
        return since if deficit and not self.project.is_postpaid else None

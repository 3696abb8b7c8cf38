"""The part of a ledger that a change may move: walked anew by the rules, from where the ledger stood before it.

It begins on the day of the change. Where that day is on a statement already, it is all that is on none: what is closed
stays, and what was typed late for a closed day has its lines on that day.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING

from peewee import Expression, fn

from trackr.hours import allocation
from trackr.hours.allocation import Kind, Ledger, PurchaseId, State
from trackr.models.line import Line, entry_model, purchase_model
from trackr.models.meter import Meter
from trackr.models.project import Project
from trackr.models.statement import Statement

if TYPE_CHECKING:
    from trackr.models.purchase import Purchase


class Stretch:
    """`packs` are all purchases of the project that count, `opening` where the ledger stood before the stretch."""

    def __init__(self, project: Project, since: date, stored: Meter | None = None) -> None:
        closed = Statement.closed_through(project)
        self.project = project
        self.since = since if closed is None or since > closed else None
        self.packs: list[Purchase] = purchase_model().of(project)
        self.opening = self._opening(stored or Meter.of(project))

    @property
    def lines(self) -> Expression:
        """The condition for the lines that are derived anew."""
        return Line.open_ones(self.project) if self.since is None else Line.later(self.project, self.since)

    def entries(self) -> list[allocation.Entry]:
        """The entries that draw in it, in the order of the ledger."""
        model = entry_model()
        if self.since is None:
            query = model.select().where((model.project == self.project) & model.statement.is_null())
        else:
            query = model.since(self.project, self.since)
        return [entry.as_draw() for entry in query]

    def walk(self, entries: Sequence[allocation.Entry]) -> Ledger:
        """What becomes of these entries."""
        return allocation.walk(
            [pack.as_pack() for pack in self.packs],
            entries,
            self.project.today(),
            opening=self.opening,
            since=self.since,
            drawn_before=self._drawn_before(entries),
        )

    def rewrite(self, stored: Meter) -> None:
        """Store the walk: lines, what is left in each purchase, the credits that corrections made, the deficit."""
        walked = self.walk(self.entries())
        Line.delete().where(self.lines).execute()
        self._keep_credits(walked)
        Line.append(self.project, walked.lines, {pack.key: pack.id for pack in self.packs})
        for pack in self.packs:
            pack.left_minutes = walked.left.get(pack.key, 0)
        stored.deficit_minutes = walked.deficit
        if not self._goes_on(stored.over_since, walked):
            stored.over_since = None  # to be looked for anew

    def _goes_on(self, over_since: date | None, walked: Ledger) -> bool:
        """Whether the deficit that began before the stretch was never nothing since: it may have begun long ago."""
        if over_since is None or self.since is None or over_since >= self.since:
            return False
        moved = (-line.minutes for line in walked.lines if line.purchase is None)
        return all(deficit > 0 for deficit in accumulate(moved, initial=self.opening.deficit))

    def was_open(self, pack: "Purchase") -> bool:
        """Whether the ledger knew the purchase before the stretch."""
        return pack.statement_id is not None if self.since is None else pack.valid_from < self.since

    def _opening(self, stored: Meter) -> State:
        """Where it stood: as it stands now, with the lines of the stretch undone."""
        undone: dict[int | None, int] = defaultdict(int)
        query = Line.select(Line.purchase, fn.SUM(Line.minutes)).where(self.lines).group_by(Line.purchase)
        undone.update(dict(query.tuples()))
        left = {pack.key: pack.left_minutes - undone[pack.id] for pack in self.packs if self.was_open(pack)}
        return State(left, stored.deficit_minutes + undone[None])

    def _drawn_before(self, entries: Sequence[allocation.Entry]) -> dict[int, list[allocation.Draw]]:
        """What the entries that are corrected here had drawn before, less what was given back before."""
        corrected = {entry.corrects for entry in entries if entry.corrects is not None}
        if not corrected:
            return {}
        model = entry_model()
        corrections = [entry.as_draw() for entry in model.select().where(model.corrects.in_(corrected))]
        keys: dict[int, PurchaseId] = {pack.id: pack.key for pack in self.packs}
        numbers = corrected | {correction.id for correction in corrections}
        query = Line.select(Line.day, Line.kind, Line.purchase, Line.entry, Line.minutes)
        query = query.where(Line.entry.in_(numbers) & ~(self.lines)).order_by(Line.day, Line.sequence)
        lines = [
            allocation.Line(day, Kind(kind), keys.get(purchase, purchase), entry, minutes)
            for day, kind, purchase, entry, minutes in query.tuples()
        ]
        return allocation.drawn_by(lines, corrections)

    def _keep_credits(self, walked: Ledger) -> None:
        """Each credit is a purchase of its own, named by its correction: made, mended, or taken away."""
        model = purchase_model()
        were = {pack.key: pack for pack in self.packs if pack.is_credit and not self.was_open(pack)}
        for credit in walked.credits:
            pack = were.pop(credit.id, None)
            if pack is None:
                made = model.of_credit(self.project, credit)
                made.save(force_insert=True)
                self.packs.append(made)
            elif (pack.minutes, pack.valid_from) != (credit.minutes, credit.valid_from):
                pack.minutes, pack.bought_on, pack.valid_from = credit.minutes, credit.bought_on, credit.valid_from
                pack.store("minutes", "bought_on", "valid_from")
        for pack in were.values():
            self.packs.remove(pack)
            pack.delete_instance()

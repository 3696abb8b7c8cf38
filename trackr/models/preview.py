"""Where an entry of time would go, before it is saved: which hours it would take or give back, what nothing covers."""

import sys
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from trackr.hours import allocation
from trackr.hours.allocation import Credit
from trackr.models import ledger
from trackr.models.correction import require_correctable
from trackr.models.line import Line, purchase_model
from trackr.models.meter import Meter
from trackr.models.project import Project
from trackr.models.stretch import Stretch

if TYPE_CHECKING:
    from trackr.models.entry import Entry
    from trackr.models.purchase import Purchase

# A purchase (None: the deficit), the minutes taken from it (below 0: given back), whether that uses it up. What a
# correction gives back to none of them is a credit of its own: a purchase that is not stored yet, without an id.
Draw: TypeAlias = tuple["Purchase | None", int, bool]


@dataclass(frozen=True, slots=True)
class Preview:
    """`over_minutes`: by how much the deficit would grow, also where what comes later would be covered no more."""

    draws: list[Draw]
    over_minutes: int


def preview(
    project: Project, day: date, minutes: int, besides: "Entry | None" = None, corrects: "Entry | None" = None
) -> Preview:
    """Where an entry of that many valued minutes would go.

    besides: an entry that does not count, being edited. corrects: the entry that a correction (minutes below 0) mends.
    Raises Refused as `require_correctable` does.
    """
    if corrects:
        require_correctable(corrects, -minutes, besides)
    if besides or corrects or Line.overtakes(project, day):
        return _within(project, day, minutes, besides, corrects)
    usable = ledger.usable_packs(project)
    packs = {pack.key: pack for pack in usable}
    draws: list[Draw] = [
        (None, drawn, False) if key is None else (packs[key], drawn, drawn == packs[key].left_minutes)
        for key, drawn in ledger.cover(usable, day, minutes)
    ]
    return Preview(draws, sum(drawn for pack, drawn, _ in draws if pack is None))


def _within(project: Project, day: date, minutes: int, besides: "Entry | None", corrects: "Entry | None") -> Preview:
    """The same where the ledger already holds what comes after: walked, and not stored."""
    stored = Meter.of(project)
    stretch = Stretch(project, min(day, besides.day) if besides else day, stored)
    number = besides.id if besides else sys.maxsize  # a new entry is the last of its day
    entries = [entry for entry in stretch.entries() if entry.id != number]
    if minutes:
        entries.append(allocation.Entry(number, day, minutes, corrects.id if corrects else None))
    walked = stretch.walk(entries)
    packs = {credit.id: purchase_model().of_credit(project, credit) for credit in walked.credits}
    packs |= {pack.key: pack for pack in stretch.packs if pack.key != Credit(number)}
    left, draws = dict(stretch.opening.left), []
    for line in walked.lines:
        if line.purchase is not None:
            left[line.purchase] = left.get(line.purchase, 0) + line.minutes
        if line.entry == number:
            pack = None if line.purchase is None else packs[line.purchase]
            draws.append((pack, -line.minutes, pack is not None and not left[pack.key]))
    return Preview(draws, walked.deficit - stored.deficit_minutes)

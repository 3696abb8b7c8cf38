"""Where an entry of time would go, before it is saved: which hours it would take, and what nothing covers."""

import sys
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from trackr.hours import allocation
from trackr.hours.allocation import Credit
from trackr.models import ledger
from trackr.models.line import Line, purchase_model
from trackr.models.project import Project
from trackr.models.stretch import Stretch

if TYPE_CHECKING:
    from trackr.models.entry import Entry
    from trackr.models.purchase import Purchase

# A purchase (None: the deficit), the minutes taken from it (below 0: given back), whether that uses it up.
Draw: TypeAlias = tuple["Purchase | None", int, bool]


def preview(
    project: Project, day: date, minutes: int, besides: "Entry | None" = None, corrects: "Entry | None" = None
) -> list[Draw]:
    """Where an entry of that many valued minutes would go.

    besides: an entry that does not count, being edited. corrects: the entry that a correction (minutes below 0) mends;
    of it, what becomes a credit of its own is not told: see `rest`.
    """
    if besides or corrects or Line.overtakes(project, day):
        return _within(project, day, minutes, besides, corrects)
    usable = ledger.usable_packs(project)
    packs = {pack.key: pack for pack in usable}
    return [
        (None, drawn, False) if key is None else (packs[key], drawn, drawn == packs[key].left_minutes)
        for key, drawn in ledger.cover(usable, day, minutes)
    ]


def _within(project: Project, day: date, minutes: int, besides: "Entry | None", corrects: "Entry | None") -> list[Draw]:
    """The same where the ledger already holds what comes after: walked, and not stored."""
    stretch = Stretch(project, min(day, besides.day) if besides else day)
    number = besides.id if besides else sys.maxsize  # a new entry is the last of its day
    entries = [entry for entry in stretch.entries() if entry.id != number]
    entries.append(allocation.Entry(number, day, minutes, corrects.id if corrects else None))
    packs = {pack.key: pack for pack in stretch.packs}
    left, draws = dict(stretch.opening.left), []
    walked = stretch.walk(entries)
    for credit in walked.credits:  # one may come of this change alone, and is stored with it
        packs.setdefault(credit.id, purchase_model().of_credit(project, credit))
    for line in walked.lines:
        if line.purchase is not None:
            left[line.purchase] = left.get(line.purchase, 0) + line.minutes
        if line.entry == number and line.purchase != Credit(number):
            pack = None if line.purchase is None else packs[line.purchase]
            draws.append((pack, -line.minutes, pack is not None and not left[pack.key]))
    return draws

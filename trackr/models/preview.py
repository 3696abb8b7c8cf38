"""Where an entry of time would go, before it is saved: which hours it would take, and what nothing covers."""

import sys
from datetime import date
from typing import TYPE_CHECKING

from trackr.hours import allocation
from trackr.models import ledger
from trackr.models.line import Line
from trackr.models.meter import Meter
from trackr.models.project import Project

if TYPE_CHECKING:
    from trackr.models.entry import Entry
    from trackr.models.purchase import Purchase


def preview(
    project: Project, day: date, minutes: int, besides: "Entry | None" = None
) -> list[tuple["Purchase | None", int, bool]]:
    """Where an entry of that many valued minutes would go: (purchase or None, minutes, whether that uses it up).

    besides: an entry that does not count, being edited.
    """
    if besides or Line.overtakes(project, day):
        return _within(project, day, minutes, besides)
    usable = ledger.usable_packs(project)
    packs = {pack.id: pack for pack in usable}
    left = {pack.id: pack.left_minutes for pack in usable}
    draws = allocation.cover([pack.as_pack() for pack in usable], left, day, minutes)
    return [
        (None, drawn, False) if purchase is None else (packs[purchase], drawn, drawn == left[purchase])
        for purchase, drawn in draws
    ]


def _within(
    project: Project, day: date, minutes: int, besides: "Entry | None"
) -> list[tuple["Purchase | None", int, bool]]:
    """The same where the ledger already holds what comes after: walked, and not stored."""
    packs = {pack.id: pack for pack in ledger.purchase_model().of(project)}
    since = min(day, besides.day) if besides else day
    number = besides.id if besides else sys.maxsize  # a new entry is the last of its day
    entries = [entry.as_draw() for entry in ledger.entry_model().since(project, since) if entry.id != number]
    entries.append(allocation.Entry(number, day, minutes))
    opening = ledger.opening_of(project, Meter.of(project), packs.values(), since)
    walked = allocation.walk(
        [pack.as_pack() for pack in packs.values()], entries, project.today(), opening=opening, since=since
    )
    left, draws = dict(opening.left), []
    for line in walked.lines:
        if line.purchase is not None:
            left[line.purchase] = left.get(line.purchase, 0) + line.minutes
        if line.entry == number:
            pack = None if line.purchase is None else packs[line.purchase]
            draws.append((pack, -line.minutes, pack is not None and not left[pack.id]))
    return draws

"""The hours of each project: what is stored, held against what purchases and entries make of it by the rules."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import islice, zip_longest

from peewee import JOIN, fn

from trackr.doctor import closed
from trackr.doctor.closed import FAULTS_TOLD
from trackr.doctor.finding import Finding, ok, wrong
from trackr.doctor.recomputed import Recomputed, Row
from trackr.models import Entry, Meter, Pace, Project, Purchase, Ticket
from trackr.models.pace import monday

REMEDY = "something but Trackr wrote it, or Trackr has a fault. Restore a backup from before that, and report it"


def examine() -> Iterator[Finding]:
    yield from (wrong("statements", f"{gap}: {REMEDY}") for gap in islice(closed.gaps(), FAULTS_TOLD))
    for project in Project.select().order_by(Project.id):
        faults = list(_faults(project))
        yield from (wrong(f"hours of {project.slug}", f"{fault}: {REMEDY}") for fault in faults)
        if not faults:
            yield ok(f"hours of {project.slug}", "ledger, purchases, meter, tickets and weeks agree with every entry")


def _faults(project: Project) -> Iterator[str]:
    stored = Meter.get_or_none(Meter.project == project)
    if stored is None:
        yield "there is no meter"
        return
    try:
        recomputed = Recomputed(project, stored)
        yield from closed.faults(project)
        yield from _lines(recomputed)
        yield from islice(_purchases(project, recomputed), FAULTS_TOLD)
        yield from _meter(stored, recomputed)
        yield from islice(_tickets(project), FAULTS_TOLD)
        yield from islice(_weeks(project), FAULTS_TOLD)
    except (ArithmeticError, LookupError, ValueError) as problem:
        yield f"they cannot be worked out ({problem})"


def _lines(recomputed: Recomputed) -> Iterator[str]:
    """The first line that differs: what follows it may well be right."""
    stored = recomputed.stored_lines()
    for number, (found, expected) in enumerate(zip_longest(stored, recomputed.lines()), start=1):
        if found != expected:
            yield f"line {number} of the open ledger is {_told(found)} and should be {_told(expected)}"
            return


def _told(row: Row | None) -> str:
    if row is None:
        return "no line"
    day, kind, purchase, entry, minutes = row
    parts = [f"{day} {kind}", "deficit" if purchase is None else f"purchase {purchase}"]
    return ", ".join([*parts, *([f"entry {entry}"] if entry else []), f"{minutes} min"]).join("()")


def _purchases(project: Project, recomputed: Recomputed) -> Iterator[str]:
    for purchase in Purchase.select().where(Purchase.project == project).order_by(Purchase.id):
        found, expected = (purchase.left_minutes, purchase.pending_minutes), recomputed.of(purchase)
        if found != expected:
            yield f"purchase {purchase.id} has {_minutes(found)} and should have {_minutes(expected)}"


def _minutes(figures: tuple[int, int]) -> str:
    return "{} min left and {} pending".format(*figures)


def _meter(stored: Meter, recomputed: Recomputed) -> Iterator[str]:
    for name, expected in recomputed.figures().items():
        if getattr(stored, name) != expected:
            yield f"{name} of the meter is {getattr(stored, name)} and should be {expected}"


def _tickets(project: Project) -> Iterator[str]:
    """Sums of the time on tickets that are not those of their entries."""
    sums = [fn.COALESCE(fn.SUM(field), 0) for field in (Entry.spent_minutes, Entry.valued_minutes)]
    query = (
        Ticket.select(Ticket.id, Ticket.spent_minutes, Ticket.valued_minutes, *sums)
        .join(Entry, JOIN.LEFT_OUTER)
        .where(Ticket.project == project)
        .group_by(Ticket.id)
        .having((Ticket.spent_minutes != sums[0]) | (Ticket.valued_minutes != sums[1]))
    )
    for number, spent, valued, *sums in query.tuples().iterator():
        yield f"ticket {number} has {spent} min spent and {valued} valued, and should have {sums[0]} and {sums[1]}"


def _weeks(project: Project) -> Iterator[str]:
    """Weeks whose pace is not what was valued in them."""
    expected: Counter[date] = Counter()
    query = Entry.select(Entry.day, fn.SUM(Entry.valued_minutes)).where(Entry.project == project).group_by(Entry.day)
    for day, minutes in query.tuples().iterator():
        expected[monday(day)] += minutes
    stored = dict(Pace.select(Pace.week_on, Pace.valued_minutes).where(Pace.project == project).tuples())
    for week in sorted({*expected, *stored}):
        if stored.get(week, 0) != expected[week]:
            yield f"the week of {week} has {stored.get(week, 0)} min and should have {expected[week]}"

"""The hours of each project: what is stored, held against what purchases and entries make of it by the rules."""

from collections.abc import Iterator
from itertools import islice, zip_longest

from peewee import JOIN, fn

from trackr.doctor.finding import Finding, ok, wrong
from trackr.doctor.recomputed import Recomputed, Row
from trackr.models import Entry, Line, Meter, Project, Purchase, Ticket

FAULTS_TOLD = 3  # of one kind in one project
REMEDY = "something but Trackr wrote it, or Trackr has a fault. Restore a backup from before that, and report it"


def examine() -> Iterator[Finding]:
    for project in Project.select().order_by(Project.id):
        faults = list(_faults(project))
        yield from (wrong(f"hours of {project.slug}", f"{fault}: {REMEDY}") for fault in faults)
        if not faults:
            yield ok(f"hours of {project.slug}", "ledger, purchases, meter and tickets agree with every entry")


def _faults(project: Project) -> Iterator[str]:
    stored = Meter.get_or_none(Meter.project == project)
    if stored is None:
        yield "there is no meter"
        return
    try:
        recomputed = Recomputed(project, stored)
        yield from islice(_closed(project), FAULTS_TOLD)
        yield from _lines(recomputed)
        yield from islice(_purchases(project, recomputed), FAULTS_TOLD)
        yield from _meter(stored, recomputed)
        yield from islice(_tickets(project), FAULTS_TOLD)
    except (ArithmeticError, LookupError, ValueError) as problem:
        yield f"they cannot be worked out ({problem})"


def _lines(recomputed: Recomputed) -> Iterator[str]:
    """The first line that differs: what follows it may well be right."""
    stored = recomputed.stored_lines()
    for number, (found, expected) in enumerate(zip_longest(stored, recomputed.lines()), start=1):
        if found != expected:
            yield f"line {number} of the open ledger is {_told(found)} and should be {_told(expected)}"
            return


def _closed(project: Project) -> Iterator[str]:
    """Entries on a statement whose lines do not add up to what is valued."""
    told = fn.COALESCE(fn.SUM(Line.minutes), 0)
    query = (
        Entry.select(Entry.id, Entry.valued_minutes, told)
        .join(Line, JOIN.LEFT_OUTER)
        .where((Entry.project == project) & Entry.statement.is_null(False))
        .group_by(Entry.id)
        .having(told + Entry.valued_minutes != 0)
    )
    for number, valued, minutes in query.tuples().iterator():
        yield f"entry {number} is on a statement with {-minutes} min and has {valued}"


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

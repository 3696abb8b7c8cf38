"""What is on statements, without walking it again: that they follow each other, and that what is on them adds up."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import chain, islice, pairwise

from peewee import JOIN, fn

from trackr.doctor import documents
from trackr.models import Entry, Line, Project, Purchase, Statement

FAULTS_TOLD = 3  # of one kind in one project


def faults(project: Project) -> Iterator[str]:
    kinds = (_periods, _strangers, _entries, _apart, _purchases, _untold, documents.faults)
    return chain.from_iterable(islice(kind(project), FAULTS_TOLD) for kind in kinds)


def gaps() -> Iterator[str]:
    """Numbers that the one series of the instance leaves out."""
    numbers = [number for (number,) in Statement.select(Statement.number).order_by(Statement.number).tuples()]
    for before, number in pairwise([0, *numbers]):
        if number != before + 1:
            yield f"statement {number} follows {before}"


def _periods(project: Project) -> Iterator[str]:
    """Statements that do not begin where the one before ends."""
    mine = list(Statement.select().where(Statement.project == project).order_by(Statement.number))
    for statement in mine:
        if statement.last_day < statement.first_day:
            yield f"statement {statement.number} ends on {statement.last_day}, before it begins"
    for before, statement in pairwise(mine):
        if statement.first_day != before.last_day + timedelta(days=1):
            begins = f"statement {statement.number} begins on {statement.first_day}"
            yield f"{begins}, the one before ends on {before.last_day}"


def _strangers(project: Project) -> Iterator[str]:
    """What is on a statement of another project, or dated after it."""
    for model, what in ((Entry, "entry"), (Line, "line")):
        outside = (Statement.project != project) | (model.day > Statement.last_day)
        query = model.select(model.id, Statement.number).join(Statement).where((model.project == project) & outside)
        for row, number in query.tuples().iterator():
            yield f"{what} {row} is on statement {number}, where it does not belong"


def _entries(project: Project) -> Iterator[str]:
    """Entries whose lines do not add up to what is valued."""
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


def _apart(project: Project) -> Iterator[str]:
    """Lines on another statement than their entry, or open where it is closed."""
    differs = fn.COALESCE(Line.statement, 0) != fn.COALESCE(Entry.statement, 0)
    query = Line.select(Line.id, Line.entry).join(Entry).where((Line.project == project) & differs)
    for line, entry in query.tuples().iterator():
        yield f"line {line} is not on the same statement as its entry {entry}"


def _purchases(project: Project) -> Iterator[str]:
    """Purchases that statements tell otherwise: how much came, how much of it went, and where it was told first."""
    came = fn.SUM(Line.minutes).filter(Line.kind.in_(("bought", "credited")))
    sums = (came, fn.SUM(Line.minutes), fn.MIN(Line.statement))
    query = (
        Purchase.select(Purchase.id, Purchase.minutes, Purchase.statement, *sums)
        .join(Line, on=Line.purchase == Purchase.id)
        .where((Purchase.project == project) & Line.statement.is_null(False))
        .group_by(Purchase.id)
    )
    for number, minutes, statement, told, left, first in query.tuples().iterator():
        if told != minutes:
            yield f"purchase {number} is on a statement with {told} min and has {minutes}"
        elif left < 0:
            yield f"purchase {number} has {left} min left on its statements"
        elif statement != first:
            yield f"purchase {number} is not on the statement that tells it first"


def _untold(project: Project) -> Iterator[str]:
    """Purchases on a statement that does not tell them."""
    on = (Line.purchase == Purchase.id) & (Line.statement == Purchase.statement)
    query = Purchase.select(Purchase.id).join(Line, JOIN.LEFT_OUTER, on=on)
    query = query.where((Purchase.project == project) & Purchase.statement.is_null(False) & Line.id.is_null())
    for (number,) in query.tuples():
        yield f"purchase {number} is on a statement that does not tell it"

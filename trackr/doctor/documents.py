"""The documents of statements: each as it was sealed, naming the one before, and telling what the ledger holds."""

from collections.abc import Iterator

from peewee import fn

from trackr.hours.allocation import Kind
from trackr.hours.allocation import Line as Row
from trackr.hours.document import Document, Identity, digest
from trackr.models import Line, Project, Statement


def faults(project: Project) -> Iterator[str]:
    before: Statement | None = None
    told: Document | None = None  # by the one before
    for statement in Statement.select().where(Statement.project == project).order_by(Statement.last_day).iterator():
        name = f"statement {statement.number}"
        if not statement.document:
            if told:
                yield f"{name} has no document, as the one before has"
        elif digest(statement.document) != statement.digest:
            yield f"the document of {name} is not the one that was sealed"
        document = _read(statement)
        if document:
            yield from _figures(statement, document, told)
            if (document.previous_number, document.previous_digest) != _name(before):
                yield f"the document of {name} does not name the statement before"
        elif statement.document:
            yield f"the document of {name} cannot be read"
        before, told = statement, document


def _read(statement: Statement) -> Document | None:
    try:
        return Document.from_text(statement.document)
    except (AttributeError, LookupError, TypeError, ValueError):
        return None


def _name(statement: Statement | None) -> tuple[int | None, str]:
    return (statement.number, statement.digest) if statement else (None, "")


def _figures(statement: Statement, document: Document, before: Document | None) -> Iterator[str]:
    name = f"the document of statement {statement.number}"
    of = (document.number, document.first_day, document.last_day)
    if of != (statement.number, statement.first_day, statement.last_day):
        yield f"{name} is of another one"
    if before and before.identity.closing_minutes != document.identity.opening_minutes:
        yield f"{name} does not open with what the one before leaves"
    if not document.identity.follows or _identity(statement, document) != document.identity:
        yield f"{name} does not add up to the lines on it"


def _identity(statement: Statement, document: Document) -> Identity:
    """What the lines of the ledger that are on it make of its opening."""
    query = Line.select(Line.kind, fn.SUM(Line.minutes)).where(Line.statement == statement).group_by(Line.kind)
    rows = [Row(statement.last_day, Kind(kind), None, None, minutes) for kind, minutes in query.tuples()]
    return Identity.of(document.identity.opening_minutes, rows)

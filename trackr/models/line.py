"""A line of the ledger, as it is stored: who asks for lines, and in what order they stand."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from peewee import CharField, DeferredForeignKey, Expression, ForeignKeyField, IntegerField, fn

from trackr.hours import allocation
from trackr.hours.allocation import PurchaseId
from trackr.models.base import DayField, Record
from trackr.models.prepared import Prepared, parameter
from trackr.models.project import Project
from trackr.models.statement import Statement

if TYPE_CHECKING:
    from trackr.models.entry import Entry
    from trackr.models.purchase import Purchase


class Line(Record):
    project = ForeignKeyField(Project, on_delete="CASCADE", index=False)
    day = DayField()
    sequence = IntegerField()  # within the day
    kind = CharField()
    purchase = DeferredForeignKey("Purchase", null=True)  # none: the deficit
    entry = DeferredForeignKey("Entry", null=True)
    minutes = IntegerField()
    statement = ForeignKeyField(Statement, null=True, index=False)  # none: open, and derived anew whenever it must be

    class Meta:
        table_name = "ledger_line"
        indexes = (
            (("project", "day", "sequence"), True),
            (("project", "statement", "day"), False),
            (("entry",), False),
            (("purchase",), False),
        )

    @classmethod
    def later(cls, project: Project, since: date) -> Expression:
        """The condition for the project's lines from that day on."""
        return (cls.project == project) & (cls.day >= since)

    @classmethod
    def open_ones(cls, project: Project) -> Expression:
        """The condition for the project's lines that are on no statement."""
        return (cls.project == project) & cls.statement.is_null()

    @classmethod
    def overtakes(cls, project: Project, day: date) -> bool:
        """Whether the ledger holds a line that comes after an entry written now for that day."""
        latest = _latest.first(project=project.id)
        if latest is None:
            return False
        latest_day, kind = latest
        return latest_day > day.isoformat() or (latest_day == day.isoformat() and kind in ("expired", "billed"))

    @classmethod
    def append(
        cls, project: Project, lines: Iterable[allocation.Line], rows: Mapping[PurchaseId, int] | None = None
    ) -> None:
        """Store lines in the order of the walk, numbered within their day behind those that stand there.

        rows: the stored ids of purchases that the walk knows by another name (credits).
        """
        number: dict[date, int] = {}
        for line in lines:
            if line.day not in number:
                last = _last_sequence.value(project=project.id, day=line.day.isoformat())
                number[line.day] = 0 if last is None else last + 1
            purchase = line.purchase
            cls.create(
                project=project.id,
                day=line.day,
                sequence=number[line.day],
                kind=str(line.kind),
                purchase=rows.get(purchase, purchase) if rows and purchase is not None else purchase,
                entry=line.entry,
                minutes=line.minutes,
            )
            number[line.day] += 1

    @classmethod
    def over_since(cls, project: Project, deficit: int) -> date | None:
        """The day on which the deficit that stands now began: back along its lines to where it was nothing."""
        query = cls.select(cls.day, cls.minutes).where((cls.project == project) & cls.purchase.is_null())
        for day, minutes in query.order_by(cls.day.desc(), cls.sequence.desc()).tuples().iterator():
            deficit += minutes
            if deficit <= 0:
                return day
        return None


def entry_model() -> "type[Entry]":
    """The model of what lines are drawn by: it is built on the ledger, which therefore cannot import it."""
    return Line.entry.rel_model


def purchase_model() -> "type[Purchase]":
    return Line.purchase.rel_model


# Within a day, what expires comes last.
_latest = Prepared(
    lambda: (
        Line.select(Line.day, Line.kind)
        .where(Line.project == parameter("project"))
        .order_by(Line.day.desc(), Line.sequence.desc())
        .limit(1)
    )
)
_last_sequence = Prepared(
    lambda: Line.select(fn.MAX(Line.sequence)).where(
        (Line.project == parameter("project")) & (Line.day == parameter("day"))
    )
)

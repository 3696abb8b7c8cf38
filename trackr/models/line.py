"""A line of the ledger, as it is stored: who asks for lines, and in what order they stand."""

from collections.abc import Iterable
from datetime import date

from peewee import CharField, DeferredForeignKey, Expression, ForeignKeyField, IntegerField, fn

from trackr.hours import allocation
from trackr.models.base import DayField, Record
from trackr.models.prepared import Prepared, parameter
from trackr.models.project import Project


class Line(Record):
    project = ForeignKeyField(Project, on_delete="CASCADE")
    day = DayField()
    sequence = IntegerField()  # within the day
    kind = CharField()
    purchase = DeferredForeignKey("Purchase", null=True)  # none: the deficit
    entry = DeferredForeignKey("Entry", null=True)
    minutes = IntegerField()

    class Meta:
        table_name = "ledger_line"
        indexes = ((("project", "day", "sequence"), True), (("entry",), False), (("purchase",), False))

    @classmethod
    def later(cls, project: Project, since: date) -> Expression:
        """The condition for the project's lines from that day on."""
        return (cls.project == project) & (cls.day >= since)

    @classmethod
    def overtakes(cls, project: Project, day: date) -> bool:
        """Whether the ledger holds a line that comes after an entry written now for that day."""
        latest = _latest.first(project=project.id)
        return latest is not None and (latest[0] > day.isoformat() or latest == (day.isoformat(), "expired"))

    @classmethod
    def append(cls, project: Project, lines: Iterable[allocation.Line]) -> None:
        """Store lines in the order of the walk, numbered within their day behind those that stand there."""
        number: dict[date, int] = {}
        for line in lines:
            if line.day not in number:
                last = _last_sequence.value(project=project.id, day=line.day.isoformat())
                number[line.day] = 0 if last is None else last + 1
            cls.create(
                project=project.id,
                day=line.day,
                sequence=number[line.day],
                kind=str(line.kind),
                purchase=line.purchase,
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

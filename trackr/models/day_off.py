"""Days off: on which the agency is not open, whatever day of the week they are. See opening.py for adding one."""

from datetime import date, timedelta

from peewee import CharField, Select, fn

from trackr.models.base import DayField, Record


class DayOff(Record):
    first_on = DayField()
    last_on = DayField()
    name = CharField()

    class Meta:
        indexes = ((("first_on",), False),)

    @property
    def days(self) -> int:
        return (self.last_on - self.first_on).days + 1

    @classmethod
    def listed(cls) -> "list[DayOff]":
        """All of them, in the order of the calendar."""
        return list(cls.select().order_by(cls.first_on, cls.last_on, cls.id))

    @classmethod
    def as_text(cls) -> Select:
        """Within a query: all of them as one text, which `read_days` reads. None: there are none."""
        return cls.select(fn.GROUP_CONCAT(cls.first_on.concat("/").concat(cls.last_on)))


def read_days(text: str | None) -> frozenset[date]:
    """Every day that is off, of what `DayOff.as_text` found."""
    found: set[date] = set()
    for span in text.split(",") if text else []:
        first, last = (date.fromisoformat(day) for day in span.split("/"))
        found |= {first + timedelta(days=number) for number in range((last - first).days + 1)}
    return frozenset(found)

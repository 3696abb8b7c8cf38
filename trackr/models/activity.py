"""An activity: the kind of work that time is logged as, with what it multiplies the time by."""

from peewee import CharField, IntegerField

from trackr.models.base import InstantField, Record

# English and French name, percent, minimum: what a new instance begins with.
FIRST = (
    ("Support", "Support", 100, 0),
    ("Assistance", "Assistance", 100, 0),
    ("On site", "Sur site", 100, 120),
    ("Out of hours", "Hors horaires", 150, 60),
    ("Training", "Formation", 100, 0),
    ("Goodwill", "Geste commercial", 0, 0),
)


class Activity(Record):
    name = CharField()
    percent = IntegerField(default=100)  # of the time spent; 0: never valued
    minimum = IntegerField(default=0)  # minutes valued at least; the project's own where that is more
    position = IntegerField(default=0)
    archived_at = InstantField(null=True)

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None

    @classmethod
    def offered(cls, besides: "Activity | None" = None) -> "list[Activity]":
        """Those that time can be logged as, in their order.

        besides: the one of an entry that is mended, which may keep it when it is archived.
        """
        there = cls.archived_at.is_null() | (cls.id == (besides.id if besides else 0))
        return list(cls.select().where(there).order_by(cls.position, cls.id))

    @classmethod
    def begin(cls, language: str) -> None:
        """Store what a new instance begins with, named in its language."""
        for position, (english, french, percent, minimum) in enumerate(FIRST):
            name = french if language == "fr" else english
            cls.create(name=name, percent=percent, minimum=minimum, position=position)

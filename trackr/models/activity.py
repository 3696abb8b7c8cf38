"""An activity: the kind of work that time is logged as, with what it multiplies the time by."""

from datetime import datetime

from peewee import CharField, IntegerField, fn

from trackr.db import transaction
from trackr.models.base import InstantField, Record, Refused, now
from trackr.models.event import Event
from trackr.models.person import Person

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
    def archived(cls) -> "list[Activity]":
        """Those that are not offered any more, the last put away first."""
        return list(cls.select().where(cls.archived_at.is_null(False)).order_by(cls.archived_at.desc(), cls.id))

    @classmethod
    def begin(cls, language: str) -> None:
        """Store what a new instance begins with, named in its language."""
        for position, (english, french, percent, minimum) in enumerate(FIRST):
            name = french if language == "fr" else english
            cls.create(name=name, percent=percent, minimum=minimum, position=position)

    @classmethod
    def add(
        cls, actor: Person, *, name: str, percent: int = 100, minimum: int = 0, at: datetime | None = None
    ) -> "Activity":
        """Offer one more, after the others. Raises Refused("name_taken", "name")."""
        with transaction():
            cls._require_free(name)
            activity = cls.create(name=name, percent=percent, minimum=minimum, position=cls._end())
            Event.record(None, "activity.added", actor, client=False, at=at, name=name)
        return activity

    def change(self, actor: Person, *, position: int | None = None, **changes: object) -> None:
        """Mend it, and give it its place among those offered (0: the first); entries that exist keep their rule.

        Raises Refused("name_taken", "name").
        """
        changed = {key: value for key, value in changes.items() if getattr(self, key) != value}
        with transaction():
            if "name" in changed and not self.is_archived:
                self._require_free(str(changed["name"]), besides=self)
            for key, value in changed.items():
                setattr(self, key, value)
            self.store()
            moved = position is not None and self._place(position)
            if changed or moved:
                Event.record(None, "activity.changed", actor, client=False, name=self.name, fields=sorted(changed))

    def archive(self, actor: Person, at: datetime | None = None) -> None:
        """Offer it no more; it stays on the entries that were logged as it."""
        if self.is_archived:
            return
        with transaction():
            self.archived_at = at or now()
            self.store("archived_at")
            Event.record(None, "activity.archived", actor, client=False, at=at, name=self.name)

    def unarchive(self, actor: Person) -> None:
        """Offer it again, after the others. Raises Refused("name_taken") where another goes by its name now."""
        if not self.is_archived:
            return
        with transaction():
            self._require_free(self.name, field="")
            self.archived_at, self.position = None, self._end()
            self.store("archived_at", "position")
            Event.record(None, "activity.unarchived", actor, client=False, name=self.name)

    def _place(self, position: int) -> bool:
        """Whether it stands elsewhere now."""
        before = Activity.offered()
        others = [activity for activity in before if activity.id != self.id]
        if self.is_archived:
            return False
        order = [*others[:position], self, *others[position:]]
        for number, activity in enumerate(order):
            activity.position = number
            activity.store("position")
        return order != before

    @classmethod
    def _require_free(cls, name: str, besides: "Activity | None" = None, field: str = "name") -> None:
        """Two of the same name could not be told apart where time is logged."""
        names = {activity.name.casefold() for activity in cls.offered() if activity != besides}
        if name.casefold() in names:
            raise Refused("name_taken", field)

    @classmethod
    def _end(cls) -> int:
        return (cls.select(fn.MAX(cls.position)).scalar() or 0) + 1

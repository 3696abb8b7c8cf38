"""The agency that runs this instance: one row, made by the first set-up."""

from peewee import CharField

from trackr.models.base import InstantField, Record, now


class Agency(Record):
    name = CharField()
    language = CharField(default="en")
    timezone = CharField(default="Europe/Paris")
    created_at = InstantField(default=now)

    @classmethod
    def current(cls) -> "Agency | None":
        """The agency, or None before the first set-up."""
        return cls.select().order_by(cls.id).first()

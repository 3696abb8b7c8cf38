"""The agency that runs this instance: one row, made by the first set-up."""

from datetime import datetime

from peewee import CharField

from trackr.db import transaction
from trackr.hours.opening import Week, read_week
from trackr.models.activity import Activity
from trackr.models.base import InstantField, Record, now

WEEK = "9:00-18:00;9:00-18:00;9:00-18:00;9:00-18:00;9:00-18:00;;"  # what a new instance begins with


class Agency(Record):
    name = CharField()
    language = CharField(default="en")
    timezone = CharField(default="Europe/Paris")
    opening_hours = CharField(default=WEEK)  # see hours/opening.py
    created_at = InstantField(default=now)

    @property
    def week(self) -> Week:
        """The spans in which it is open, day by day, Monday first."""
        return read_week(self.opening_hours)

    @classmethod
    def current(cls) -> "Agency | None":
        """The agency, or None before the first set-up."""
        return cls.select().order_by(cls.id).first()

    @classmethod
    def found(
        cls, name: str, language: str = "en", timezone: str = "Europe/Paris", at: datetime | None = None
    ) -> "Agency":
        """Make the agency, with the activities that it begins with."""
        with transaction():
            agency = cls.create(name=name, language=language, timezone=timezone, created_at=at or now())
            Activity.begin(language)
        return agency

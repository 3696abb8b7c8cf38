"""The agency that runs this instance: one row, made by the first set-up."""

from datetime import datetime
from typing import Any

from peewee import BooleanField, CharField, IntegerField, TextField

from trackr.db import transaction
from trackr.hours.opening import Week, read_week
from trackr.models.activity import Activity
from trackr.models.audit import Audit
from trackr.models.base import InstantField, Record, now
from trackr.models.event import Event
from trackr.models.person import Person

SHORTEST_TRAIL = 90  # days
WEEK = "9:00-18:00;9:00-18:00;9:00-18:00;9:00-18:00;9:00-18:00;;"  # what a new instance begins with


class Agency(Record):
    name = CharField()
    language = CharField(default="en")
    timezone = CharField(default="Europe/Paris")
    opening_hours = CharField(default=WEEK)  # see hours/opening.py
    # What its statements carry, and its accounts need.
    address = TextField(default="")
    registration = CharField(default="")  # SIRET and the like
    vat_number = CharField(default="")
    country = CharField(default="FR")  # ISO 3166-1, two letters
    currency = CharField(default="EUR")  # ISO 4217
    vat_hundredths = IntegerField(default=2000)  # of a percent
    logo = CharField(default="")  # the digest of its content in the files of the instance
    factur_x = BooleanField(default=False)  # whether the PDFs of statements carry their data as XML
    # Who comes in, and what is kept for how long.
    second_factor = BooleanField(default=False)  # whether its people must sign in with a second factor
    audit_days = IntegerField(default=365)  # how long the trail is kept; 0: for ever
    file_days = IntegerField(default=0)  # how long files stay on closed tickets; 0: for ever
    sent_mail_days = IntegerField(default=0)  # how long mails that went stay in the list; 0: for ever
    received_mail_days = IntegerField(default=90)  # how long mails that came in are kept as they came; 0: for ever
    created_at = InstantField(default=now)

    @property
    def week(self) -> Week:
        """The spans in which it is open, day by day, Monday first."""
        return read_week(self.opening_hours)

    def guard(self, actor: Person, *, second_factor: bool, **days: int) -> None:
        """Ask this of those who come in, and keep things for so long.

        days: audit_days, file_days, sent_mail_days, received_mail_days (0: for ever).
        """
        asked: dict[str, Any] = {"second_factor": second_factor} | days
        for name, value in asked.items():
            setattr(self, name, value)
        with transaction():
            Agency.update(asked).where(Agency.id == self.id).execute()
            Audit.record("settings", actor, what="access", **asked)

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

    def change(self, actor: Person, **changes: object) -> None:
        """Store what statements and accounts carry of it, and its name, which every page shows."""
        changed = {key: value for key, value in changes.items() if getattr(self, key) != value}
        if not changed:
            return
        with transaction():
            Agency.update(changed).where(Agency.id == self.id).execute()
            Event.record(None, "agency.changed", actor, client=False, fields=sorted(changed))
        for key, value in changed.items():
            setattr(self, key, value)

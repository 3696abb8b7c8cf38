"""The meter as stored: one row per project, always recomputable from the ledger, so that no page sums anything."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from peewee import DeferredForeignKey, IntegerField

from trackr.hours import meter as rules
from trackr.hours.forecast import RunsOut, is_short
from trackr.models.base import DayField, InstantField, Record, now
from trackr.models.prepared import Maker, Prepared, parameter

if TYPE_CHECKING:
    from trackr.models.project import Project

STORED = (
    "purchased_minutes",
    "confirmed_minutes",
    "pending_minutes",
    "committed_minutes",
    "balance_minutes",
    "deficit_minutes",
    "next_expiry_on",
)


class Meter(Record):
    project = DeferredForeignKey("Project", on_delete="CASCADE", unique=True)
    purchased_minutes = IntegerField(default=0)
    confirmed_minutes = IntegerField(default=0)
    pending_minutes = IntegerField(default=0)
    committed_minutes = IntegerField(default=0)
    balance_minutes = IntegerField(default=0)
    deficit_minutes = IntegerField(default=0)
    pending_deficit_minutes = IntegerField(default=0)  # the part of the deficit that is still within review
    over_since = DayField(null=True)
    next_expiry_on = DayField(null=True)
    # When nothing is left at the pace of the last weeks, and between which days that most likely falls.
    runs_out_on = DayField(null=True)
    runs_out_from = DayField(null=True)
    runs_out_to = DayField(null=True)
    walked_on = DayField(null=True)  # the day up to which openings and expiries are in the ledger
    # When the passing of time alone will change it: an entry is confirmed, a purchase opens or expires.
    stale_at = InstantField(null=True)

    @classmethod
    def of(cls, project: "Project") -> "Meter":
        row = _by_project.first(project=project.id)
        assert row is not None, "every project is made with its meter"
        meter: Meter = _maker.make(row)
        meter.__rel__["project"] = project
        return meter

    def is_stale(self, at: datetime | None = None) -> bool:
        at = at or now()
        if self.stale_at is not None and self.stale_at <= at:
            return True
        # A forecast is of its day: one without work moves it, and a new week tells more.
        return self.balance_minutes > 0 and not self.project.is_postpaid and self.walked_on != self.project.today(at)

    @property
    def runs_out(self) -> RunsOut | None:
        if self.runs_out_on is None:
            return None
        return RunsOut(self.runs_out_on, self.runs_out_from, self.runs_out_to)

    def foresee(self, forecast: RunsOut | None) -> None:
        """Take the forecast over, to be stored."""
        days = (forecast.on, forecast.first, forecast.last) if forecast else (None, None, None)
        self.runs_out_on, self.runs_out_from, self.runs_out_to = days

    @classmethod
    def commit(cls, project: "Project", minutes: int) -> None:
        """Add to what is committed (negative to take away), within the transaction of the change."""
        if minutes:
            cls.update(committed_minutes=cls.committed_minutes + minutes).where(cls.project == project).execute()

    @classmethod
    def look_again(cls, project: "Project") -> None:
        """Let it be read anew by whoever looks next, within the transaction of what has changed."""
        at = now()
        later = cls.stale_at.is_null() | (cls.stale_at > at)
        cls.update(stale_at=at).where((cls.project == project) & later).execute()

    def reading(self) -> rules.Meter:
        """The stored figures as the rules' value, which knows what is left, used and available."""
        values: dict[str, int | date | None] = {name: getattr(self, name) for name in STORED}
        return rules.Meter(
            available_minutes=self.balance_minutes - self.committed_minutes,
            is_postpaid=self.project.is_postpaid,
            runs_out=self.runs_out,
            is_short=self.runs_out is not None and is_short(self.runs_out, self.project.today()),
            **values,  # type: ignore[arg-type]
        )


_by_project = Prepared(lambda: Meter.select().where(Meter.project == parameter("project")))
_maker = Maker(Meter)

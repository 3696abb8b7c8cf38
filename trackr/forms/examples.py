"""What the settings of a project would mean: examples drawn from what is being typed, stored nowhere."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from trackr.forms.fields import Fields
from trackr.forms.projects import Form, read_changes
from trackr.hours import proposals
from trackr.hours.proposals import Rule
from trackr.models import Project, closing
from trackr.models.base import now
from trackr.models.closing import Outlook

PACK = 20 * 60  # minutes, of the examples
TWICE = 20


@dataclass(frozen=True)
class Example:
    """The settings as stored, with what is being typed in their place; `errors` by field where that cannot be."""

    values: dict[str, Any]
    errors: dict[str, str]

    @classmethod
    def read(cls, form: Form, project: Project) -> "Example":
        fields = Fields(form)
        changed = read_changes(fields, project)
        wanted = project.__data__ | {name: value for name, value in changed.items() if name not in fields.errors}
        return cls(wanted, fields.errors)

    def error(self, *names: str) -> str:
        """The first message for one of these fields."""
        return next((self.errors[name] for name in names if name in self.errors), "")

    @property
    def rule(self) -> Rule:
        return Rule(**{name: self.values[name] for name in ("increment", "minimum", "grace", "per")})

    @property
    def samples(self) -> list[tuple[int, int]]:
        return proposals.samples(self.rule)

    @property
    def twice(self) -> tuple[int, int]:
        """Minutes of each of two entries of a day, and what both are valued together."""
        return TWICE, proposals.twice(TWICE, self.rule)

    @property
    def here(self) -> datetime:
        """This instant, on the clocks of the time zone."""
        return now().astimezone(self._zone)

    @property
    def confirmed(self) -> datetime:
        """When time that is logged now is confirmed, on those clocks."""
        return (now() + timedelta(hours=self.values["review_hours"])).astimezone(self._zone)

    @property
    def used(self) -> list[tuple[int, int]]:
        """Of a pack of so many minutes: used when people are warned, and left then."""
        used = [-(-PACK * percent // 100) for percent in self._numbers("warn_percents")]
        return [(minutes, PACK - minutes) for minutes in used]

    @property
    def expiry(self) -> tuple[date, list[date]]:
        """The last day of a pack, and the days on which people are warned of it."""
        last = date(self.here.year, 12, 31)
        return last, [last - timedelta(days=days) for days in self._numbers("warn_days")]

    @cached_property
    def closing(self) -> Outlook | None:
        """What closes by itself, at once and next."""
        return closing.outlook(self._project, now())

    @property
    def closes_on(self) -> date:
        """The day, in the time zone, on which the next statement closes."""
        assert self.closing is not None
        return self.closing.closes_at.astimezone(self._zone).date()

    @property
    def _project(self) -> Project:
        """The project as it would be; not to be stored."""
        return Project(**self.values)

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.values["timezone"])

    def _numbers(self, name: str) -> list[int]:
        return [int(number) for number in self.values[name].split(",") if number]

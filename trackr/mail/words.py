"""The language, the time zone and the day of whoever reads a mail: what a page asks of its request."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from trackr.hours.durations import show
from trackr.models import Agency, Person
from trackr.models.base import now
from trackr.web import days
from trackr.web.catalogues import catalogue


@dataclass(frozen=True)
class Words:
    language: str
    zone: ZoneInfo

    @classmethod
    def of(cls, person: Person, agency: Agency) -> "Words":
        """Those of the person, else the agency's."""
        return cls(person.language or agency.language, ZoneInfo(person.timezone or agency.timezone))

    def text(self, message: str, **values: object) -> str:
        """A translated message as plain text (assign it to `_`)."""
        translated = catalogue(self.language).gettext(message)
        return translated % values if values else translated.replace("%%", "%")

    def plural(self, singular: str, plural: str, num: int, **values: object) -> str:
        """The same of two, by the number (assign it to `ngettext`)."""
        return catalogue(self.language).ngettext(singular, plural, num) % ({"num": num} | values)

    @property
    def today(self) -> date:
        return now().astimezone(self.zone).date()

    def day(self, value: date, pattern: str = "EEEE d MMMM") -> str:
        """ "Thursday 12 February"; with the year where it is another one."""
        return days.in_words(value, pattern + ("" if value.year == self.today.year else " yyyy"), self.language)

    def moment(self, instant: datetime) -> str:
        """ "12 February, 9:14"; in French "12 février, 9 h 14"."""
        _ = self.text
        when = instant.astimezone(self.zone)
        clock = _("%(hours)s:%(minutes)s", hours=when.hour, minutes=f"{when.minute:02}")
        return f"{self.day(when.date(), 'd MMMM')}, {clock}"

    def duration(self, minutes: int) -> str:
        return show(minutes)

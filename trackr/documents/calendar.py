"""Days as an iCalendar file, for a calendar that asks for it again and again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _

from trackr.documents.cells import printable
from trackr.documents.statement import words
from trackr.hours.durations import show
from trackr.reach.feeds import Day

ASK_AGAIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class _Period:
    first_day: date
    last_day: date
    language: str


def as_ical(days: Iterable[Day], name: str, base: str, language: str) -> bytes:
    """All-day events, each under an id that stays. name: of the calendar; base: the address of the instance."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    for key, value in (("prodid", "-//Trackr//EN"), ("version", "2.0"), ("x-wr-calname", printable(name))):
        calendar.add(key, value)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"value": "DURATION"})
    host = base.partition("://")[2].partition("/")[0].partition(":")[0]
    for day in days:
        event = Event()
        event.add("uid", f"{day.key}@{host}")
        event.add("dtstamp", day.at.replace(microsecond=0))
        event.add("dtstart", day.on)
        event.add("dtend", day.on + timedelta(days=1))
        event.add("transp", "TRANSPARENT")  # nobody is busy because of it
        event.add("summary", printable(_summary(day, language)))
        event.add("description", "\n".join(filter(None, map(printable, _description(day, language)))))
        event.add("url", base + _path(day))
        calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made


def _summary(day: Day, language: str) -> str:
    if day.kind == "due":
        return _("Due: %(title)s", title=day.text)
    if day.kind == "expiry":
        return _("Hours expire: %(project)s", project=day.project.name)
    period = words.period(_Period(day.first_day or day.on, day.on, language))
    if day.kind == "statement":
        return _("Statement %(number)s, %(period)s", number=day.number, period=period)
    return _("End of the period: %(period)s", period=period)


def _description(day: Day, language: str) -> Iterator[str]:
    yield f"{day.project.name}, {day.project.client}"
    if day.kind == "expiry":
        yield _("Last day of the pack of %(hours)s.", hours=show(day.minutes))
        yield day.text
    if day.closes_on:
        closes_on = words.day(_Period(day.on, day.on, language), day.closes_on)
        yield _("Its statement closes by itself on %(day)s.", day=closes_on)


def _path(day: Day) -> str:
    if day.kind == "due":
        return f"/tickets/{day.number}"
    if day.kind == "statement":
        return f"/statements/{day.number}"
    return f"/projects/{day.project.slug}/hours"

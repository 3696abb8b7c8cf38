"""How durations, days and instants are written for the reader."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel.numbers import format_decimal
from flask import Flask, g
from flask_babel import get_locale
from markupsafe import Markup

from trackr.files import store
from trackr.hours.durations import show, show_in_column
from trackr.models import Purchase
from trackr.models.base import now
from trackr.web import days
from trackr.web.languages import plain as _

# Without the year where it is this one; both languages write the day first.
PATTERNS = {"full": "EEEE d MMMM", "long": "d MMMM", "short": "d MMM"}


def duration(minutes: int) -> str:
    return show(minutes)


def hours(minutes: int) -> str:
    return show_in_column(minutes)


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a page writes its times: worked out once for each request."""

    zone: ZoneInfo
    today: date
    locale: str


def reader() -> Reader:
    """The zone of the project that the page is about, else of the agency; the day it is there; the language."""
    request_globals = g._get_current_object()  # a proxy asked many times costs more than the writing
    found: Reader | None = request_globals.get("reader")
    if found is None:
        project = request_globals.get("project")
        zone = ZoneInfo(project.timezone if project else request_globals.get("timezone", "UTC"))
        found = request_globals.reader = Reader(zone, now().astimezone(zone).date(), str(get_locale()))
    return found


def today() -> date:
    return reader().today


def day(value: date, style: str = "long") -> str:
    """ "12 February" (long), "Thursday 12 February" (full), "12 Feb" (short); with the year where it is another one."""
    to = reader()
    return days.in_words(value, PATTERNS[style] + ("" if value.year == to.today.year else " yyyy"), to.locale)


def day_or_today(value: date, style: str = "long") -> str:
    return _("today") if value == today() else day(value, style)


def moment(instant: datetime) -> str:
    """ "12 February, 9:14" or "today, 9:14"; in French "12 février, 9 h 14"."""
    when = instant.astimezone(reader().zone)
    time = _("%(hours)s:%(minutes)s", hours=when.hour, minutes=f"{when.minute:02}")
    return f"{day_or_today(when.date())}, {time}"


def time_tag(instant: datetime) -> Markup:
    iso = instant.strftime("%Y-%m-%dT%H:%MZ")
    return Markup('<time datetime="{}">{}</time>').format(iso, moment(instant))


def age(instant: datetime, at: datetime | None = None) -> str:
    """How long ago, as short as it goes: "5 min", "2 h", "12 d"."""
    passed = (at or now()) - instant
    if passed < timedelta(hours=1):
        return _("%(n)s min", n=max(int(passed.total_seconds() // 60), 0)).replace(" ", "\u00a0")
    if passed < timedelta(days=1):
        return _("%(n)s h", n=passed.seconds // 3600).replace(" ", "\u00a0")
    return _("%(n)s d", n=passed.days).replace(" ", "\u00a0")


def local_day(instant: datetime, style: str = "long") -> str:
    """The day of an instant, as `day` writes it."""
    return day(instant.astimezone(reader().zone).date(), style)


def month_name(first: date) -> str:
    """ "February 2026"; within a sentence, where French writes it small."""
    return days.in_words(first, "LLLL yyyy", reader().locale)


def filesize(size: int) -> str:
    """ "214 kB", "1.4 MB": bytes as people read them, at least one kB."""
    kilobytes = max(1, round(size / 1000))
    if kilobytes < 1000:
        return _("%(n)s kB", n=kilobytes).replace(" ", "\u00a0")
    return _("%(n)s MB", n=format_decimal(round(size / 1_000_000, 1), locale=reader().locale)).replace(" ", "\u00a0")


def capitalize_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def pack_name(purchase: Purchase) -> str:
    """What people call a pack: its reference, else its size and day."""
    if purchase.reference:
        return purchase.reference
    return _("the %(hours)s of %(day)s", hours=show(purchase.minutes), day=day(purchase.bought_on))


def pairs(values: list[str]) -> list[tuple[str, str]]:
    """Options whose words are their values."""
    return [(value, value) for value in values]


def named(records: list[Any]) -> list[tuple[int, str]]:
    """Options of records: their id, and their name for words."""
    return [(record.id, record.name) for record in records]


def register(app: Flask) -> None:
    filters = (
        duration, hours, day, day_or_today, moment, time_tag, age, local_day, month_name, capitalize_first, pack_name,
        pairs, named, filesize,
    )  # fmt: skip
    app.jinja_env.filters.update({function.__name__: function for function in filters})
    app.jinja_env.globals.update(today=today, get_locale=get_locale, store=store)

"""How durations, days and instants are written for the reader."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel.numbers import format_decimal
from flask import Flask, g
from flask_babel import get_locale
from markupsafe import Markup, escape

from trackr.files import store
from trackr.hours.durations import show, show_in_column
from trackr.hours.opening import show_spans
from trackr.models import Purchase
from trackr.models.base import now
from trackr.models.search import BEGIN, END
from trackr.web import days
from trackr.web.languages import plain as _
from trackr.web.languages import translate_plural as ngettext

# Without the year where it is this one; both languages write the day first.
PATTERNS = {"full": "EEEE d MMMM", "long": "d MMMM", "short": "d MMM"}

SOON = timedelta(days=3)  # before a due day
SOON_TO_ANSWER = timedelta(hours=2)  # before an answer is due


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


def weekday(value: date, pattern: str = "EEE d") -> str:
    """ "Mon 16"; "Monday 16" with the pattern "EEEE d"; in French "lun. 1er"."""
    return days.in_words(value, f"{pattern} ", reader().locale).strip()


def moment(instant: datetime) -> str:
    """ "12 February, 9:14" or "today, 9:14"; in French "12 février, 9 h 14"."""
    return f"{day_or_today(instant.astimezone(reader().zone).date())}, {clock(instant)}"


def clock(instant: datetime) -> str:
    """ "9:14"; in French "9 h 14"."""
    when = instant.astimezone(reader().zone)
    return clock_time(when)


def clock_time(when: datetime) -> str:
    """ "9:14", in French "9 h 14": of an instant as a clock somewhere shows it."""
    return _("%(hours)s:%(minutes)s", hours=when.hour, minutes=f"{when.minute:02}")


def weekday_moment(when: datetime) -> str:
    """ "Thursday 12 February, 9:14", as a calendar and a clock somewhere show it."""
    return f"{day(when.date(), 'full')}, {clock_time(when)}"


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


def since_day(instant: datetime) -> str:
    """Since when, by the day: "since today", "since yesterday", "for 3 days"; it holds until midnight."""
    days_ago = (today() - instant.astimezone(reader().zone).date()).days
    if days_ago <= 1:
        return _("since yesterday") if days_ago == 1 else _("since today")
    return str(ngettext("for %(num)s day", "for %(num)s days", days_ago))


def few(names: list[str], most: int = 3) -> str:
    """A list of names as a button bears it: "Claire, Marc, Anna and 2 more"."""
    shown = ", ".join(dict.fromkeys(names[:most]))
    more = len(names) - most
    return _("%(names)s and %(n)s more", names=shown, n=more) if more > 0 else shown


def local_day(instant: datetime, style: str = "long") -> str:
    """The day of an instant, as `day` writes it."""
    return day(instant.astimezone(reader().zone).date(), style)


def iso_day(text: str) -> str:
    """A day as the events store it, in words."""
    return day(date.fromisoformat(text))


def due_state(record: Any) -> str:
    """soon, over, or "" where there is time or it is done."""
    return due(record.due_on, closed=record.is_closed)[0]


def due(on: date | None, *, closed: bool) -> tuple[str, str]:
    """How near a due day is ("", soon, over), and what is said of it; nothing where there is none or it is done."""
    if on is None or closed:
        return "", ""
    state = "over" if on < today() else "soon" if on - today() <= SOON else ""
    words = _("was due %(day)s", day=day(on, "short")) if state == "over" else _("due %(day)s", day=day(on, "short"))
    return state, words


def answer(at: datetime | None) -> tuple[str, str]:
    """How near the instant is by which to answer ("", soon, over), and what is said of it; nothing where there is none.

    "answer by 14:00", "answer by Tuesday 14:00", "answer by 12 March, 14:00"; late: "answer was due 14:00".
    """
    if at is None:
        return "", ""
    left = at - now()
    if left < timedelta():
        return "over", _("answer was due %(time)s", time=near(at))
    return "soon" if left <= SOON_TO_ANSWER else "", _("answer by %(time)s", time=near(at))


def near(at: datetime) -> str:
    """ "14:00" today, "Tuesday 14:00" within some days, else "12 March, 14:00"."""
    when, to = at.astimezone(reader().zone), reader()
    away = abs((when.date() - to.today).days)
    if away == 0:
        return clock_time(when)
    if away < 7:
        return f"{days.in_words(when.date(), 'EEEE', to.locale)} {clock_time(when)}"
    return _("%(day)s, %(time)s", day=day(when.date()), time=clock_time(when))


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


def until(first: date, last: date) -> str:
    """Between which days: "10 to 25 March", "28 February to 5 March"."""
    is_one_month = (first.year, first.month) == (last.year, last.month)
    begin = days.in_words(first, "d ", reader().locale).strip() if is_one_month else day(first)
    return _("%(first)s to %(last)s", first=begin, last=day(last))


def up_to(low: int, ceiling: int) -> str:
    """An estimate: "2 h to 3 h", or "3 h" alone."""
    return show(ceiling) if low == ceiling else _("%(low)s to %(ceiling)s", low=show(low), ceiling=show(ceiling))


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


def spaced(listed: str) -> str:
    """A stored list as people write one: "75,90" as "75, 90"."""
    return listed.replace(",", ", ")


def spans(hours: tuple[tuple[int, int], ...]) -> str:
    """The opening hours of a day, as they are typed: "9:00-12:00, 14:00-18:00"."""
    return show_spans(hours)


def marked(text: str) -> Markup:
    """An excerpt of a search, its words marked."""
    escaped = str(escape(" ".join(text.split())))
    return Markup(escaped.replace(BEGIN, "<mark>").replace(END, "</mark>"))  # noqa: S704 -- escaped before


def register(app: Flask) -> None:
    filters = (
        duration, hours, day, day_or_today, moment, time_tag, age, local_day, month_name, capitalize_first, until,
        up_to, since_day, few, pack_name, pairs, named, weekday, clock, weekday_moment, spaced, filesize, marked,
        iso_day, due_state, near, spans,
    )  # fmt: skip
    app.jinja_env.filters.update({function.__name__: function for function in filters})
    app.jinja_env.globals.update(today=today, get_locale=get_locale, store=store, due=due, answer=answer)

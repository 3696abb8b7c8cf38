"""Reading submitted fields one by one: every fault is noted at its field, and all are told at once.

Nothing a browser or a script can send raises anything but Invalid: missing, doubled, huge and wrong-typed fields all
end as a message that a person can read.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from babel.numbers import format_decimal
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from trackr.hours.durations import BadDuration, Reason, parse
from trackr.models.base import now
from trackr.web import days

EARLIEST = date(1990, 1, 1)
LONGEST_TEXT = 100_000

# What no text needs and some programs stumble over: control characters but tab and line end, and lone surrogates.
_UNWANTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_EMAIL = re.compile(r"[^@\s,;<>()\"]+@[^@\s,;<>()\"]+\.[^@\s,;<>()\".]+")

T = TypeVar("T")


class Invalid(Exception):
    """A form that cannot be taken: a message for each field that is wrong ("" for the form as a whole)."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(errors)
        self.errors = errors


class Fields:
    """The fields of one submitted form."""

    def __init__(self, form: "MultiDict[str, str]") -> None:
        self._form = form
        self.errors: dict[str, str] = {}

    def error(self, name: str, message: str) -> None:
        self.errors.setdefault(name, message)

    def check(self) -> None:
        """Raise Invalid where anything was wrong."""
        if self.errors:
            raise Invalid(self.errors)

    def has(self, name: str) -> bool:
        return name in self._form

    def raw(self, name: str) -> str:
        """The field as it came, without line ends of other systems and control characters; "" where it is missing."""
        values = self._form.getlist(name)
        if len(values) > 1:
            self.error(name, _("This field was sent more than once."))
            return ""
        text = values[0] if values else ""
        return _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))

    def line(self, name: str, *, limit: int = 200, required: str = "") -> str:
        """One line of text; `required` is the message for an empty one."""
        return self._limited(name, " ".join(self.raw(name).split()), limit, required)

    def text(self, name: str, *, limit: int = LONGEST_TEXT, required: str = "") -> str:
        """Text of several lines."""
        return self._limited(name, self.raw(name).strip("\n").rstrip(), limit, required)

    def _limited(self, name: str, text: str, limit: int, required: str) -> str:
        if len(text) > limit:
            counts = {"limit": _number(limit), "count": _number(len(text))}
            self.error(name, _("At most %(limit)s characters, this has %(count)s.", **counts))
            return ""
        if required and not text.strip():
            self.error(name, required)
        return text

    def email(self, name: str) -> str:
        address = self.line(name, limit=254, required=_("Write an e-mail address."))
        if address and not _EMAIL.fullmatch(address):
            self.error(name, _("This is not an e-mail address: write one such as name@example.org."))
        return address.lower()

    def choice(self, name: str, choices: Sequence[str], default: str) -> str:
        value = self.raw(name) or default
        if value not in choices:
            self.error(name, _("Choose one of the options."))
            return default
        return value

    def flag(self, name: str) -> bool:
        return self.raw(name) in ("1", "on", "true", "yes")

    def number(self, name: str, *, lowest: int, highest: int, default: int) -> int:
        text = self.raw(name).strip()
        if not text:
            return default
        if not re.fullmatch(r"[0-9]{1,9}", text) or not lowest <= int(text) <= highest:
            bounds = {"lowest": _number(lowest), "highest": _number(highest)}
            self.error(name, _("Write a whole number from %(lowest)s to %(highest)s.", **bounds))
            return default
        return int(text)

    def cents(self, name: str, *, highest: int) -> int | None:
        """An amount of money as people write it ("85", "85.50", "1 250,00"), in cents; None where it is empty."""
        text = re.sub(r"\s", "", self.raw(name))
        if not text:
            return None
        found = re.fullmatch(r"([0-9]{1,9})(?:[.,]([0-9]{1,2}))?", text)
        cents = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else highest + 1
        if cents > highest:
            bounds = {
                "example": format_decimal(85, "0.00", locale=get_locale() or "en"),
                "most": _number(highest // 100),
            }
            self.error(name, _("Write an amount such as %(example)s, at most %(most)s.", **bounds))
            return None
        return cents

    def numbers(self, name: str, *, lowest: int, highest: int, most: int) -> list[int]:
        """Whole numbers as people list them ("75, 90, 100", "7;30"), each once, ascending; none where it is empty."""
        words = re.sub(r"[\s,;%]+", " ", self.raw(name)).split()
        found = {int(word) if re.fullmatch(r"[0-9]{1,9}", word) else -1 for word in words}
        if len(found) > most or not all(lowest <= number <= highest for number in found):
            bounds = {"lowest": _number(lowest), "highest": _number(highest), "most": _number(most)}
            message = _("Write whole numbers from %(lowest)s to %(highest)s with commas, at most %(most)s.", **bounds)
            self.error(name, message)
            return []
        return sorted(found)

    def ids(self, name: str, *, most: int) -> list[int]:
        """The ids of records that were ticked, each once, in their order; what is no id names no record."""
        values = dict.fromkeys(self._form.getlist(name))
        if len(values) > most:
            self.error(name, _("At most %(most)s at once.", most=_number(most)))
            return []
        return [int(value) for value in values if re.fullmatch(r"[0-9]{1,15}", value)]

    def day(self, name: str, *, default: date | None = None, latest: date | None = None) -> date | None:
        """A day as browsers send it (2026-03-14); `default` where it is empty."""
        text = self.raw(name).strip()
        if not text:
            return default
        try:
            if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
                raise ValueError(text)
            day = date.fromisoformat(text)
        except ValueError:
            self.error(name, _("Write a day as year-month-day, for example 2026-03-14."))
            return default
        latest = latest or date(now().year + 30, 12, 31)
        if not EARLIEST <= day <= latest:
            bounds = {"earliest": _day(EARLIEST), "latest": _day(latest)}
            self.error(name, _("Choose a day from %(earliest)s to %(latest)s.", **bounds))
            return default
        return day

    def duration(self, name: str, *, required: bool = False, **grammar: Any) -> int | None:
        """Minutes of a duration, None where it is empty; `grammar` goes to durations.parse."""
        text = self.raw(name)
        if not text.strip() and not required:
            return None
        try:
            return parse(text, **grammar)
        except BadDuration as fault:
            self.error(name, duration_message(fault, grammar.get("limit_minutes", 24 * 60)))
            return None

    def record(self, name: str, among: Iterable[T], default: T) -> T:
        """The record whose id was sent, found among those that the parent offers; "" gives the default."""
        text = self.raw(name).strip()
        if not text:
            return default
        for candidate in among:
            if str(candidate.id) == text:  # type: ignore[attr-defined]
                return candidate
        self.error(name, _("Choose one of the options."))
        return default


def duration_message(fault: BadDuration, limit_minutes: int) -> str:
    """What to tell a person whose duration could not be read, always with an example."""
    if fault.reason is Reason.AMBIGUOUS:
        return _("%(n)s minutes or %(n)s hours? Write %(n)sm or %(n)sh.", n=fault.number)
    limit = _number(limit_minutes // 60)
    messages = {
        Reason.EMPTY: _("Write a duration, for example 1h30 or 45m."),
        Reason.ZERO: _("Nothing is no duration: write one such as 1h30 or 45m."),
        Reason.SIGNED: _("A duration has no sign: write one such as 1h30 or 45m."),
        Reason.TOO_LONG: _("At most %(hours)s hours: write one such as 1h30 or 45m.", hours=limit),
    }
    return messages.get(fault.reason) or _("This is not a duration: write one such as 1h30, 0:45 or 45m.")


def _number(value: int) -> str:
    """As the reader writes it: "100,000", "100 000". At the shell, where nobody reads a page, as in English."""
    return format_decimal(value, locale=get_locale() or "en")


def _day(value: date) -> str:
    return days.in_words(value, "d MMMM yyyy", str(get_locale() or "en"))

"""Durations as people write and read them: text to whole minutes, and back."""

import re
from enum import StrEnum
from fractions import Fraction
from math import floor

DAY_MINUTES = 24 * 60
LONGEST_TEXT = 40


class Reason(StrEnum):
    """Why a text is no duration. The pages turn it into a sentence in the reader's language."""

    EMPTY = "empty"
    UNREADABLE = "unreadable"
    AMBIGUOUS = "ambiguous"
    ZERO = "zero"
    SIGNED = "signed"
    TOO_LONG = "too_long"


_SENTENCES = {
    Reason.EMPTY: "no duration: write for example 1h30 or 45m",
    Reason.UNREADABLE: "{text!r} is not a duration: write for example 1h30 or 45m",
    Reason.AMBIGUOUS: "{number} minutes or {number} hours? Write {number}m or {number}h",
    Reason.ZERO: "{text!r} is no time: write for example 1h30 or 45m",
    Reason.SIGNED: "{text!r} has a sign: write for example 1h30 or 45m",
    Reason.TOO_LONG: "{text!r} is too long",
}


class BadDuration(ValueError):
    """A text that is no duration: its `reason`, the `text` as typed and, where ambiguous, the bare `number`."""

    def __init__(self, reason: Reason, text: str, number: int | None = None) -> None:
        super().__init__(reason, text, number)
        self.reason = reason
        self.text = text
        self.number = number

    def __str__(self) -> str:
        """One plain English line, for the shell."""
        return _SENTENCES[self.reason].format(text=self.text[:LONGEST_TEXT], number=self.number)


# What may be written, a line per form, with words of the vocabulary in {}. A space stands for any number of spaces.
_FORMS = (
    "(?P<hours>{digits})?:(?P<minutes>{two_digits})",  # 1:30  01:30  :30
    "(?P<hours>{digits}) {h} (?P<minutes>{up_to_59})( {m})?",  # 1h30  1 h 5  1 heure 30 minutes
    "(?P<hours>{digits}({point}{digits})?) {h}",  # 2 hours  1,5 h
    "(?P<minutes>{digits}) {m}",  # 90m  90 min
    "(?P<hours>{digits}{point}{digits})",  # 1.5  0,25
    "(?P<bare>{digits})",  # 2
)
_VOCABULARY = {
    "digits": "[0-9]+",  # not \d, which knows the digits of every alphabet
    "two_digits": "[0-5][0-9]",
    "up_to_59": "[0-5]?[0-9]",
    "point": "[.,]",
    "h": "(?:h|hours?|heures?)",
    "m": "(?:m|mn|min|minutes?)",
}
_SPACES = "[ \u00a0\u202f\u2009]*"
_GRAMMAR = tuple(
    re.compile(form.format(**_VOCABULARY).replace(" ", _SPACES), re.IGNORECASE | re.ASCII) for form in _FORMS
)
_SIGNS = "+-\u2212"
_THOUSANDS = re.compile("[1-9][0-9]{0,2}[.,][0-9]{3}")


def parse(text: str, *, limit_minutes: int = DAY_MINUTES, bare_is_hours: bool = False, signed: bool = False) -> int:
    """Read a duration, in minutes: never 0, at most `limit_minutes`, rounded to the nearest minute (a half goes up).

    A bare number is hours, but one of two digits is asked about, unless `bare_is_hours`. With `signed`, a leading minus
    gives negative minutes. Raises BadDuration.
    """
    stripped = text.strip()
    if not stripped:
        raise BadDuration(Reason.EMPTY, text)
    sign = stripped[0] if stripped[0] in _SIGNS else ""
    words = _match(stripped.removeprefix(sign).lstrip())
    if words is None:
        raise BadDuration(Reason.UNREADABLE, text)
    if sign == "+" or (sign and not signed):
        raise BadDuration(Reason.SIGNED, text)

    bare = words.get("bare")
    if bare and not bare_is_hours and len(bare) > 1 and 0 < int(bare) <= limit_minutes:
        raise BadDuration(Reason.AMBIGUOUS, text, int(bare))
    hours = bare or words.get("hours") or "0"
    if _may_be_thousands(hours, limit_minutes):
        raise BadDuration(Reason.UNREADABLE, text)

    minutes = _rounded_minutes(hours) + int(words.get("minutes") or 0)
    if minutes == 0:
        raise BadDuration(Reason.ZERO, text)
    if minutes > limit_minutes:
        raise BadDuration(Reason.TOO_LONG, text)
    return -minutes if sign else minutes


def show(minutes: int) -> str:
    """For sentences: `1 h 30`, `45 min`, `2 h`, `0 h`, `-45 min`, with no-break spaces."""
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else ""
    if rest and not hours:
        return f"{sign}{rest}\u00a0min"
    return f"{sign}{hours}\u00a0h\u00a0{rest:02}" if rest else f"{sign}{hours}\u00a0h"


def show_in_column(minutes: int) -> str:
    """For columns of figures, always hours and minutes: `0 h 45`, `2 h 00`, with no-break spaces and a true minus."""
    hours, rest = divmod(abs(minutes), 60)
    sign = "\u2212" if minutes < 0 else ""
    return f"{sign}{hours}\u00a0h\u00a0{rest:02}"


def _match(text: str) -> dict[str, str | None] | None:
    if len(text) > LONGEST_TEXT:
        return None
    matches = (form.fullmatch(text) for form in _GRAMMAR)
    return next((match.groupdict() for match in matches if match), None)


def _may_be_thousands(hours: str, limit_minutes: int) -> bool:
    """Whether `1,500` may be meant as fifteen hundred: a pack may be that large, a day's work may not."""
    return bool(_THOUSANDS.fullmatch(hours)) and int(re.sub("[.,]", "", hours)) * 60 <= limit_minutes


def _rounded_minutes(hours: str) -> int:
    return floor(Fraction(hours.replace(",", ".")) * 60 + Fraction(1, 2))

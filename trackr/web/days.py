"""Days in words. They are written often and seldom differ, so what Babel makes of them is kept."""

import functools
from datetime import date

from babel.dates import format_date


@functools.lru_cache(maxsize=4096)
def in_words(value: date, pattern: str, locale: str) -> str:
    """The day in one of CLDR's patterns. French keeps day and month on one line, and its months begin with "1er"."""
    if locale == "fr":
        pattern = pattern.replace("d ", "d'er'\u00a0" if value.day == 1 else "d\u00a0")
    return format_date(value, pattern, locale=locale)

"""Days in words. They are written often and seldom differ, so what Babel makes of them is kept."""

import functools
from datetime import date

from babel.dates import format_date


@functools.lru_cache(maxsize=4096)
def in_words(value: date, pattern: str, locale: str) -> str:
    """The day in one of CLDR's patterns; the first of a month is "1er mars" in French, which CLDR does not know."""
    if locale == "fr" and value.day == 1:
        pattern = pattern.replace("d", "d'er'")
    return format_date(value, pattern, locale=locale)

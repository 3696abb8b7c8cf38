"""Texts as they stand in files: in the cells of spreadsheets, and on paper."""

import re

# With these a cell begins that a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
UNPRINTABLE = re.compile("[\x00-\x20\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")


def harmless(text: str) -> str:
    """The text of a cell, never a formula: what people wrote is quoted where it begins like one."""
    text = " ".join(text.split()) if "\n" in text or "\r" in text or "\t" in text else text
    return f"'{text}" if text.lstrip().startswith(FORMULA) else text


def printable(text: str) -> str:
    """The text on one line, without signs that XML and paper do not know."""
    return UNPRINTABLE.sub(" ", text).strip(" ")

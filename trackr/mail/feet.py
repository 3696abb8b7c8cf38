"""The foot of our own mails, found again in what is answered or passed on.

It tells the hours, and has a link that stops the mails of its reader: neither is for all who read the answer.
"""

import re

LONGEST_FOOT = 12  # lines
_begins = re.compile(r"[\s>]*--\s*$")  # see letter.py and letter.html
ENDS = "/unsubscribe/"


def without_feet(lines: list[str]) -> list[str]:
    kept: list[str] = []
    after = 0
    for at, line in enumerate(lines):
        if at >= after and _begins.match(line):
            after = _end(lines, at)
        if at >= after:
            kept.append(line)
    return kept


def _end(lines: list[str], begin: int) -> int:
    """The line after the foot that begins there, 0 where none does."""
    near = lines[begin : begin + LONGEST_FOOT]
    return next((begin + count for count, line in enumerate(near, 1) if ENDS in line), 0)

"""Plain text that a mail program has broken into short lines, put together again."""

import re
from itertools import pairwise

NARROWEST, WIDEST = 60, 80  # where mail programs break lines
_starts_something = re.compile(r"\s|[-*+•>#|=_~]|\d+[.)]\s|--|\w[\w .'-]{0,30} ?:\s")


def unwrapped(text: str) -> str:
    """Join a line to the one before where that was broken only because the next word did not fit."""
    lines = text.split("\n")
    width = max((len(line) for line in lines if not line.startswith(">")), default=0)
    if not NARROWEST <= width <= WIDEST:  # lines are as long as their paragraphs, or all short
        return text
    done = [lines[0]]
    for before, line in pairwise(lines):
        if _goes_on(before, line, width):
            done[-1] = f"{done[-1].rstrip()} {line}"
        else:
            done.append(line)
    return "\n".join(done)


def _goes_on(before: str, line: str, width: int) -> bool:
    if not line.strip() or before.startswith((">", " ", "\t")) or _starts_something.match(line):
        return False
    word = line.split(" ", 1)[0]
    return len(before) >= NARROWEST - 15 and len(before.rstrip()) + 1 + len(word) > min(width, 76)

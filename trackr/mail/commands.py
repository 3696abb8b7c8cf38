"""What staff ask for in the first lines of a mail: `/t 1h30` logs time, `/internal` makes a note of it."""

import re
from dataclasses import dataclass

from trackr.hours.durations import BadDuration, parse

_LINE = re.compile(r"/(t|temps|time|internal|interne|note)\b[ \u00a0]*(.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Commands:
    body: str  # without them
    minutes: int = 0
    internal: bool = False
    wrong: str = ""  # a line that cannot be read

    @property
    def given(self) -> bool:
        return bool(self.minutes or self.internal or self.wrong)


def read(text: str) -> Commands:
    lines = text.strip().split("\n")
    minutes, internal, wrong = 0, False, ""
    while lines and (found := _LINE.fullmatch(lines[0].strip())):
        name, rest = found[1].lower(), found[2].strip()
        if name in ("t", "temps", "time"):
            try:
                minutes = parse(rest)
            except BadDuration:
                wrong = lines[0].strip()[:100]
        else:
            internal = True
        lines.pop(0)
        while lines and not lines[0].strip():
            lines.pop(0)
    return Commands("\n".join(lines), minutes, internal, wrong)

"""What the doctor says of one thing that was looked at."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    OK = "ok"
    HINT = "hint"  # works, and could be better
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line for the person at the shell; unless it is ok, the text ends with what to do."""

    verdict: Verdict
    subject: str
    text: str

    def __str__(self) -> str:
        # What a damaged database holds may break lines.
        return " ".join(f"{self.verdict} {self.subject}: {self.text}".split())


def ok(subject: str, text: str) -> Finding:
    return Finding(Verdict.OK, subject, text)


def hint(subject: str, text: str) -> Finding:
    return Finding(Verdict.HINT, subject, text)


def wrong(subject: str, text: str) -> Finding:
    return Finding(Verdict.WRONG, subject, text)

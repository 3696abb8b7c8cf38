"""What to bill for time worked: the project's rule turns spent minutes into a first proposal of valued minutes."""

import json
from dataclasses import asdict, dataclass
from typing import Literal, Self


@dataclass(frozen=True, slots=True)
class Rule:
    """A project's way of valuing time, all in minutes but `percent`, the activity's multiplier.

    Raises ValueError where the figures contradict each other.
    """

    increment: int = 1
    minimum: int = 0
    grace: int = 0
    percent: int = 100
    per: Literal["entry", "day"] = "entry"

    def __post_init__(self) -> None:
        if self.increment < 1:
            raise ValueError("the increment is at least 1 minute")
        if self.minimum < 0:
            raise ValueError("the minimum is not below 0")
        if not 0 <= self.grace < self.increment:
            raise ValueError("the grace is shorter than the increment")
        if self.percent < 0:
            raise ValueError("the percentage is not below 0")
        if self.per not in ("entry", "day"):
            raise ValueError("a rule works per entry or per day")

    def as_text(self) -> str:
        """Compact JSON, to keep beside an entry the rule as it was."""
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def from_text(cls, text: str) -> Self:
        """The rule that `as_text` wrote. Raises ValueError where the text is none."""
        try:
            return cls(**json.loads(text))
        except TypeError as error:
            raise ValueError(f"not a rule: {text}") from error


def propose(spent_minutes: int, rule: Rule, already_spent_minutes: int = 0, already_valued_minutes: int = 0) -> int:
    """The valued minutes to propose, never below 0.

    Where the rule works per day, it is applied to the day's total on the ticket: `already_…` are the sums of the other
    entries there. A rule per entry leaves them aside. Raises ValueError for a negative spent time.
    """
    if spent_minutes < 0:
        raise ValueError("spent time is not below 0")
    if spent_minutes == 0:
        return 0
    if rule.per == "entry":
        return _value(spent_minutes, rule)
    return max(0, _value(already_spent_minutes + spent_minutes, rule) - already_valued_minutes)


def samples(rule: Rule) -> list[tuple[int, int]]:
    """Minutes spent with what they would be valued: enough of them to see what the rule does."""
    within = 2 * rule.increment + rule.grace
    spent = {5, 50, 65} | ({within, within + 1} if rule.grace else set())
    return [(minutes, propose(minutes, rule)) for minutes in sorted(spent)]


def twice(spent_minutes: int, rule: Rule) -> int:
    """What two such entries on one ticket and day are valued together."""
    first = propose(spent_minutes, rule)
    return first + propose(spent_minutes, rule, spent_minutes, first)


def _value(spent_minutes: int, rule: Rule) -> int:
    if rule.percent == 0:  # goodwill: the minimum is not asked either
        return 0
    base = -(-spent_minutes * rule.percent // 100)
    increments, rest = divmod(base, rule.increment)
    if rest > rule.grace:
        increments += 1
    return max(increments * rule.increment, rule.minimum)

"""Spent against valued: sums of time added up by whatever is asked for, and what they come to in money. Internal."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Cell:
    """The time of one person in one project, kind of work and month."""

    month: str  # 2026-03
    project: int
    person: int
    activity: int | None
    spent_minutes: int
    valued_minutes: int
    unvalued_minutes: int  # spent on what is valued at nothing


@dataclass(frozen=True, slots=True)
class Rates:
    """Cents for an hour: what one of a project is billed at, and what one of a person costs. None, or none: unknown."""

    of_projects: Mapping[int, int | None] = field(default_factory=dict)
    of_people: Mapping[int, int | None] = field(default_factory=dict)

    @property
    def tell(self) -> bool:
        """Whether anything can be told in money."""
        return any(rate is not None for rates in (self.of_projects, self.of_people) for rate in rates.values())


@dataclass(frozen=True, slots=True)
class Sum:
    """In whole minutes and cents. A sum in money is None where the rate of any of its hours is not known."""

    spent_minutes: int = 0
    valued_minutes: int = 0
    unvalued_minutes: int = 0
    value_cents: int | None = 0
    cost_cents: int | None = 0

    @property
    def margin_minutes(self) -> int:
        return self.valued_minutes - self.spent_minutes

    @property
    def margin_cents(self) -> int | None:
        if self.value_cents is None or self.cost_cents is None:
            return None
        return self.value_cents - self.cost_cents


def add_up(cells: Iterable[Cell], rates: Rates) -> Sum:
    """All of them. Money is summed to the minute, and rounded once, halves up."""
    cells = list(cells)
    return Sum(
        sum(cell.spent_minutes for cell in cells),
        sum(cell.valued_minutes for cell in cells),
        sum(cell.unvalued_minutes for cell in cells),
        _cents((cell.valued_minutes, rates.of_projects.get(cell.project)) for cell in cells),
        _cents((cell.spent_minutes, rates.of_people.get(cell.person)) for cell in cells),
    )


def by(cells: Iterable[Cell], key: Callable[[Cell], Any], rates: Rates) -> dict[Any, Sum]:
    """The same for each value of the key, the one with most time spent first."""
    groups: dict[Any, list[Cell]] = defaultdict(list)
    for cell in cells:
        groups[key(cell)].append(cell)
    sums = {one: add_up(those, rates) for one, those in groups.items()}
    return dict(sorted(sums.items(), key=lambda pair: (-pair[1].spent_minutes, -pair[1].valued_minutes, str(pair[0]))))


def _cents(hours: Iterable[tuple[int, int | None]]) -> int | None:
    whole = 0
    for minutes, rate in hours:
        if minutes and rate is None:
            return None
        whole += minutes * (rate or 0)
    return (whole + 30) // 60

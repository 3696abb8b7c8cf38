"""How many answers were given in time: what the targets came to, for reports."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from trackr.models.project import Project
from trackr.models.target import Target
from trackr.models.ticket import PRIORITIES

MARGIN = timedelta(hours=15)  # between the day of UTC and that of any time zone


@dataclass(frozen=True, slots=True)
class Tally:
    """How many answers of one month, priority and kind were given in time, and how many were not."""

    month: date  # its first day
    priority: str
    kind: str
    kept: int
    missed: int


def kept_and_missed(projects: Sequence[Project], first: date, last: date) -> list[Tally]:
    """The answers given from one day to another, both included, by month, priority and kind, in that order.

    A day is one of the project's time zone. One query; what nothing was aimed at is not counted.
    """
    zones = {project.id: project.zone for project in projects}
    query = Target.select(Target.project, Target.answered_at, Target.priority, Target.kind, Target.kept)
    query = query.where(Target.project.in_(list(zones)) & Target.kept.is_null(False))
    since, until = (datetime.combine(day, time(), UTC) for day in (first, last + timedelta(days=1)))
    query = query.where((Target.answered_at > since - MARGIN) & (Target.answered_at < until + MARGIN))
    counts: Counter[tuple[date, str, str, bool]] = Counter()
    for project, at, priority, kind, kept in query.tuples():
        day = at.astimezone(zones[project]).date()
        if first <= day <= last:
            counts[day.replace(day=1), priority, kind, bool(kept)] += 1
    groups = sorted({key[:3] for key in counts}, key=lambda key: (key[0], PRIORITIES.index(key[1]), key[2]))
    return [Tally(*key, counts[*key, True], counts[*key, False]) for key in groups]

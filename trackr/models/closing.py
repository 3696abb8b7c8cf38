"""Periods that close by themselves: those that are over and on no statement, in order, whenever somebody looks.

A period without anything to tell is passed over, unless the project wants a statement of it: its days are then on the
next one, so that from the first statement on every day is on exactly one.
"""

import logging
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from peewee import fn

from trackr import log
from trackr.db import transaction
from trackr.hours.closing import DAY, WAYS, closes_at, due, end_of_period, start_of_period
from trackr.models import ledger
from trackr.models.base import Refused, now
from trackr.models.line import Line
from trackr.models.meter import Meter
from trackr.models.period import Period
from trackr.models.project import Project
from trackr.models.statement import Statement

logger = logging.getLogger(__name__)


def close_due(at: datetime | None = None) -> list[Statement]:
    """Close what is due by that instant (default: now) in every project, each period in a transaction of its own.

    What cannot be closed is logged, and tried again the next time; the other projects go on.
    """
    at = at or now()
    closed: list[Statement] = []
    by_itself = Project.archived_at.is_null() & Project.closes.in_(WAYS)
    # All read before the first one closes: an open query would see the database as it was, and hold up what writes.
    for project in list(Project.select().where(by_itself).order_by(Project.id)):
        try:
            closed += close_due_of(project, at)
        except Exception:  # noqa: BLE001 (logged, and no reason to leave the others open)
            log.event(logger, "not closed", level=logging.ERROR, exc_info=True, project=project.slug)
    return closed


def close_due_of(project: Project, at: datetime) -> list[Statement]:
    """Close what is due of one project, in order."""
    first = first_open_day(project)
    if any(_over(project, first, at)):
        ledger.settle(project)  # what has expired is told too
    closed = (_close(project, last_day, at) for last_day in _told(project, list(_over(project, first, at))))
    return [statement for statement in closed if statement]


@dataclass(frozen=True, slots=True)
class Outlook:
    """What closes at once, by its last days, then the next statement: the days that it will cover, and the instant, in
    UTC, at which it closes."""

    due: list[date]
    first_day: date
    last_day: date
    closes_at: datetime


def outlook(project: Project, at: datetime) -> Outlook | None:
    """None where nothing closes by itself."""
    if project.closes not in WAYS:
        return None
    first = first_open_day(project)
    over = list(_over(project, first, at))
    told = _told(project, over)
    last = end_of_period(project.closes, over[-1] + DAY if over else first)
    if told:
        first = told[-1] + DAY
    elif over and Statement.closed_through(project) is None:  # all that is over is passed over
        first = max(first, start_of_period(project.closes, last))
    return Outlook(told, first, last, closes_at(last, project.zone, project.review_hours))


def has_untold(project: Project) -> bool:
    """Whether the project has statements, or is to have them, and there are hours that are on none yet."""
    wants_them = project.closes in WAYS or Statement.closed_through(project) is not None
    return wants_them and Line.select().where(Line.open_ones(project)).exists()


def _over(project: Project, first_day: date, at: datetime) -> Iterator[date]:
    return due(project.closes, first_day, project.zone, project.review_hours, at)


def _told(project: Project, over: list[date]) -> list[date]:
    """Of the last days of periods that are over, those of periods with something to tell, late lines included."""
    if not over or project.closes_empty:
        return over
    lines = Line.select(Line.day).where(Line.open_ones(project) & (Line.day <= over[-1])).distinct().tuples()
    told = {over[bisect_left(over, day)] for (day,) in lines}
    if not told and project.bills_deficit and Meter.of(project).deficit_minutes:
        return over[-1:]
    return sorted(told)


def first_open_day(project: Project) -> date:
    """The day after the last statement; before the first, the day of opening, or of the first line that is older."""
    closed = Statement.closed_through(project)
    if closed:
        return closed + DAY
    first: date | None = Line.select(fn.MIN(Line.day)).where(Line.open_ones(project)).scalar()
    opened = project.today(project.created_at)
    return min(first, opened) if first else opened


def _close(project: Project, last_day: date, at: datetime) -> Statement | None:
    """None where there is nothing to tell, or another process has closed it meanwhile, or its owner wants none now."""
    with transaction():
        project = Project.get_by_id(project.id)
        if project.closes not in WAYS or project.is_archived:
            return None
        try:
            if Period(project, last_day, at).is_empty and not project.closes_empty:
                return None
            return ledger.close(project, last_day, at=at)
        except Refused:
            return None

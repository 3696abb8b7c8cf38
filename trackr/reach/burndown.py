"""The balances of a project's chart, as one person may read them."""

from datetime import date, timedelta

from peewee import JOIN, fn

from trackr.hours.burndown import Burndown, burndown
from trackr.models import Entry, Line, Project, Purchase
from trackr.models.base import now
from trackr.reach import Reach
from trackr.reach.hours import OF_WORK
from trackr.reach.periods import month_after

LONGEST = timedelta(days=365)


def chart(reach: Reach, project: Project, purchases: list[Purchase], today: date) -> Burndown | None:
    """How the hours of the purchases in use went down, at most of the last year; None where there is nothing to draw.

    What is to be confirmed has not come off yet, as in the meter. A client who is told totals reads month by month.
    One query. purchases: those that count, the newest first.
    """
    opened = [pack for pack in purchases if pack.valid_from <= today]
    in_use = [pack for pack in opened if pack.is_in_use(today)] or opened[:1]
    if project.is_postpaid or not in_use:
        return None
    first = max(min(pack.valid_from for pack in in_use), today - LONGEST)
    by_month = not reach.person.is_staff and project.detail == "total"
    is_confirmed = Line.entry.is_null() | (Entry.confirms_at <= now())
    query = Line.select(Line.day, Line.kind, fn.SUM(Line.minutes))
    query = query.join(Entry, JOIN.LEFT_OUTER, on=(Line.entry == Entry.id)).group_by(Line.day, Line.kind)
    query = query.where((Line.project == project) & (Line.day > first) & is_confirmed)
    reading, changes = project.meter.reading(), []
    for day, kind, minutes in query.tuples():
        if by_month and kind in OF_WORK:
            day = month_after(day.replace(day=1)) - timedelta(days=1)
        changes.append((day, minutes))
    return burndown(changes, reading.left_minutes, first, today, reading.runs_out)

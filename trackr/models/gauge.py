"""Reading the meter off the ledger: what is pending, what people see, and when time alone will change it."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from peewee import fn

from trackr.hours import allocation, meter
from trackr.hours.allocation import PurchaseId
from trackr.models.alert import Alert
from trackr.models.base import now
from trackr.models.line import Line, entry_model
from trackr.models.meter import STORED, Meter
from trackr.models.pace import Pace
from trackr.models.project import Project

if TYPE_CHECKING:
    from trackr.models.purchase import Purchase

DAY = timedelta(days=1)


def recount_pending(project: Project, stored: Meter, packs: Iterable["Purchase"]) -> None:
    """Sum what is within its review window, and note when that next changes."""
    model = entry_model()
    waiting = (model.project == project) & (model.confirms_at > now())
    days_by_entry = dict(model.select(model.id, model.day).where(waiting).tuples())
    pending = _pending_of(project, stored, days_by_entry)
    for pack in packs:
        pack.pending_minutes = pending.get(pack.id, 0)
        pack.store("left_minutes", "pending_minutes")
    stored.pending_deficit_minutes = pending.get(None, 0)
    today = project.today()
    days = [pack.valid_from for pack in packs if pack.valid_from > today]
    for pack in packs:
        if pack.expires_on and pack.is_in_use(today):
            warned = (pack.expires_on - timedelta(days=ahead) for ahead in project.warned_days)
            days += [day for day in (*warned, pack.expires_on + DAY) if day > today]
    instants = [datetime.combine(day, time.min, project.zone) for day in days]
    soonest = model.select(fn.MIN(model.confirms_at)).where(waiting).scalar()
    stored.stale_at = min(filter(None, [soonest, *instants]), default=None)


def _pending_of(project: Project, stored: Meter, days_by_entry: dict[int, date]) -> dict[PurchaseId | None, int]:
    """What those entries take from each purchase and of the deficit; lines before their first day do not matter.

    Nor does what is on a statement, which is confirmed, however late an entry was typed for such a day.
    """
    if not days_by_entry:
        return {}
    since = Line.open_ones(project) & (Line.day >= min(days_by_entry.values()))
    query = Line.select(Line.day, Line.kind, Line.purchase, Line.entry, Line.minutes).where(since)
    lines = [
        allocation.Line(day, allocation.Kind(kind), purchase, entry, minutes)
        for day, kind, purchase, entry, minutes in query.order_by(Line.day, Line.sequence).tuples()
    ]
    opening = stored.deficit_minutes + sum(line.minutes for line in lines if line.purchase is None)
    return meter.pending_in(lines, days_by_entry.keys(), opening)


def read(project: Project, stored: Meter, packs: Iterable["Purchase"], at: datetime | None = None) -> None:
    """Derive the figures that people see, and store them; warn where a purchase comes to its end."""
    packs, today = list(packs), project.today()
    pending: dict[PurchaseId | None, int] = {pack.key: pack.pending_minutes for pack in packs}
    pending[None] = stored.pending_deficit_minutes
    reading = meter.read(
        [pack.as_pack() for pack in packs],
        {pack.key: pack.left_minutes for pack in packs},
        stored.deficit_minutes,
        pending,
        stored.committed_minutes,
        today,
        postpaid=project.is_postpaid,
        weeks=() if project.is_postpaid else Pace.weeks(project, today),
    )
    for name in STORED:
        setattr(stored, name, getattr(reading, name))
    stored.foresee(reading.runs_out)
    if not stored.deficit_minutes or project.is_postpaid:
        stored.over_since = None
    elif stored.over_since is None:
        stored.over_since = Line.over_since(project, stored.deficit_minutes)
    stored.store()
    Alert.raise_due(project, packs, at or now())

"""The ledger as it is kept: lines derived by the rules' walk, and the left hours, deficit and meter kept with them.

A line is only ever written here. An entry at the end of the ledger adds its lines; any other change walks again from
its day on, with what was left before that day as the opening: the cost follows what came after, not the history.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from peewee import OperationalError, Query, fn

from trackr import log
from trackr.db import transaction
from trackr.hours import allocation, meter
from trackr.hours.allocation import PurchaseId
from trackr.models.base import now
from trackr.models.event import Event
from trackr.models.line import Line
from trackr.models.meter import STORED, Meter
from trackr.models.prepared import Maker, Prepared, parameter
from trackr.models.project import Project

if TYPE_CHECKING:
    from trackr.models.entry import Entry
    from trackr.models.purchase import Purchase

logger = logging.getLogger(__name__)


def append(entry: "Entry") -> None:
    """Draw a new entry's valued minutes; where something later was drawn already, walk again from its day.

    To be called once the project is settled and the entry stored, in that order: settling draws what is stored.
    """
    project = entry.project
    stored = Meter.of(project)
    pending = entry.is_pending()
    if pending:
        stored.stale_at = min(filter(None, (stored.stale_at, entry.confirms_at)))
    if not entry.valued_minutes:
        stored.store()
        return
    if Line.overtakes(project, entry.day):
        _walk(project, entry.day)
        return
    usable = usable_packs(project)
    packs = {pack.id: pack for pack in usable}
    draws = allocation.cover(
        [pack.as_pack() for pack in usable],
        {pack.id: pack.left_minutes for pack in usable},
        entry.day,
        entry.valued_minutes,
    )
    Line.append(project, (_line_of(entry, purchase, minutes) for purchase, minutes in draws))
    for purchase, minutes in draws:
        if purchase is not None:
            pack = packs[purchase]
            pack.left_minutes -= minutes
            pack.pending_minutes += minutes if pending else 0
            pack.store("left_minutes", "pending_minutes")
        else:
            stored.deficit_minutes += minutes
            stored.pending_deficit_minutes += minutes if pending else 0
    today = project.today()
    if not any(pack.is_in_use(today) for pack in usable):
        usable += purchase_model().last_opened(project, today)  # the meter shows one that is used up
    _read(project, stored, usable)


def rewrite(project: Project, since: date) -> None:
    """Bring the ledger up to a change of that day: walk again from there and store what comes out."""
    settle(project)
    _walk(project, since)


def _walk(project: Project, since: date) -> None:
    packs = purchase_model().of(project)
    stored = Meter.of(project)
    opening = opening_of(project, stored, packs, since)
    entries = [entry.as_draw() for entry in entry_model().since(project, since)]
    today = project.today()
    walked = allocation.walk([pack.as_pack() for pack in packs], entries, today, opening=opening, since=since)
    Line.delete().where(Line.later(project, since)).execute()
    Line.append(project, walked.lines)
    for pack in packs:
        pack.left_minutes = walked.left.get(pack.id, 0)
    stored.deficit_minutes = walked.deficit
    stored.walked_on = today
    stored.over_since = None
    _recount_pending(project, stored, packs)
    _read(project, stored, packs)


def opening_of(project: Project, stored: Meter, packs: Iterable["Purchase"], since: date) -> allocation.State:
    """Where the ledger stood when that day began: as it stands now, with the lines since then undone."""
    undone: dict[int | None, int] = defaultdict(int)
    query = Line.select(Line.purchase, fn.SUM(Line.minutes)).where(Line.later(project, since)).group_by(Line.purchase)
    undone.update(dict(query.tuples()))
    return allocation.State(
        left={pack.id: pack.left_minutes - undone[pack.id] for pack in packs if pack.valid_from < since},
        deficit=stored.deficit_minutes + undone[None],
    )


def keep_up(project: Project) -> None:
    """Bring a project that was read with its meter up to this instant.

    Where nothing can be written (a full disk, a database that is locked), it is shown as it stands.
    """
    if project.meter.is_stale():
        try:
            settle(project)
        except OperationalError as problem:
            log.event(logger, "not settled", level=logging.WARNING, project=project.slug, error=repr(problem))
        else:
            project.refresh()


def settle(project: Project) -> bool:
    """Let the time that has passed take effect: confirmations, openings, expiries. True where somebody can see it."""
    if not Meter.of(project).is_stale():
        return False
    with transaction():
        stored = Meter.of(project)
        if not stored.is_stale():  # another request was quicker
            return False
        before, due = stored.reading(), stored.stale_at
        today = project.today()
        since = _first_due(project, stored.walked_on, today) if stored.walked_on else None
        if since:
            _walk(project, since)
        else:
            packs = purchase_model().of(project)
            stored.walked_on = today
            _recount_pending(project, stored, packs)
            _read(project, stored, packs)
        confirmed = _confirmed_since(project, due)
        told = any(confirmed) or Meter.of(project).reading() != before
        if told or confirmed:  # nothing valued is nothing that a client knows of
            Event.record(project, "meter.settled", None, client=False, meter=told)
        return told or bool(confirmed)


def _confirmed_since(project: Project, due: datetime) -> list[int]:
    """The valued minutes of the entries whose review has ended between that instant and now."""
    model = entry_model()
    ended = (model.project == project) & (model.confirms_at >= due) & (model.confirms_at <= now())
    return [valued for (valued,) in model.select(model.valued_minutes).where(ended).tuples()]


def entry_model() -> "type[Entry]":
    """The model of what lines are drawn by: it is built on this file, which therefore cannot import it."""
    return Line.entry.rel_model


def purchase_model() -> "type[Purchase]":
    return Line.purchase.rel_model


def usable_packs(project: Project) -> list["Purchase"]:
    """The purchases that still hold hours or pending draws."""
    maker = Maker(purchase_model())
    return [maker.make(row) for row in _in_use.rows(project=project.id)]


def _line_of(entry: "Entry", purchase: PurchaseId | None, minutes: int) -> allocation.Line:
    kind = allocation.Kind.OVERDRAWN if purchase is None else allocation.Kind.DRAWN
    return allocation.Line(day=entry.day, kind=kind, purchase=purchase, entry=entry.id, minutes=-minutes)


def _recount_pending(project: Project, stored: Meter, packs: Iterable["Purchase"]) -> None:
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
    days += [pack.expires_on + timedelta(days=1) for pack in packs if pack.expires_on and pack.is_in_use(today)]
    instants = [datetime.combine(day, time.min, project.zone) for day in days]
    soonest = model.select(fn.MIN(model.confirms_at)).where(waiting).scalar()
    stored.stale_at = min(filter(None, [soonest, *instants]), default=None)


def _pending_of(project: Project, stored: Meter, days_by_entry: dict[int, date]) -> dict[PurchaseId | None, int]:
    """What those entries take from each purchase and of the deficit; lines before their first day do not matter."""
    if not days_by_entry:
        return {}
    since = Line.later(project, min(days_by_entry.values()))
    query = Line.select(Line.day, Line.kind, Line.purchase, Line.entry, Line.minutes).where(since)
    lines = [
        allocation.Line(day, allocation.Kind(kind), purchase, entry, minutes)
        for day, kind, purchase, entry, minutes in query.order_by(Line.day, Line.sequence).tuples()
    ]
    opening = stored.deficit_minutes + sum(line.minutes for line in lines if line.purchase is None)
    return meter.pending_in(lines, days_by_entry.keys(), opening)


def _read(project: Project, stored: Meter, packs: Iterable["Purchase"]) -> None:
    """Derive the figures that people see, and store them."""
    packs = list(packs)
    pending: dict[PurchaseId | None, int] = {pack.id: pack.pending_minutes for pack in packs}
    pending[None] = stored.pending_deficit_minutes
    reading = meter.read(
        [pack.as_pack() for pack in packs],
        {pack.id: pack.left_minutes for pack in packs},
        stored.deficit_minutes,
        pending,
        stored.committed_minutes,
        project.today(),
        postpaid=project.is_postpaid,
    )
    for name in STORED:
        setattr(stored, name, getattr(reading, name))
    if not stored.deficit_minutes or project.is_postpaid:
        stored.over_since = None
    elif stored.over_since is None:
        stored.over_since = Line.over_since(project, stored.deficit_minutes)
    stored.store()


def _first_due(project: Project, walked_on: date, today: date) -> date | None:
    """The first day since the last walk on which a purchase opens or expires.

    Today itself where the project has moved to a time zone that is a day behind: what was over is not any more.
    """
    if today < walked_on:
        return today
    model = purchase_model()
    mine = (model.project == project) & (model.state == "open")
    opens = model.select(fn.MIN(model.valid_from)).where(
        mine & (model.valid_from > walked_on) & (model.valid_from <= today)
    )
    ends = model.select(fn.MIN(model.expires_on)).where(
        mine & (model.expires_on >= walked_on) & (model.expires_on < today) & (model.left_minutes > 0)
    )
    days = [day for day in (opens.scalar(), ends.scalar()) if day]
    return min(map(_as_day, days), default=None)


def _as_day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _query_in_use() -> Query:
    model = purchase_model()
    some = (model.left_minutes > 0) | (model.pending_minutes > 0)
    return model.select().where((model.project == parameter("project")) & (model.state == "open") & some)


_in_use = Prepared(_query_in_use)

"""The ledger as it is kept: lines derived by the rules' walk, and the left hours, deficit and meter kept with them.

A line is only ever written from here. An entry at the end of the ledger adds its lines; any other change walks again
from its day on, with what was left before that day as the opening: the cost follows what came after, not the history.
"""

import logging
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from peewee import Expression, OperationalError, Query, fn

from trackr import log
from trackr.db import transaction
from trackr.hours import allocation
from trackr.hours.allocation import Kind, PurchaseId
from trackr.models import gauge
from trackr.models.base import now
from trackr.models.charge import Charge
from trackr.models.event import Event
from trackr.models.line import Line, entry_model, purchase_model
from trackr.models.meter import Meter
from trackr.models.period import Period
from trackr.models.person import Person
from trackr.models.prepared import Maker, Prepared, parameter
from trackr.models.project import Project
from trackr.models.statement import Statement
from trackr.models.stretch import Stretch

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
    if entry.corrects_id or Line.overtakes(project, entry.day):
        _walk(project, entry.day, entry.written_at)
        return
    usable = usable_packs(project)
    packs = {pack.key: pack for pack in usable}
    draws = cover(usable, entry.day, entry.valued_minutes)
    rows = {key: pack.id for key, pack in packs.items()}
    Line.append(project, (_line_of(entry, purchase, minutes) for purchase, minutes in draws), rows)
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
    gauge.read(project, stored, usable, entry.written_at)


def cover(usable: list["Purchase"], day: date, minutes: int) -> list[allocation.Draw]:
    """How that many minutes would be drawn from these purchases as they stand."""
    left = {pack.key: pack.left_minutes for pack in usable}
    return allocation.cover([pack.as_pack() for pack in usable], left, day, minutes)


def rewrite(project: Project, since: date, at: datetime | None = None) -> None:
    """Bring the ledger up to a change of that day: walk again from there and store what comes out.

    at: when the change was made (default: now).
    """
    settle(project)
    _walk(project, since, at)


def _walk(project: Project, since: date, at: datetime | None = None) -> None:
    stored = Meter.of(project)
    stretch = Stretch(project, since, stored)
    stretch.rewrite(stored)
    stored.walked_on = project.today()
    gauge.recount_pending(project, stored, stretch.packs)
    gauge.read(project, stored, stretch.packs, at)


def close(project: Project, through: date, actor: Person | None = None, at: datetime | None = None) -> Statement:
    """Close the project's hours through that day: what is on the statement stays as it is, late lines included.

    Where the project bills its deficit, the statement takes over what stands at the end of that day. What it tells is
    sealed with it. Raises Refused as Period does.
    """
    with transaction():
        settle(project)
        period = Period(project, through, at)
        number = Statement.next_number()
        document = period.document(number)
        statement = Statement.create(
            project=project,
            number=number,
            first_day=document.first_day,
            last_day=through,
            closed_by=actor,
            closed_at=at or now(),
            document=document.as_text(),
            digest=document.digest,
        )
        if period.billed_minutes:
            _bill(statement, period.billed_minutes)
        _freeze(statement, period.lines)
        _walk(project, through + timedelta(days=1), at)
        Event.record(project, "statement.closed", actor, client=False, meter=True, at=at, number=number)
    return statement


def _bill(statement: Statement, minutes: int) -> None:
    """The deficit that stands at the end of its last day is billed, and starts again at nothing."""
    project = statement.project
    Line.append(project, [allocation.Line(statement.last_day, Kind.BILLED, None, None, minutes)])
    stored = Meter.of(project)
    stored.deficit_minutes -= minutes
    stored.store("deficit_minutes")
    Charge.create(project=project, statement=statement, minutes=minutes, created_at=statement.closed_at)


def _freeze(statement: Statement, lines: Expression) -> None:
    """Put those lines, with their entries and purchases, on the statement; entries are confirmed by that."""
    entries, purchases = entry_model(), purchase_model()
    project, through = statement.project, statement.last_day
    drawn = Line.select(Line.purchase).where(lines & Line.purchase.is_null(False))
    is_new = (purchases.project == project) & purchases.statement.is_null()
    purchases.update(statement=statement).where(is_new & purchases.id.in_(drawn)).execute()
    Line.update(statement=statement).where(lines).execute()
    told = (entries.project == project) & entries.statement.is_null() & (entries.day <= through)
    at = statement.closed_at
    entries.update(confirms_at=at).where(told & (entries.confirms_at > at)).execute()
    entries.update(statement=statement).where(told).execute()


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
            gauge.recount_pending(project, stored, packs)
            gauge.read(project, stored, packs)
        confirmed = _confirmed_since(project, due)
        told = any(confirmed) or Meter.of(project).reading() != before
        if told or confirmed:  # nothing valued is nothing that a client knows of
            Event.record(project, "meter.settled", None, client=False, meter=told)
        return told or bool(confirmed)


def _confirmed_since(project: Project, due: datetime | None) -> list[int]:
    """The valued minutes of the entries whose review has ended between that instant and now."""
    if due is None:
        return []
    model = entry_model()
    ended = (model.project == project) & (model.confirms_at >= due) & (model.confirms_at <= now())
    return [valued for (valued,) in model.select(model.valued_minutes).where(ended).tuples()]


def usable_packs(project: Project) -> list["Purchase"]:
    """The purchases that still hold hours or pending draws."""
    maker = Maker(purchase_model())
    return [maker.make(row) for row in _in_use.rows(project=project.id)]


def _line_of(entry: "Entry", purchase: PurchaseId | None, minutes: int) -> allocation.Line:
    kind = allocation.Kind.OVERDRAWN if purchase is None else allocation.Kind.DRAWN
    return allocation.Line(day=entry.day, kind=kind, purchase=purchase, entry=entry.id, minutes=-minutes)


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

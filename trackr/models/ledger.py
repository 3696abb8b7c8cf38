"""The ledger as stored: lines derived by the rules' walk, and the left hours, deficit and meter kept with them.

A line is only ever written here. An entry at the end of the ledger adds its lines; any other change walks again from
its day on, with what was left before that day as the opening: the cost follows what came after, not the history.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from peewee import CharField, DeferredForeignKey, ForeignKeyField, IntegerField, fn

from trackr.db import database
from trackr.hours import allocation, meter
from trackr.hours.allocation import PurchaseId
from trackr.models.base import DayField, Record, now
from trackr.models.event import Event
from trackr.models.meter import STORED, Meter
from trackr.models.project import Project

if TYPE_CHECKING:
    from trackr.models.entry import Entry
    from trackr.models.purchase import Purchase


class Line(Record):
    project = ForeignKeyField(Project, on_delete="CASCADE")
    day = DayField()
    sequence = IntegerField()  # within the day
    kind = CharField()
    purchase = DeferredForeignKey("Purchase", null=True)  # none: the deficit
    entry = DeferredForeignKey("Entry", null=True)
    minutes = IntegerField()

    class Meta:
        table_name = "ledger_line"
        indexes = ((("project", "day", "sequence"), True), (("entry",), False), (("purchase",), False))


def append(entry: "Entry") -> None:
    """Draw a new entry's valued minutes; where something later was drawn already, walk again from its day.

    To be called once the project is settled and the entry stored, in that order: settling draws what is stored.
    """
    project = entry.project
    stored = Meter.of(project)
    if not entry.valued_minutes:
        return
    if _is_overtaken(project, entry.day):
        _walk(project, entry.day)
        return
    usable = _usable(project)
    packs = {pack.id: pack for pack in usable}
    draws = allocation.cover(
        [pack.as_pack() for pack in usable],
        {pack.id: pack.left_minutes for pack in usable},
        entry.day,
        entry.valued_minutes,
    )
    _store(project, (_line_of(entry, purchase, minutes) for purchase, minutes in draws))
    pending = entry.is_pending()
    for purchase, minutes in draws:
        if purchase is not None:
            pack = packs[purchase]
            pack.left_minutes -= minutes
            pack.pending_minutes += minutes if pending else 0
            pack.save(only=[type(pack).left_minutes, type(pack).pending_minutes])
        elif not stored.deficit_minutes:
            stored.over_since = entry.day
    stored.deficit_minutes += sum(minutes for purchase, minutes in draws if purchase is None)
    if pending:
        stored.pending_deficit_minutes += sum(minutes for purchase, minutes in draws if purchase is None)
        stored.stale_at = min(filter(None, (stored.stale_at, entry.confirms_at)))
    _read(project, stored, usable)


def rewrite(project: Project, since: date) -> None:
    """Bring the ledger up to a change of that day: walk again from there and store what comes out."""
    settle(project)
    _walk(project, since)


def _walk(project: Project, since: date) -> None:
    packs = {pack.id: pack for pack in _purchases().of(project)}
    stored = Meter.of(project)
    undone: dict[int | None, int] = defaultdict(int)
    later = (Line.project == project) & (Line.day >= since)
    query = Line.select(Line.purchase, fn.SUM(Line.minutes)).where(later).group_by(Line.purchase)
    undone.update(dict(query.tuples()))
    opening = allocation.State(
        left={pack.id: pack.left_minutes - undone[pack.id] for pack in packs.values() if pack.valid_from < since},
        deficit=stored.deficit_minutes + undone[None],
    )
    today = project.today()
    walked = allocation.walk(
        [pack.as_pack() for pack in packs.values()],
        [entry.as_draw() for entry in _entries().since(project, since)],
        today,
        opening=opening,
        since=since,
    )
    Line.delete().where(later).execute()
    _store(project, walked.lines)
    for pack in packs.values():
        pack.left_minutes = walked.left.get(pack.id, 0)
    stored.deficit_minutes = walked.deficit
    stored.walked_on = today
    stored.over_since = None if project.is_postpaid else _over_since(project, walked.deficit)
    _recount_pending(project, stored, packs.values())
    _read(project, stored, packs.values())


def settle(project: Project, at: datetime | None = None) -> bool:
    """Let the time that has passed take effect: confirmations, openings, expiries. True where the meter moved."""
    with database.atomic():
        stored = Meter.of(project)
        if not stored.is_stale(at):  # another request was quicker
            return False
        before = stored.reading()
        today = project.today(at)
        since = _first_due(project, stored.walked_on, today) if stored.walked_on else None
        if since:
            _walk(project, since)
        else:
            packs = _purchases().of(project)
            stored.walked_on = today
            _recount_pending(project, stored, packs)
            _read(project, stored, packs)
        if Meter.of(project).reading() == before:
            return False
        Event.record(project, "meter.settled", None, client=False, meter=True)
        return True


def preview(project: Project, day: date, minutes: int) -> list[tuple["Purchase | None", int, bool]]:
    """Where an entry of that many valued minutes would go: (purchase or None, minutes, whether that uses it up)."""
    usable = _usable(project)
    packs = {pack.id: pack for pack in usable}
    left = {pack.id: pack.left_minutes for pack in usable}
    draws = allocation.cover([pack.as_pack() for pack in usable], left, day, minutes)
    return [
        (None, drawn, False) if purchase is None else (packs[purchase], drawn, drawn == left[purchase])
        for purchase, drawn in draws
    ]


def _entries() -> "type[Entry]":
    """The model of what lines are drawn by: it is built on this file, which therefore cannot import it."""
    return Line.entry.rel_model


def _purchases() -> "type[Purchase]":
    return Line.purchase.rel_model


def _is_overtaken(project: Project, day: date) -> bool:
    """Whether the ledger holds a line that comes after an entry written now for that day."""
    after = (Line.day > day) | ((Line.day == day) & (Line.kind == "expired"))
    return Line.select(Line.id).where((Line.project == project) & after).limit(1).exists()


def _usable(project: Project) -> list["Purchase"]:
    """The purchases that still hold hours or pending draws; where none does, all of them."""
    model = _purchases()
    some = list(
        model.select().where(
            (model.project == project)
            & (model.state == "open")
            & ((model.left_minutes > 0) | (model.pending_minutes > 0))
        )
    )
    return some or model.of(project)


def _line_of(entry: "Entry", purchase: PurchaseId | None, minutes: int) -> allocation.Line:
    kind = allocation.Kind.OVERDRAWN if purchase is None else allocation.Kind.DRAWN
    return allocation.Line(day=entry.day, kind=kind, purchase=purchase, entry=entry.id, minutes=-minutes)


def _store(project: Project, lines: Iterable[allocation.Line]) -> None:
    """Insert lines in the order of the walk, numbered within their day behind those that stand there."""
    number: dict[date, int] = {}
    rows = []
    for line in lines:
        if line.day not in number:
            here = (Line.project == project) & (Line.day == line.day)
            last = Line.select(fn.MAX(Line.sequence)).where(here).scalar()
            number[line.day] = 0 if last is None else last + 1
        rows.append((project.id, line.day, number[line.day], str(line.kind), line.purchase, line.entry, line.minutes))
        number[line.day] += 1
    fields = [Line.project, Line.day, Line.sequence, Line.kind, Line.purchase, Line.entry, Line.minutes]
    for start in range(0, len(rows), 1000):
        Line.insert_many(rows[start : start + 1000], fields).execute()


def _recount_pending(project: Project, stored: Meter, packs: Iterable["Purchase"]) -> None:
    """Sum what is within its review window from the entries, and note when that next changes."""
    model = _entries()
    waiting = (model.project == project) & (model.confirms_at > now())
    query = (
        Line.select(Line.purchase, fn.SUM(Line.minutes))
        .join(model, on=(Line.entry == model.id))
        .where(waiting)
        .group_by(Line.purchase)
    )
    pending: dict[int | None, int] = {purchase: -minutes for purchase, minutes in query.tuples()}
    for pack in packs:
        pack.pending_minutes = pending.get(pack.id, 0)
        pack.save(only=[type(pack).left_minutes, type(pack).pending_minutes])
    stored.pending_deficit_minutes = pending.get(None, 0)
    days = [pack.valid_from for pack in packs if pack.valid_from > project.today()]
    days += [pack.expires_on + timedelta(days=1) for pack in packs if pack.expires_on and pack.left_minutes]
    instants = [datetime.combine(day, time.min, project.zone) for day in days]
    soonest = model.select(fn.MIN(model.confirms_at)).where(waiting).scalar()
    stored.stale_at = min(filter(None, [soonest, *instants]), default=None)


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
    if not stored.deficit_minutes:
        stored.over_since = None
    stored.save()


def _first_due(project: Project, walked_on: date, today: date) -> date | None:
    """The first day since the last walk on which a purchase opens or expires."""
    model = _purchases()
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


def _over_since(project: Project, deficit: int) -> date | None:
    """The day on which the deficit that stands now began: back along its lines to where it was nothing."""
    query = Line.select(Line.day, Line.minutes).where((Line.project == project) & Line.purchase.is_null())
    for day, minutes in query.order_by(Line.day.desc(), Line.sequence.desc()).tuples().iterator():
        deficit += minutes
        if deficit <= 0:
            return day
    return None

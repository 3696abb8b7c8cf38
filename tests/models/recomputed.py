"""The ledger worked out anew from every purchase and entry there is, and what is stored held against it."""

from collections import defaultdict
from datetime import date, timedelta

from peewee import Expression, fn

from trackr.hours import allocation, meter
from trackr.hours.allocation import Credit, Kind, Ledger, PurchaseId
from trackr.models import Entry, Line, Meter, Project, Purchase, Ticket
from trackr.models.base import now

Row = tuple[date, str, PurchaseId | None, int | None, int]


def recomputed(project: Project) -> Ledger:
    """The project's open ledger as `walk` derives it from what is closed, or from the beginning, as known today."""
    rows = list(Entry.select().where(Entry.project == project))
    everything = [allocation.Entry(row.id, row.day, row.valued_minutes, row.corrects_id) for row in rows]
    closed = _lines_of(project, Line.statement.is_null(False))
    left: dict[PurchaseId, int] = defaultdict(int)
    for line in closed:
        if line.purchase is not None:
            left[line.purchase] += line.minutes
    return allocation.walk(
        _packs(project),
        [entry for entry, row in zip(everything, rows, strict=True) if row.statement_id is None],
        project.today(),
        opening=allocation.State(dict(left), -sum(line.minutes for line in closed if line.purchase is None)),
        drawn_before=allocation.drawn_by(closed, everything),
    )


def stored_lines(project: Project) -> list[Row]:
    """The lines in their order, as (day, kind, purchase, entry, minutes)."""
    return [(line.day, str(line.kind), line.purchase, line.entry, line.minutes) for line in _lines_of(project)]


def _lines_of(project: Project, *conditions: Expression) -> list[allocation.Line]:
    query = Line.select(Line.day, Line.kind, Line.purchase, Line.entry, Line.minutes)
    query = query.where(Line.project == project, *conditions).order_by(Line.day, Line.sequence)
    keys = {row.id: _pack(row).id for row in Purchase.select().where(Purchase.project == project)}
    return [
        allocation.Line(day, Kind(kind), keys.get(purchase), entry, minutes)
        for day, kind, purchase, entry, minutes in query.tuples()
    ]


def assert_true(project: Project) -> None:
    """Hold lines, left hours, deficit, meter and the tickets' sums against the recomputation."""
    project = Project.get_by_id(project.id)
    ledger = recomputed(project)
    assert _lines_of(project, Line.statement.is_null()) == ledger.lines
    for purchase in Purchase.select().where(Purchase.project == project):
        assert purchase.left_minutes == ledger.left.get(_pack(purchase).id, 0), f"left in purchase {purchase.id}"
    credits = {Credit(row.entry_id) for row in Purchase.select().where(Purchase.kind == "credit")}
    assert credits >= {credit.id for credit in ledger.credits}
    stored = Meter.of(project)
    assert stored.deficit_minutes == ledger.deficit
    assert stored.reading() == reading_of(project, ledger)
    assert stored.over_since == _over_since(project)
    assert_sums_true(project)


def assert_sums_true(project: Project) -> None:
    """The sums on the tickets are those of their entries."""
    sums = (fn.COALESCE(fn.SUM(Entry.spent_minutes), 0), fn.COALESCE(fn.SUM(Entry.valued_minutes), 0))
    for ticket in Ticket.select().where(Ticket.project == project):
        spent, valued = Entry.select(*sums).where(Entry.ticket == ticket).tuples().get()
        assert (ticket.spent_minutes, ticket.valued_minutes) == (spent, valued), f"sums of ticket {ticket.id}"


def reading_of(project: Project, ledger: Ledger) -> meter.Meter:
    """What the meter says of a ledger, worked out by its rules over all purchases and all lines."""
    pending = {row.id for row in Entry.select().where((Entry.project == project) & (Entry.confirms_at > now()))}
    return meter.read(
        _packs(project),
        ledger.left,
        ledger.deficit,
        meter.pending_in(ledger.lines, pending, _closed_deficit(project)),
        committed=_committed(project),
        today=project.today(),
        postpaid=project.is_postpaid,
        weeks=_weeks(project),
    )


def _closed_deficit(project: Project) -> int:
    return -sum(line.minutes for line in _lines_of(project, Line.statement.is_null(False)) if line.purchase is None)


def _committed(project: Project) -> int:
    tickets = Ticket.open_ones().where((Ticket.project == project) & Ticket.ceiling_minutes.is_null(False))
    return sum(max(0, ticket.ceiling_minutes - ticket.valued_minutes) for ticket in tickets)


def _weeks(project: Project) -> list[int]:
    """The valued minutes of the last thirteen whole weeks, from the first in which there was an entry."""
    this = project.today() - timedelta(days=project.today().weekday())
    minutes: dict[int, int] = defaultdict(int)
    for entry in Entry.select().where((Entry.project == project) & (Entry.day < this) & (Entry.valued_minutes != 0)):
        minutes[(this - entry.day + timedelta(days=6)).days // 7] += entry.valued_minutes
    oldest = max((ago for ago in minutes if minutes[ago]), default=0)
    return [minutes.get(ago, 0) for ago in range(min(13, oldest), 0, -1)]


def _packs(project: Project) -> list[allocation.Purchase]:
    mine = (Purchase.project == project) & (Purchase.state == "open")
    return [_pack(row) for row in Purchase.select().where(mine)]


def _pack(row: Purchase) -> allocation.Purchase:
    key = Credit(row.entry_id) if row.kind == "credit" else row.id
    return allocation.Purchase(key, row.minutes, row.bought_on, row.valid_from, row.expires_on)


def _over_since(project: Project) -> date | None:
    """The day of the line that began the deficit which stands now."""
    deficit, since = 0, None
    for line in _lines_of(project):
        if line.purchase is None:
            if deficit <= 0 < deficit - line.minutes:  # below 0 where a correction was typed late
                since = line.day
            deficit -= line.minutes
    return since if deficit and not project.is_postpaid else None

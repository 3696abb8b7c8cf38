"""The ledger worked out anew from every purchase and entry there is, and what is stored held against it."""

from datetime import date

from peewee import fn

from trackr.hours import allocation, meter
from trackr.hours.allocation import Kind, Ledger
from trackr.models import Entry, Line, Meter, Project, Purchase, Ticket
from trackr.models.base import now

Row = tuple[date, str, int | None, int | None, int]


def recomputed(project: Project) -> Ledger:
    """The project's ledger as `walk` derives it from the beginning, as known today."""
    purchases = [_pack(row) for row in Purchase.select().where(Purchase.project == project)]
    entries = [
        allocation.Entry(row.id, row.day, row.valued_minutes) for row in Entry.select().where(Entry.project == project)
    ]
    return allocation.walk(purchases, entries, project.today())


def stored_lines(project: Project) -> list[Row]:
    """The lines in their order, as (day, kind, purchase, entry, minutes)."""
    query = Line.select(Line.day, Line.kind, Line.purchase, Line.entry, Line.minutes).where(Line.project == project)
    return list(query.order_by(Line.day, Line.sequence).tuples())


def assert_true(project: Project) -> None:
    """Hold lines, left hours, deficit, meter and the tickets' sums against the recomputation."""
    project = Project.get_by_id(project.id)
    ledger = recomputed(project)
    lines = [(line.day, str(line.kind), line.purchase, line.entry, line.minutes) for line in ledger.lines]
    assert stored_lines(project) == lines
    for purchase in Purchase.select().where(Purchase.project == project):
        assert purchase.left_minutes == ledger.left.get(purchase.id, 0), f"left in purchase {purchase.id}"
    stored = Meter.of(project)
    assert stored.deficit_minutes == ledger.deficit
    assert stored.reading() == reading_of(project, ledger)
    assert stored.over_since == _over_since(project, ledger)
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
        [_pack(row) for row in Purchase.select().where(Purchase.project == project)],
        ledger.left,
        ledger.deficit,
        meter.pending_in(ledger.lines, pending),
        committed=0,
        today=project.today(),
        postpaid=project.is_postpaid,
    )


def _pack(row: Purchase) -> allocation.Purchase:
    return allocation.Purchase(row.id, row.minutes, row.bought_on, row.valid_from, row.expires_on)


def _over_since(project: Project, ledger: Ledger) -> date | None:
    """The day of the line that began the deficit which stands now."""
    deficit, since = 0, None
    for line in ledger.lines:
        if line.purchase is None:
            if deficit == 0 and line.kind is Kind.OVERDRAWN:
                since = line.day
            deficit -= line.minutes
    return since if deficit and not project.is_postpaid else None

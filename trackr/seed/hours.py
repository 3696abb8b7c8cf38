"""Ten years of time and of packs, and the ledger that the rules derive from them, closed month by month.

Each year has a pack of its own, which expires with it, so that a year can be walked without the others. It covers all
that is drawn in it: so closing a month moves nothing, and what is walked as a whole is what the months come to.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from typing import Any

from peewee import ModelSelect, fn

from trackr.hours import allocation
from trackr.hours.proposals import propose
from trackr.models import Entry, Event, Line, Pace, Purchase, Ticket, ledger
from trackr.models.base import EPOCH, from_milliseconds
from trackr.models.pace import monday
from trackr.seed import words
from trackr.seed.closed import Closed
from trackr.seed.load import ATTENTION, DAY, DAYS, Load
from trackr.seed.rows import insert

ENTRY = (
    "id", "project", "ticket", "person", "day", "spent_minutes", "valued_minutes", "rule", "note", "written_at",
    "confirms_at", "statement",
)  # fmt: skip
LINE = ("project", "day", "sequence", "kind", "purchase", "entry", "minutes", "statement")
PACE = ("project", "week_on", "valued_minutes")

YEARS = 10
SHORTEST, LONGEST = 5, 120  # minutes of an entry
GOODWILL = 0.05  # of the entries are not valued
SHARE_USED = 0.8  # of a pack: the last one is not low
HALF_A_YEAR = timedelta(days=182)


def add_years(load: Load) -> None:
    """Add packs and entries year by year, then bring up to date what is kept with them."""
    first, after = load.began // DAY, load.until // DAY + 1
    bounds = [first + (after - first) * year // YEARS for year in range(YEARS + 1)]
    closed = Closed(load, _day(first))
    weeks: Counter[date] = Counter()
    place = partial(bisect_left, range(load.entries), key=partial(_written, load))
    for start, end in pairwise(bounds):
        year = range(place(start * DAY), place(end * DAY))
        weeks += _add_year(load, closed, _day(start), _day(end - 1), year)
    insert(Pace, PACE, ((load.project.id, week.isoformat(), minutes) for week, minutes in sorted(weeks.items())))
    _sum_up(load)


def _written(load: Load, number: int) -> int:
    """The instant of an entry, in milliseconds: they come evenly too, the last one now."""
    return load.until - DAYS * DAY * (load.entries - 1 - number) // load.entries


def _add_year(load: Load, closed: Closed, first: date, last: date, numbers: range) -> Counter[date]:
    """Returns the valued minutes of its weeks."""
    rows = list(_entries(load, closed, numbers))
    insert(Entry, ENTRY, rows)
    drawing = [
        allocation.Entry(id=id, day=date.fromisoformat(day), valued_minutes=valued)
        for id, _, _, _, day, _, valued, *_ in rows
    ]
    today = load.project.today(from_milliseconds(load.until))
    hours = 10 + int(sum(entry.valued_minutes for entry in drawing) / SHARE_USED) // 60
    pack = _add_pack(load, hours, first, None if last == today else last)
    walked = allocation.walk([pack.as_pack()], drawing, today)
    pack.left_minutes, pack.statement = walked.left[pack.id], closed.on(first.isoformat())
    pack.save(only=[Purchase.left_minutes, Purchase.statement])
    insert(Line, LINE, _lines(load, closed, walked.lines))
    weeks: Counter[date] = Counter()
    for entry in drawing:
        weeks[monday(entry.day)] += entry.valued_minutes
    return weeks


def _entries(load: Load, closed: Closed, numbers: range) -> Iterator[tuple[Any, ...]]:
    rule = load.project.rule_for(None)
    proposed = [propose(minutes, rule) for minutes in range(LONGEST + 1)]
    rule_text = rule.as_text()
    lag = load.tickets * ATTENTION // (DAYS * DAY)  # in tickets
    for number in numbers:
        spent = SHORTEST + int(load.random.random() * (LONGEST - SHORTEST))
        written = _written(load, number)
        day = _day(written // DAY).isoformat()
        ticket = number * load.tickets // load.entries - int(load.random.random() ** 2 * lag)
        yield (
            load.first_entry + number,
            load.project.id,
            load.first_ticket + max(0, ticket),
            load.pick(load.staff).id,
            day,
            spent,
            0 if load.random.random() < GOODWILL else proposed[spent],
            rule_text,
            load.pick(words.NOTES),
            written,
            written,  # nothing is left to review
            closed.on(day),
        )


def _add_pack(load: Load, hours: int, first: date, last: date | None) -> Purchase:
    """A pack that expires on `last`; the one that runs (None) goes on for half a year."""
    at = EPOCH + timedelta(days=(first - EPOCH.date()).days)
    pack: Purchase = Purchase.create(
        project=load.project,
        minutes=hours * 60,
        bought_on=first,
        valid_from=first,
        expires_on=last or from_milliseconds(load.until).date() + HALF_A_YEAR,
        reference=f"F-{first.year}-001",
        created_by=load.owner,
        created_at=at,
    )
    Event.record(load.project, "purchase.added", load.owner, client=False, meter=True, at=at, minutes=hours * 60)
    return pack


def _lines(load: Load, closed: Closed, lines: Iterable[allocation.Line]) -> Iterator[tuple[Any, ...]]:
    number: Counter[date] = Counter()
    for line in lines:
        day = line.day.isoformat()
        told = (str(line.kind), line.purchase, line.entry, line.minutes, closed.on(day))
        yield load.project.id, day, number[line.day], *told
        number[line.day] += 1


def _sum_up(load: Load) -> None:
    def total(minutes: Any) -> ModelSelect:
        return Entry.select(fn.COALESCE(fn.SUM(minutes), 0)).where(Entry.ticket == Ticket.id)

    Ticket.update(spent_minutes=total(Entry.spent_minutes), valued_minutes=total(Entry.valued_minutes)).where(
        Ticket.project == load.project
    ).execute()
    # From tomorrow on, where nothing is: the ledger stays, and the meter is read from it as it always is.
    ledger.rewrite(load.project, load.project.today() + timedelta(days=1))


def _day(number: int) -> date:
    """The day of that many days since 1970."""
    return EPOCH.date() + timedelta(days=number)

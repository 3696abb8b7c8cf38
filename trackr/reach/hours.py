"""The hours of a project as its ledger tells them: the balance over a period, and the lines for programs."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from peewee import Expression, fn

from trackr.models import Line, Project, Purchase
from trackr.reach import Reach
from trackr.reach.periods import month_after
from trackr.reach.scope import NOTHING

# What entries write, and corrections: of its days a client who is told totals does not hear.
OF_WORK = ("drawn", "overdrawn", "returned", "credited")


@dataclass(frozen=True, slots=True)
class Account:
    """A period of the ledger in a line: opening + bought + returned + billed - used - expired = closing, in minutes."""

    before: date
    last: date
    opening: int
    bought: int
    returned: int
    billed: int
    used: int
    expired: int
    closing: int


def account(project: Project, first: date, last: date) -> Account:
    """The ledger's balance over those days, worked back from the balance as it stands. One query."""
    since = Line.select(Line.kind, Line.day <= last, fn.SUM(Line.minutes))
    since = since.where((Line.project == project) & (Line.day >= first)).group_by(Line.kind, Line.day <= last)
    within: dict[str, int] = defaultdict(int)
    later = 0
    for kind, is_within, minutes in since.tuples():
        if is_within:
            within[kind] = minutes
        else:
            later += minutes
    closing = project.meter.balance_minutes - later
    return Account(
        before=first - timedelta(days=1),
        last=min(last, project.today()),
        opening=closing - sum(within.values()),
        bought=within["bought"],
        returned=within["credited"] + within["returned"],
        billed=within["billed"],
        used=-within["drawn"] - within["overdrawn"],
        expired=-within["expired"],
        closing=closing,
    )


def lines(reach: Reach, project: Project) -> list[dict[str, Any]]:
    """The ledger as rows of day, kind, purchase, entry and minutes, oldest first.

    Clients who are not told entry by entry get the lines of a day, kind and purchase as one, without entry; those who
    are told totals get what work took month by month, dated the last day of the month. Clients who are told entries
    get them numbered anew, since gaps between ids would tell of entries that are not valued.
    """
    mine = Line.project == project
    if reach.person.is_staff or project.detail == "entry":
        query = Line.select(Line.day, Line.kind, Line.purchase, Line.entry, Line.minutes).where(mine)
        rows = list(query.order_by(Line.day, Line.sequence).tuples())
    elif project.detail == "total":
        rows = [*_summed(mine & Line.kind.not_in(OF_WORK), Line.day)]
        by_month = fn.SUBSTR(Line.day, 1, 7).coerce(False)
        rows += [(_month_end(day), *more) for day, *more in _summed(mine & Line.kind.in_(OF_WORK), by_month)]
        rows.sort(key=lambda row: row[0])  # keeps their order within a day
    else:
        rows = _summed(mine, Line.day)
    numbers: dict[int, int] = {}
    found = []
    for day, kind, purchase, entry, minutes in rows:
        if entry and not reach.person.is_staff:
            entry = numbers.setdefault(entry, len(numbers) + 1)
        found.append({"day": day.isoformat(), "kind": kind, "purchase": purchase, "entry": entry, "minutes": minutes})
    return found


def _summed(condition: Expression, day: Any) -> list[tuple[Any, ...]]:
    """The lines of a day, or a month, by kind and purchase."""
    query = Line.select(day, Line.kind, Line.purchase, NOTHING, fn.SUM(Line.minutes)).where(condition)
    return list(query.group_by(day, Line.kind, Line.purchase).order_by(day, fn.MIN(Line.sequence)).tuples())


def as_json(reach: Reach, project: Project, purchases: list[Purchase]) -> dict[str, Any]:
    """The hours page for programs."""
    return {
        "lines": lines(reach, project),
        "purchases": [
            {
                "id": purchase.id,
                "minutes": purchase.minutes,
                "left_minutes": purchase.left_minutes,
                "bought_on": purchase.bought_on.isoformat(),
                "valid_from": purchase.valid_from.isoformat(),
                "expires_on": purchase.expires_on.isoformat() if purchase.expires_on else None,
                "kind": purchase.kind,
                "state": purchase.state,
                "reference": purchase.reference,
            }
            for purchase in reversed(purchases)
        ],
        "balance_minutes": project.meter.balance_minutes,
        "deficit_minutes": project.meter.deficit_minutes,
    }


def _month_end(month: str) -> date:
    """The last day of a month such as 2026-03."""
    return month_after(date.fromisoformat(f"{month}-01")) - timedelta(days=1)

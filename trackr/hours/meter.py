"""The meter: of the hours now in use, how many are used, pending and left."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from trackr.hours.allocation import Kind, Line, Purchase, PurchaseId
from trackr.hours.forecast import RunsOut, is_short, runs_out

LOW_PERCENT = 15

MeterState: TypeAlias = Literal["none", "postpaid", "over", "low", "ok"]


@dataclass(frozen=True, slots=True)
class Meter:
    """All minutes. Purchased = confirmed + pending + balance, so the bar always adds up."""

    purchased_minutes: int
    confirmed_minutes: int
    pending_minutes: int
    committed_minutes: int
    balance_minutes: int
    available_minutes: int
    deficit_minutes: int
    next_expiry_on: date | None
    is_postpaid: bool = False
    runs_out: RunsOut | None = None
    is_short: bool = False  # it runs out within a few working days

    @property
    def used_minutes(self) -> int:
        return self.confirmed_minutes

    @property
    def left_minutes(self) -> int:
        """What is shown as left, below 0 when over: what is pending lowers it only once confirmed."""
        return self.balance_minutes + self.pending_minutes

    @property
    def is_promised(self) -> bool:
        """Whether more is agreed to be worked than is left."""
        return self.committed_minutes > self.left_minutes >= 0

    @property
    def state(self) -> MeterState:
        """Which sentence and colour the meter has."""
        if self.is_postpaid:
            return "postpaid"
        if self.purchased_minutes == 0 and self.used_minutes == 0:
            return "none"
        if self.left_minutes < 0:
            return "over"
        is_low = self.left_minutes * 100 < self.purchased_minutes * LOW_PERCENT
        return "low" if is_low or self.is_short or self.is_promised else "ok"


def read(
    purchases: Iterable[Purchase],
    ledger_left: Mapping[PurchaseId, int],
    deficit: int,
    pending_by_purchase: Mapping[PurchaseId | None, int],
    committed: int,
    today: date,
    *,
    postpaid: bool = False,
    weeks: Sequence[int] = (),
) -> Meter:
    """The meter on `today`, of the purchases in use: those with minutes left once pending is added back, else the
    last one used up.

    `ledger_left` and `deficit` are where the ledger stands today; `pending_by_purchase` is what `pending_in` tells;
    `weeks` are the valued minutes of the last whole weeks, for the forecast.
    """
    # A correction dated ahead has its credit in the ledger before the credit's first day.
    opened = [each for each in purchases if each.valid_from <= today or ledger_left.get(each.id, 0) > 0]
    running = [each for each in opened if each.expires_on is None or each.expires_on >= today]
    left = {purchase.id: ledger_left.get(purchase.id, 0) for purchase in running}
    in_use = [each for each in running if left[each.id] > 0 or pending_by_purchase.get(each.id, 0) > 0]
    if not in_use:
        in_use = sorted(opened, key=lambda each: (each.valid_from, each.bought_on, each.rank))[-1:]

    purchased = sum(each.minutes for each in in_use)
    # A pending entry that drew from a purchase no longer in use has no place on the bar.
    pending = sum(pending_by_purchase.get(key, 0) for key in [*(each.id for each in in_use), None])
    balance = sum(left.values()) - deficit
    forecast = None if postpaid else runs_out(weeks, balance, today)
    return Meter(
        purchased_minutes=purchased,
        confirmed_minutes=purchased - balance - pending,
        pending_minutes=pending,
        committed_minutes=committed,
        balance_minutes=balance,
        available_minutes=balance - committed,
        deficit_minutes=deficit,
        next_expiry_on=min((each.expires_on for each in running if each.expires_on and left[each.id]), default=None),
        is_postpaid=postpaid,
        runs_out=forecast,
        is_short=is_short(forecast, today),
    )


def pending_in(
    lines: Iterable[Line], pending_entries: Set[int], opening_deficit: int = 0
) -> dict[PurchaseId | None, int]:
    """The minutes that pending entries take from each purchase as it stands, and under None from the deficit.

    `lines` are those of the open period, in order: whatever came before is confirmed. A purchase that settles the
    deficit settles its confirmed minutes first, then takes over pending ones. Below 0 where a pending correction gave
    back more than pending entries took.
    """
    pending: dict[PurchaseId | None, int] = defaultdict(int)
    confirmed_deficit = opening_deficit
    settling: PurchaseId | None = None
    for line in lines:
        if line.entry in pending_entries:
            pending[line.purchase] -= line.minutes
        elif line.purchase is None:
            confirmed_deficit -= line.minutes
            beyond = max(0, -confirmed_deficit)
            confirmed_deficit += beyond
            pending[None] -= beyond
            if line.kind is Kind.SETTLED:
                pending[settling] += beyond
        elif line.kind is Kind.SETTLED:
            settling = line.purchase
    return dict(pending)

"""What a statement hands to whoever writes the invoice: hours with two decimals, and what they come to.

An amount is made of the hours as they are told, so that whoever multiplies them by hand comes to the same cent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from trackr.hours.document import Document, Pack

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Charge:
    """The time that the statement takes over (without a pack), or a pack of hours that its period opened."""

    minutes: int
    hours: Decimal
    pack: Pack | None = None


@dataclass(frozen=True, slots=True)
class Bill:
    """The charges in money, all without VAT but `vat` and `total`."""

    rate: Decimal  # for an hour
    lines: tuple[tuple[Charge, Decimal], ...]
    net: Decimal
    vat_percent: Decimal
    vat: Decimal
    total: Decimal


def decimal_hours(minutes: Sequence[int]) -> list[Decimal]:
    """The hours of each, in hundredths, so that they add up to the hours of all of them.

    Each is rounded down; the hundredths that are missing go to those that lost most by it, first come first.
    """
    exact = [each * 100 for each in minutes]  # sixtieths of a hundredth
    whole = [each // 60 for each in exact]
    missing = (sum(exact) + 30) // 60 - sum(whole)
    by_loss = sorted(range(len(exact)), key=lambda place: -(exact[place] % 60))
    for place in by_loss[:missing]:
        whole[place] += 1
    return [Decimal(each) / 100 for each in whole]


def charges(document: Document) -> tuple[Charge, ...]:
    """What is to be billed: packs are billed as they are opened, gifts and credits never."""
    packs = [pack for pack in document.packs if pack.kind == "pack" and pack.bought_minutes > 0]
    told = [_charge(pack.bought_minutes, pack) for pack in packs]
    billed = document.identity.billed_minutes
    return (*told, *([_charge(billed)] if billed > 0 else []))


def _charge(minutes: int, pack: Pack | None = None) -> Charge:
    return Charge(minutes, decimal_hours([minutes])[0], pack)


def bill(document: Document) -> Bill | None:
    """The charges in money; None where the project has no rate, or nothing is to be billed."""
    told = charges(document)
    if document.rate_cents is None or not told:
        return None
    rate = Decimal(document.rate_cents) / 100
    lines = tuple((charge, _cents(charge.hours * rate)) for charge in told)
    net = sum((amount for _, amount in lines), Decimal(0))
    percent = Decimal(document.vat_hundredths) / 100
    vat = _cents(net * percent / 100)
    return Bill(rate, lines, net, percent, vat, net + vat)


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)

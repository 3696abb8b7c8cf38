"""What a statement of time tells its client, as it was when the period was closed: the content of every file of it.

It holds nothing internal. Stored as canonical JSON, whose SHA-256 the next statement of the project carries, so that a
change is noticed.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date
from hashlib import sha256
from typing import Any, Self

from trackr.hours.allocation import Kind, Line

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Party:
    """Who sends it, or who gets it. The address has a line for each of its own."""

    name: str
    address: str = ""
    registration: str = ""  # SIRET and the like
    vat_number: str = ""
    country: str = ""  # ISO 3166-1, two letters


@dataclass(frozen=True, slots=True)
class Identity:
    """opening + bought + credited + billed - consumed - expired = closing, all in minutes; see `follows`.

    Openings and closings are balances: below 0 where there is a deficit.
    """

    opening_minutes: int
    bought_minutes: int
    credited_minutes: int  # given back by corrections, to packs, to the deficit or as a credit
    billed_minutes: int
    consumed_minutes: int
    expired_minutes: int
    closing_minutes: int

    @classmethod
    def of(cls, opening_minutes: int, lines: Iterable[Line]) -> Self:
        """What those lines of the ledger make of an opening balance."""
        sums = dict.fromkeys(Kind, 0)
        for line in lines:
            sums[line.kind] += line.minutes
        return cls(
            opening_minutes=opening_minutes,
            bought_minutes=sums[Kind.BOUGHT],
            credited_minutes=sums[Kind.RETURNED] + sums[Kind.CREDITED],
            billed_minutes=sums[Kind.BILLED],
            consumed_minutes=-sums[Kind.DRAWN] - sums[Kind.OVERDRAWN],
            expired_minutes=-sums[Kind.EXPIRED],
            closing_minutes=opening_minutes + sum(sums.values()),
        )

    @property
    def follows(self) -> bool:
        """Whether it adds up."""
        came = self.bought_minutes + self.credited_minutes + self.billed_minutes
        return self.opening_minutes + came - self.consumed_minutes - self.expired_minutes == self.closing_minutes


@dataclass(frozen=True, slots=True)
class Pack:
    """A purchase that the period opened, drew from, or left with hours. Signed as in the identity: all 0 or more.

    opening + bought + credited - drawn - settled - expired = left: settled is what a standing deficit took at once.
    """

    id: int
    kind: str  # pack, gift, credit
    reference: str
    minutes: int
    bought_on: date
    valid_from: date
    expires_on: date | None
    opening_minutes: int
    bought_minutes: int
    credited_minutes: int
    drawn_minutes: int
    settled_minutes: int
    expired_minutes: int
    left_minutes: int


@dataclass(frozen=True, slots=True)
class Work:
    """A line: an entry, or the time of a day on a ticket, by what the project tells. Below 0: a correction."""

    day: date
    minutes: int
    notes: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    entries: tuple[int, ...] = ()
    is_late: bool = False  # of a day that an earlier statement had closed
    corrects_day: date | None = None
    corrects_statement: int | None = None  # its number


@dataclass(frozen=True, slots=True)
class Ticket:
    """The time of a ticket; without lines where the project tells totals only."""

    number: int
    title: str
    kind: str  # support, assistance
    minutes: int
    lines: tuple[Work, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """The whole of it."""

    number: int
    project: str  # its slug
    project_name: str
    language: str  # en, fr: the client's
    timezone: str
    billing: str  # prepaid, postpaid
    detail: str  # entry, day, total
    increment: int  # minutes: what the project's time is counted in, to be told in a sentence
    first_day: date
    last_day: date
    issued_on: date
    issuer: Party
    client: Party
    client_reference: str  # of their order or contract
    identity: Identity
    packs: tuple[Pack, ...]
    tickets: tuple[Ticket, ...]
    next_minutes: int  # valued by now for days after the last: left for the next statement
    logo: str = ""  # digest of its content in the files of the instance
    currency: str = "EUR"  # ISO 4217
    rate_cents: int | None = None  # for an hour, without VAT; none: told in hours alone
    vat_hundredths: int = 2000  # of a percent
    previous_number: int | None = None
    previous_digest: str = ""
    format: int = FORMAT

    @property
    def deficit_minutes(self) -> int:
        return max(-self.identity.closing_minutes, 0)

    @property
    def is_empty(self) -> bool:
        return not self.tickets and not any(pack.bought_minutes or pack.expired_minutes for pack in self.packs)

    def as_text(self) -> str:
        """Canonical JSON: the same content is always the same text."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_as_text)

    @property
    def digest(self) -> str:
        """SHA-256 of the text, in hexadecimal digits."""
        return digest(self.as_text())

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read it back; raises ValueError, KeyError or TypeError where it is none."""
        return cls(**_fields(cls, json.loads(text)))


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _as_text(value: object) -> str:
    assert isinstance(value, date)
    return value.isoformat()


def _read(cls: Any, data: dict[str, Any]) -> Any:
    return cls(**_fields(cls, data))


def _fields(cls: Any, data: dict[str, Any]) -> dict[str, Any]:
    read = {}
    for each in fields(cls):
        value = data[each.name]
        if value is not None and each.type in (date, date | None):
            value = date.fromisoformat(value)
        elif each.type in (Party, Identity):
            value = _read(each.type, value)
        elif isinstance(value, list):
            kind = {"packs": Pack, "tickets": Ticket, "lines": Work}.get(each.name)
            value = tuple(_read(kind, item) for item in value) if kind else tuple(value)
        read[each.name] = value
    return read

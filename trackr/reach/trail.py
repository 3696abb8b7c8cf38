"""The trail of the instance, for its owner: a page of it as the address asks for it, or all of that for a file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from peewee import JOIN, Expression, ModelSelect

from trackr.models import Audit, Person, Project

PER_PAGE = 50

Actor, Subject = Person.alias("actor"), Person.alias("subject_person")


@dataclass(frozen=True)
class Filters:
    """What is asked for. What cannot be read is not asked."""

    kind: str = ""
    person: int = 0  # who did it, or to whom it was done
    since: date | None = None
    until: date | None = None
    page: int = 1

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Filters":
        person, page = (_number(asked.get(name, "")) for name in ("person", "page"))
        since, until = (_day(asked.get(name, "")) for name in ("since", "until"))
        return cls(asked.get("kind", "")[:40], person, since, until, max(page, 1))

    def address(self, **changes: object) -> dict[str, object]:
        """The arguments of the address that asks for the same, but for the changes."""
        asked = vars(self) | {"page": 1} | changes
        return {name: value for name, value in asked.items() if value and (name, value) != ("page", 1)}


@dataclass(frozen=True)
class Found:
    lines: list[Audit]
    has_next: bool


def page_of(filters: Filters, zone: ZoneInfo) -> Found:
    start = (filters.page - 1) * PER_PAGE
    lines = list(_lines(filters, zone).limit(PER_PAGE + 1).offset(start))
    return Found(lines[:PER_PAGE], len(lines) > PER_PAGE)


def everything(filters: Filters, zone: ZoneInfo) -> Iterator[Audit]:
    return iter(_lines(filters, zone).iterator())


def _lines(filters: Filters, zone: ZoneInfo) -> ModelSelect:
    query = (
        Audit.select(Audit, Actor.id, Actor.name, Subject.id, Subject.name, Project.slug, Project.name)
        .join(Actor, JOIN.LEFT_OUTER, on=(Audit.person == Actor.id), attr="person")
        .switch(Audit)
        .join(Subject, JOIN.LEFT_OUTER, on=(Audit.subject == Subject.id), attr="subject")
        .switch(Audit)
        .join(Project, JOIN.LEFT_OUTER)
    )
    for condition in _conditions(filters, zone):
        query = query.where(condition)
    return query.order_by(Audit.created_at.desc(), Audit.id.desc())


def _conditions(filters: Filters, zone: ZoneInfo) -> Iterator[Expression]:
    if filters.kind:
        yield Audit.kind == filters.kind
    if filters.person:
        yield (Audit.person == filters.person) | (Audit.subject == filters.person)
    if filters.since:
        yield Audit.created_at >= _instant(filters.since, zone)
    if filters.until:
        yield Audit.created_at < _instant(filters.until + timedelta(days=1), zone)


def _instant(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1990 <= day.year <= 2200 else None

"""A purchase: a pack of hours, bought, given, or credited back."""

from datetime import date, datetime

from peewee import CharField, ForeignKeyField, IntegerField, Query, TextField

from trackr.db import transaction
from trackr.hours import allocation
from trackr.hours.allocation import Credit, PurchaseId
from trackr.models import ledger
from trackr.models.base import DayField, InstantField, Record, now
from trackr.models.entry import Entry
from trackr.models.event import Event
from trackr.models.person import Person
from trackr.models.prepared import Maker, Prepared, parameter
from trackr.models.project import Project
from trackr.models.statement import Statement

KINDS = ("pack", "gift")  # what people add; a correction makes a credit


class Purchase(Record):
    project = ForeignKeyField(Project, on_delete="CASCADE")
    minutes = IntegerField()
    kind = CharField(default="pack")  # pack, gift, credit
    state = CharField(default="open")  # requested, open, cancelled
    bought_on = DayField()
    valid_from = DayField()
    expires_on = DayField(null=True)  # the last valid day; none: never
    reference = CharField(default="")
    message = TextField(default="")  # of a request
    created_by = ForeignKeyField(Person, null=True)
    created_at = InstantField(default=now)
    opened_by = ForeignKeyField(Person, null=True)  # of a request
    opened_at = InstantField(null=True)
    cancelled_by = ForeignKeyField(Person, null=True)
    cancelled_at = InstantField(null=True)
    entry = ForeignKeyField(Entry, null=True)  # of a credit: the correction that made it
    statement = ForeignKeyField(Statement, null=True)  # on which it was first told; from then on it stays as it is
    # Derived from the ledger and stored with it, so that no page sums lines.
    left_minutes = IntegerField(default=0)
    pending_minutes = IntegerField(default=0)  # of what was drawn: still within its review window

    class Meta:
        indexes = ((("project", "valid_from"), False),)

    @property
    def is_credit(self) -> bool:
        return self.kind == "credit"

    @property
    def key(self) -> PurchaseId:
        """What the rules of the ledger call it: a credit goes by its correction."""
        return Credit(self.entry_id) if self.is_credit else self.id

    def standing(self, today: date) -> str:
        """later (not valid yet), expired, used (nothing left) or open."""
        if self.valid_from > today:
            return "later"
        if self.expires_on and self.expires_on < today:
            return "expired"
        return "open" if self.left_minutes else "used"

    def is_in_use(self, today: date) -> bool:
        """Whether the meter shows it: minutes are left in it, or could still come back from review."""
        is_over = self.expires_on is not None and self.expires_on < today
        return not is_over and (self.left_minutes > 0 or self.pending_minutes > 0)

    @classmethod
    def of(cls, project: Project) -> list["Purchase"]:
        """The project's purchases that count, newest first."""
        return [_maker.make(row) for row in _by_project.rows(project=project.id)]

    @classmethod
    def last_opened(cls, project: Project, today: date) -> list["Purchase"]:
        """The purchase that was valid last, none where there is none; used up or expired, it is what a meter shows."""
        row = _newest.first(project=project.id, today=today.isoformat())
        return [_maker.make(row)] if row else []

    @classmethod
    def add(
        cls,
        project: Project,
        actor: Person,
        *,
        minutes: int,
        bought_on: date,
        valid_from: date | None = None,
        expires_on: date | None = None,
        reference: str = "",
        kind: str = "pack",
        at: datetime | None = None,
    ) -> "Purchase":
        """Add hours to the project; a standing deficit is settled from them at once."""
        at = at or now()
        with transaction():
            purchase = cls.create(
                project=project,
                minutes=minutes,
                kind=kind,
                bought_on=bought_on,
                valid_from=valid_from or bought_on,
                expires_on=expires_on,
                reference=reference,
                created_by=actor,
                created_at=at,
            )
            ledger.rewrite(project, purchase.valid_from, at)
            Event.record(project, "purchase.added", actor, client=False, meter=True, at=at, minutes=minutes)
        return purchase

    @classmethod
    def of_credit(cls, project: Project, credit: allocation.Purchase) -> "Purchase":
        """The credit that the walk of the ledger made of a correction, to be stored."""
        assert isinstance(credit.id, Credit)
        return cls(
            project=project,
            minutes=credit.minutes,
            kind="credit",
            bought_on=credit.bought_on,
            valid_from=credit.valid_from,
            entry=credit.id.entry,
        )

    def as_pack(self) -> allocation.Purchase:
        """The part of it that the rules of the ledger know."""
        return allocation.Purchase(
            id=self.key,
            minutes=self.minutes,
            bought_on=self.bought_on,
            valid_from=self.valid_from,
            expires_on=self.expires_on,
        )


def _query_by_project() -> Query:
    mine = (Purchase.project == parameter("project")) & (Purchase.state == "open")
    return Purchase.select().where(mine).order_by(Purchase.valid_from.desc(), Purchase.id.desc())


def _query_newest() -> Query:
    opened = (Purchase.project == parameter("project")) & (Purchase.valid_from <= parameter("today"))
    order = (Purchase.valid_from.desc(), Purchase.bought_on.desc(), Purchase.id.desc())
    return Purchase.select().where(opened & (Purchase.state == "open")).order_by(*order).limit(1)


_by_project = Prepared(_query_by_project)
_newest = Prepared(_query_newest)
_maker = Maker(Purchase)

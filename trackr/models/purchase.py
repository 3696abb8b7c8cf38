"""A purchase: a pack of hours, bought, given, or credited back."""

from datetime import date, datetime
from typing import Any

from peewee import CharField, ForeignKeyField, IntegerField, Query, TextField

from trackr.db import transaction
from trackr.hours import allocation
from trackr.hours.allocation import Credit, PurchaseId
from trackr.models import ledger
from trackr.models.alert import Alert
from trackr.models.base import DayField, InstantField, Record, Refused, now
from trackr.models.charge import Charge
from trackr.models.entry import Entry
from trackr.models.event import Event
from trackr.models.line import Line
from trackr.models.person import Person
from trackr.models.prepared import Maker, Prepared, parameter
from trackr.models.project import Project
from trackr.models.statement import Statement

KINDS = ("pack", "gift")  # what people add; a correction makes a credit


class Purchase(Record):
    project = ForeignKeyField(Project, on_delete="CASCADE", index=False)
    minutes = IntegerField()
    kind = CharField(default="pack")  # pack, gift, credit
    state = CharField(default="open")  # requested, open, cancelled
    bought_on = DayField()
    valid_from = DayField()
    expires_on = DayField(null=True)  # the last valid day; none: never
    reference = CharField(default="")
    asked_minutes = IntegerField(null=True)  # of a request: what the client asked for, whatever was opened
    message = TextField(default="")  # of a request
    created_by = ForeignKeyField(Person, null=True, index=False)
    created_at = InstantField(default=now)
    opened_by = ForeignKeyField(Person, null=True, index=False)  # of a request
    opened_at = InstantField(null=True)
    cancelled_by = ForeignKeyField(Person, null=True, index=False)
    cancelled_at = InstantField(null=True)
    answer = TextField(default="")  # why it was declined or cancelled
    entry = ForeignKeyField(Entry, null=True)  # of a credit: the correction that made it
    statement = ForeignKeyField(Statement, null=True, index=False)  # that tells it first: it stays as it is from then
    # Derived from the ledger and stored with it, so that no page sums lines.
    left_minutes = IntegerField(default=0)
    pending_minutes = IntegerField(default=0)  # of what was drawn: still within its review window

    class Meta:
        indexes = ((("project", "valid_from"), False),)

    @property
    def is_credit(self) -> bool:
        return self.kind == "credit"

    @property
    def is_requested(self) -> bool:
        """Whether a client asked for it and nobody has answered yet: it counts nowhere."""
        return self.state == "requested"

    @property
    def is_cancelled(self) -> bool:
        return self.state == "cancelled"

    def is_untouched(self, today: date) -> bool:
        """Whether it looks as if nothing came off it yet, so that it can be cancelled; `cancel` knows for certain."""
        is_whole = self.valid_from > today or self.left_minutes == self.minutes
        return self.state == "open" and is_whole and not self.is_credit and self.statement_id is None

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
    def request(
        cls, project: Project, actor: Person, *, minutes: int, message: str = "", at: datetime | None = None
    ) -> "Purchase":
        """A client asks for hours: they count nowhere until they are opened. Sent twice, it is one request."""
        at = at or now()
        same = (cls.project == project) & (cls.created_by == actor) & (cls.state == "requested")
        with transaction():
            request = cls.get_or_none(same & (cls.asked_minutes == minutes) & (cls.message == message))
            if request is not None:
                return request
            request = cls.create(
                project=project,
                state="requested",
                minutes=minutes,
                asked_minutes=minutes,
                message=message,
                bought_on=project.today(at),
                valid_from=project.today(at),
                created_by=actor,
                created_at=at,
            )
            Event.record(project, "purchase.requested", actor, client=False, meter=True, at=at, minutes=minutes)
        return request

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
            Charge.follow(purchase, at)
            ledger.rewrite(project, purchase.valid_from, at)
            Event.record(project, "purchase.added", actor, client=False, meter=True, at=at, minutes=minutes)
        return purchase

    def open(self, actor: Person, *, minutes: int, valid_from: date, at: datetime | None = None, **terms: Any) -> None:
        """Grant a request, perhaps with other hours than were asked for: from its first day on they count.

        terms: bought_on, expires_on, reference, kind. Raises Refused("answered") where it is no request any more.
        """
        at = at or now()
        with transaction():
            if not self._read_again() or not self.is_requested:
                raise Refused("answered")
            changes = terms | {"minutes": minutes, "valid_from": valid_from}
            changes |= {"state": "open", "opened_by": actor, "opened_at": at}
            for name, value in changes.items():
                setattr(self, name, value)
            self.store(*changes)
            Charge.follow(self, at)
            ledger.rewrite(self.project, valid_from, at)
            Event.record(self.project, "purchase.opened", actor, client=False, meter=True, at=at, minutes=minutes)

    def cancel(self, actor: Person, why: str = "", at: datetime | None = None) -> None:
        """Decline or withdraw a request, or take an open purchase back that nothing has come off yet.

        Raises Refused: "answered" where it is cancelled already, "credited" for a credit, "on_statement" where it is
        on a statement, "drawn" where hours of it are used, settled or expired.
        """
        at = at or now()
        ledger.settle(self.project)  # what has expired meanwhile has, whether this is refused or not
        with transaction():
            if not self._read_again() or self.is_cancelled:
                raise Refused("answered")
            was_open = not self.is_requested
            self._require_whole()
            self.state, self.cancelled_by, self.cancelled_at = "cancelled", actor, at
            self.answer, self.left_minutes = why, 0
            self.store()
            if was_open:
                Charge.follow(self)
                Alert.delete().where(Alert.purchase == self).execute()
                ledger.rewrite(self.project, self.valid_from, at)
            kind = "purchase.cancelled" if was_open else "purchase.declined"
            Event.record(self.project, kind, actor, client=False, meter=True, at=at, minutes=self.minutes, why=why)

    def _require_whole(self) -> None:
        if self.is_credit:
            raise Refused("credited")
        if self.statement_id is not None:
            raise Refused("on_statement")
        if Line.select().where((Line.purchase == self) & (Line.kind != "bought")).exists():
            raise Refused("drawn")

    def _read_again(self) -> bool:
        """Take over what others have stored meanwhile; False where it is not there any more."""
        stored = Purchase.get_or_none(Purchase.id == self.id)
        self.__data__.update(stored.__data__ if stored else {})
        return stored is not None

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

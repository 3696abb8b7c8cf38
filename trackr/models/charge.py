"""What is to be billed: the time that a statement takes over, or a pack of hours. Trackr writes no invoices: it notes
which one of the accounts' own took a charge, and whether that is paid."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from peewee import CharField, DeferredForeignKey, ForeignKeyField, IntegerField

from trackr.db import transaction
from trackr.models.base import DayField, InstantField, Record, Refused, now
from trackr.models.event import Event
from trackr.models.person import Person
from trackr.models.project import Project
from trackr.models.statement import Statement

if TYPE_CHECKING:
    from trackr.models.purchase import Purchase

STATES = ("open", "invoiced", "paid", "void")


class Charge(Record):
    project = ForeignKeyField(Project, on_delete="CASCADE", index=False)
    statement = ForeignKeyField(Statement, null=True, unique=True)  # whose billed minutes it is, or
    purchase = DeferredForeignKey("Purchase", null=True, unique=True)  # the pack
    minutes = IntegerField()
    state = CharField(default="open")  # open, invoiced, paid, void: its pack was taken back, or nobody is to pay it
    invoice = CharField(default="")  # the number it has in the accounts
    invoiced_on = DayField(null=True)
    paid_on = DayField(null=True)
    created_at = InstantField(default=now)

    class Meta:
        indexes = ((("state", "created_at"), False), (("project", "created_at"), False))

    @classmethod
    def follow(cls, purchase: "Purchase", at: datetime | None = None) -> None:
        """Have the pack billed once its hours are open, and not where it was taken back; within that transaction.

        Gifts and credits are not billed.
        """
        if purchase.is_cancelled:
            cls.update(state="void").where(cls.purchase == purchase).execute()
        elif purchase.kind == "pack":
            mine = {"project": purchase.project_id, "purchase": purchase.id, "minutes": purchase.minutes}
            cls.create(**mine, created_at=at or now())

    @property
    def is_open(self) -> bool:
        return self.state == "open"

    @property
    def is_invoiced(self) -> bool:
        return self.state == "invoiced"

    @property
    def is_paid(self) -> bool:
        return self.state == "paid"

    @property
    def is_void(self) -> bool:
        return self.state == "void"

    def move(
        self,
        actor: Person,
        state: str,
        *,
        invoice: str = "",
        invoiced_on: date | None = None,
        paid_on: date | None = None,
    ) -> None:
        """Put it into a state, with what belongs to that: forward, back, or the same with another number or day.

        What is open carries nothing; what is void keeps nothing of an invoice either.
        Raises Refused("taken_back", "state") where its pack was taken back, so that it stays void.
        """
        with transaction():
            stored = Charge.get_by_id(self.id)
            if stored.is_void and state != "void" and stored.purchase_id and stored.purchase.is_cancelled:
                raise Refused("taken_back", "state")
            before = (stored.state, stored.invoice, stored.invoiced_on, stored.paid_on)
            is_billed = state in ("invoiced", "paid")
            self.state, self.invoice = state, invoice if is_billed else ""
            self.invoiced_on = invoiced_on if is_billed else None
            self.paid_on = paid_on if state == "paid" else None
            if before == (self.state, self.invoice, self.invoiced_on, self.paid_on):
                return
            self.store("state", "invoice", "invoiced_on", "paid_on")
            told = {"charge": self.id, "state": state, "before": before[0], "invoice": self.invoice}
            Event.record(self.project, "charge.moved", actor, client=False, **told)

    @classmethod
    def move_all(cls, actor: Person, moves: Iterable[tuple["Charge", Mapping[str, Any]]]) -> None:
        """Move each as `move` does: all of them, or none."""
        with transaction():
            for charge, move in moves:
                charge.move(actor, **move)

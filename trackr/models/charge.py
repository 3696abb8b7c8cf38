"""What is to be billed: the time that a statement takes over, or a pack of hours. Trackr writes no invoices: it notes
which one of the accounts' own took a charge, and whether that is paid."""

from datetime import datetime
from typing import TYPE_CHECKING

from peewee import CharField, DeferredForeignKey, ForeignKeyField, IntegerField

from trackr.models.base import DayField, InstantField, Record, now
from trackr.models.project import Project
from trackr.models.statement import Statement

if TYPE_CHECKING:
    from trackr.models.purchase import Purchase


class Charge(Record):
    project = ForeignKeyField(Project, on_delete="CASCADE", index=False)
    statement = ForeignKeyField(Statement, null=True, unique=True)  # whose billed minutes it is, or
    purchase = DeferredForeignKey("Purchase", null=True, unique=True)  # the pack
    minutes = IntegerField()
    state = CharField(default="open")  # open, invoiced, paid, void: its pack was taken back
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

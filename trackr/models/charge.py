"""What is to be billed: the time that a statement takes over, or a pack of hours. Trackr writes no invoices: it notes
which one of the accounts' own took a charge, and whether that is paid."""

from peewee import CharField, ForeignKeyField, IntegerField

from trackr.models.base import DayField, InstantField, Record, now
from trackr.models.project import Project
from trackr.models.purchase import Purchase
from trackr.models.statement import Statement


class Charge(Record):
    project = ForeignKeyField(Project, on_delete="CASCADE", index=False)
    statement = ForeignKeyField(Statement, null=True, unique=True)  # whose billed minutes it is, or
    purchase = ForeignKeyField(Purchase, null=True, unique=True)  # the pack
    minutes = IntegerField()
    state = CharField(default="open")  # open, invoiced, paid, void: its pack was taken back
    invoice = CharField(default="")  # the number it has in the accounts
    invoiced_on = DayField(null=True)
    paid_on = DayField(null=True)
    created_at = InstantField(default=now)

    class Meta:
        indexes = ((("state", "created_at"), False), (("project", "created_at"), False))

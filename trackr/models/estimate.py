"""An estimate of the time a ticket will take: proposed by the agency, agreed to by the client before the work."""

from peewee import CharField, ForeignKeyField, IntegerField, TextField

from trackr.models.base import InstantField, Record, now
from trackr.models.person import Person
from trackr.models.project import Project
from trackr.models.ticket import Ticket


class Estimate(Record):
    ticket = ForeignKeyField(Ticket, on_delete="CASCADE", index=False)
    project = ForeignKeyField(Project, on_delete="CASCADE", index=False)
    low_minutes = IntegerField()
    ceiling_minutes = IntegerField()  # agreed to, it is committed in the meter until it is valued
    message = TextField(default="")
    state = CharField(default="proposed")  # proposed, accepted, declined, withdrawn
    proposed_by = ForeignKeyField(Person, index=False)
    proposed_at = InstantField(default=now)
    answered_by = ForeignKeyField(Person, null=True, index=False)
    answered_at = InstantField(null=True)
    answer = TextField(default="")

    class Meta:
        indexes = ((("ticket", "id"), False), (("project", "state"), False))

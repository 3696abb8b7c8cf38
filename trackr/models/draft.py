"""What somebody has typed into a form and not sent yet: another device finds it."""

from peewee import CharField, ForeignKeyField, TextField

from trackr.models.base import InstantField, Record, now
from trackr.models.person import Person
from trackr.models.ticket import Ticket


class Draft(Record):
    person = ForeignKeyField(Person, on_delete="CASCADE", index=False)
    ticket = ForeignKeyField(Ticket, null=True, on_delete="CASCADE")
    form = CharField()  # "reply:142", "ticket:town-hall"
    data = TextField(default="{}")  # JSON: field to text
    changed_at = InstantField(default=now)

    class Meta:
        indexes = ((("person", "form"), True),)

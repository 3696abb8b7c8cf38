"""A reply that staff writes often, kept to be inserted, with places for names."""

from peewee import CharField, ForeignKeyField, IntegerField, TextField

from trackr.models.base import InstantField, Record, now
from trackr.models.person import Person


class CannedReply(Record):
    name = CharField()
    body = TextField()
    position = IntegerField(default=0)
    created_by = ForeignKeyField(Person, null=True, index=False)
    created_at = InstantField(default=now)

"""A reply that staff writes often, kept to be inserted, with places for names."""

from datetime import datetime

from peewee import CharField, ForeignKeyField, IntegerField, TextField, fn

from trackr.db import transaction
from trackr.models.base import InstantField, Record, Refused, now
from trackr.models.event import Event
from trackr.models.person import Person


class CannedReply(Record):
    name = CharField()
    body = TextField()
    position = IntegerField(default=0)
    created_by = ForeignKeyField(Person, null=True, index=False)
    created_at = InstantField(default=now)

    @classmethod
    def all_of_them(cls) -> "list[CannedReply]":
        """By name, as people look for them."""
        return list(cls.select().order_by(fn.LOWER(cls.name), cls.id))

    @classmethod
    def add(cls, actor: Person, *, name: str, body: str, at: datetime | None = None) -> "CannedReply":
        """Raises Refused("name_taken", "name")."""
        with transaction():
            cls._require_free(name)
            reply = cls.create(name=name, body=body, created_by=actor, created_at=at or now())
            Event.record(None, "canned_reply.added", actor, client=False, at=at, name=name)
        return reply

    def change(self, actor: Person, *, name: str, body: str) -> None:
        """Raises Refused("name_taken", "name")."""
        with transaction():
            self._require_free(name, besides=self)
            self.name, self.body = name, body
            self.store("name", "body")
            Event.record(None, "canned_reply.changed", actor, client=False, name=name)

    def remove(self, actor: Person) -> None:
        """What was written with it stays as it is."""
        with transaction():
            CannedReply.delete().where(CannedReply.id == self.id).execute()
            Event.record(None, "canned_reply.removed", actor, client=False, name=self.name)

    @classmethod
    def _require_free(cls, name: str, besides: "CannedReply | None" = None) -> None:
        """Two of the same name could not be told apart where they are inserted."""
        if any(one.name.casefold() == name.casefold() for one in cls.all_of_them() if one != besides):
            raise Refused("name_taken", "name")

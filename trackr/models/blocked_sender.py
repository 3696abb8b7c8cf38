"""Senders whose mail nobody wants: what comes from them is put away unread."""

from peewee import CharField, ForeignKeyField

from trackr.db import transaction
from trackr.models.base import InstantField, Record, now
from trackr.models.event import Event
from trackr.models.person import Person, normal_email


class BlockedSender(Record):
    email = CharField(unique=True)
    blocked_by = ForeignKeyField(Person, null=True, on_delete="SET NULL", index=False)
    blocked_at = InstantField(default=now)

    @classmethod
    def is_blocked(cls, email: str) -> bool:
        return cls.select().where(cls.email == normal_email(email)).exists()

    def unblock(self, actor: Person) -> None:
        with transaction():
            number = self.id
            self.delete_instance()
            Event.record(None, "mail.unblocked", actor, client=False, blocked=number)

    @classmethod
    def all_of_them(cls) -> "list[BlockedSender]":
        return list(cls.select().order_by(cls.email))

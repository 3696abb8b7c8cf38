"""A file on a ticket: its content lies in the data folder, by its digest."""

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField

from trackr.models.base import InstantField, Record, now
from trackr.models.comment import Comment
from trackr.models.person import Person
from trackr.models.ticket import Ticket


class Attachment(Record):
    ticket = ForeignKeyField(Ticket, on_delete="CASCADE", index=False)
    comment = ForeignKeyField(Comment, null=True, on_delete="SET NULL")  # none: with the ticket's own text
    name = CharField()
    size = IntegerField()  # bytes
    digest = CharField(index=True)  # SHA-256 of the content, in hexadecimal
    is_image = BooleanField(default=False)  # there is a preview
    width = IntegerField(null=True)
    height = IntegerField(null=True)
    internal = BooleanField(default=False)  # of an internal note
    created_by = ForeignKeyField(Person, index=False)
    created_at = InstantField(default=now)
    deleted_by = ForeignKeyField(Person, null=True, index=False)
    deleted_at = InstantField(null=True)

    class Meta:
        indexes = ((("ticket", "id"), False),)

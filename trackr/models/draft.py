"""What somebody has typed into a form and not sent yet: another device finds it. Nobody else ever does."""

import json
from datetime import datetime, timedelta

from peewee import CharField, ForeignKeyField, TextField

from trackr.db import transaction
from trackr.models.base import InstantField, Record, now
from trackr.models.comment import Comment
from trackr.models.person import Person
from trackr.models.prepared import Prepared, parameter
from trackr.models.ticket import Ticket

KEPT_FOR = timedelta(days=90)
KEPT_CLOSED = timedelta(days=7)  # after its ticket was closed


class Draft(Record):
    person = ForeignKeyField(Person, on_delete="CASCADE", index=False)
    ticket = ForeignKeyField(Ticket, null=True, on_delete="CASCADE")
    form = CharField()  # "reply:142", "ticket:town-hall"
    data = TextField(default="{}")  # JSON: field to text
    changed_at = InstantField(default=now)

    class Meta:
        indexes = ((("person", "form"), True),)

    @classmethod
    def keep(
        cls, person: Person, form: str, values: dict[str, str], ticket: Ticket | None = None, form_key: str = ""
    ) -> None:
        """Keep what is in the form now, instead of what was. With the key of a form that was sent meanwhile: nothing.

        No event is recorded: a draft is nobody's business but theirs.
        """
        with transaction():
            if form_key and Comment.was_sent(form_key):
                return
            data = json.dumps(values, ensure_ascii=False)
            stored = cls.get_or_none((cls.person == person) & (cls.form == form))
            if stored is None:
                cls.forget_old()
                cls.create(person=person, form=form, ticket=ticket, data=data)
            else:
                stored.data, stored.changed_at = data, now()
                stored.store("data", "changed_at")

    @classmethod
    def of(cls, person: Person, form: str) -> dict[str, str] | None:
        """What the person has typed into that form, by field; None where there is nothing."""
        data = _data.value(person=person.id, form=form)
        return json.loads(data) if data else None

    @classmethod
    def discard(cls, person: Person, form: str) -> None:
        _discard.run(person=person.id, form=form)

    @classmethod
    def forget_old(cls, at: datetime | None = None) -> None:
        """Those that nobody has touched for long, and those whose ticket has been closed for a while."""
        at = at or now()
        closed = Ticket.select(Ticket.id).where(Ticket.closed_at < at - KEPT_CLOSED)
        over = cls.ticket.in_(closed) & (cls.changed_at < at - KEPT_CLOSED)
        cls.delete().where((cls.changed_at < at - KEPT_FOR) | over).execute()


_data = Prepared(
    lambda: Draft.select(Draft.data).where((Draft.person == parameter("person")) & (Draft.form == parameter("form")))
)
_discard = Prepared(
    lambda: Draft.delete().where((Draft.person == parameter("person")) & (Draft.form == parameter("form")))
)

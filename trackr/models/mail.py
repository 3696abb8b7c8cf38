"""Mail to one person: what it tells, when it is due, and what became of it. The letter itself is written when it goes.

Of an event a person is told once, which the database sees to (Told); what is still queued for the same person and
ticket takes in what happens next. Between taking a mail in hand and noting that it went the program may be killed:
then it is sent a second time, with the same Message-ID, and never a third.
"""

import json
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from peewee import BooleanField, CharField, Expression, ForeignKeyField, IntegerField, Select, TextField, fn

from trackr.db import transaction
from trackr.models.base import InstantField, Record, Refused, now, to_milliseconds
from trackr.models.event import Event
from trackr.models.person import Person
from trackr.models.project import Project
from trackr.models.ticket import Ticket

STATES = ("queued", "sent", "failed", "dropped")
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360))  # after the first try, the second …
PATIENCE = timedelta(days=3)  # with a server that does not take it
IN_HAND = timedelta(minutes=5)  # after which nobody can still be sending it


class Mail(Record):
    person = ForeignKeyField(Person, on_delete="CASCADE")
    address = CharField()  # to which it went; until then, to which it would go
    project = ForeignKeyField(Project, null=True, on_delete="CASCADE")
    ticket = ForeignKeyField(Ticket, null=True, on_delete="CASCADE")
    kind = CharField()  # see mail/letters
    state = CharField(default="queued")  # one of STATES
    reason = CharField(default="")  # why it failed or was dropped, or was not taken yet
    message_id = CharField(unique=True)  # made when it was queued, the same for every try
    data = TextField(default="{}")  # what it is about, where that is no event
    sealed = TextField(default="")  # a link or a code in it: see mail/sealing.py; gone once it is sent
    tries = IntegerField(default=0)
    due_at = InstantField()
    sending_at = InstantField(null=True)  # since when somebody has it in hand
    repeated = BooleanField(default=False)  # sent again, since nobody noted how the first time ended
    subject = CharField(default="")  # with which it went
    created_at = InstantField(default=now)
    sent_at = InstantField(null=True)

    class Meta:
        indexes = ((("state", "due_at"), False),)

    @classmethod
    def queued(cls) -> Select:
        return cls.select().where(cls.state == "queued")

    @classmethod
    def due(cls, most: int) -> "list[Mail]":
        """Those that can go now, the one that has waited longest first."""
        at = now()
        free = cls.sending_at.is_null() | (cls.sending_at < to_milliseconds(at - IN_HAND))
        query = cls.select().where((cls.state == "queued") & (cls.due_at <= at) & free)
        return list(query.order_by(cls.due_at, cls.id).limit(most))

    @classmethod
    def waiting_for(cls, person: Person, kind: str, about: dict[str, Any]) -> "Mail | None":
        """The one of that kind and about that which nobody has tried to send yet."""
        mine = (cls.person == person) & (cls.state == "queued") & (cls.kind == kind)
        untouched = (cls.tries == 0) & cls.sending_at.is_null()
        same: Expression = mine & untouched
        for name, value in about.items():
            field = getattr(cls, name)
            same &= field.is_null() if value is None else field == value
        return cls.select().where(same).order_by(cls.id).first()

    @property
    def is_queued(self) -> bool:
        return self.state == "queued"

    @property
    def details(self) -> dict[str, Any]:
        return json.loads(self.data)

    @property
    def events(self) -> list[Event]:
        """What it tells, in the order in which it happened."""
        return list(Event.select().join(Told, on=(Told.event == Event.id)).where(Told.mail == self).order_by(Event.id))

    @property
    def reasons(self) -> set[str]:
        """Why the person is told."""
        return {why for (why,) in Told.select(Told.why).where(Told.mail == self).tuples()}

    def take(self) -> bool:
        """Take it in hand, before it goes. False where somebody else has, or where it has gone twice already."""
        at = now()
        with transaction():
            stored = Mail.get_by_id(self.id)
            if not stored.is_queued or (stored.sending_at and stored.sending_at > at - IN_HAND):
                return False
            if stored.sending_at and stored.repeated:
                self.fail("interrupted")
                return False
            self.repeated = stored.repeated or stored.sending_at is not None
            self.tries, self.sending_at = stored.tries + 1, at
            self.store("tries", "sending_at", "repeated")
        return True

    def sent(self, subject: str, address: str) -> None:
        self.subject, self.address, self.sent_at = subject[:255], address, now()
        self._end("sent", "")

    def fail(self, reason: str) -> None:
        self._end("failed", reason)

    def drop(self, reason: str) -> None:
        """Not to be sent: nothing in it is the reader's any more, or the reader wants none."""
        self._end("dropped", reason)

    def _end(self, state: str, reason: str) -> None:
        self.state, self.reason, self.sending_at, self.sealed = state, reason[:255], None, ""
        self.store("state", "reason", "sending_at", "sealed", "subject", "address", "sent_at")

    def postpone(self, reason: str) -> None:
        """Not taken this time: again later, longer each time, until PATIENCE is over."""
        if now() - self.created_at > PATIENCE:
            self.fail(reason)
            return
        pause = PAUSES[min(max(self.tries, 1), len(PAUSES)) - 1]
        self.due_at, self.reason, self.sending_at = now() + pause, reason[:255], None
        self.store("due_at", "reason", "sending_at")

    @classmethod
    def postpone_due(cls, reason: str) -> None:
        """The server cannot be reached: every mail that is due waits, as long as its own tries say."""
        with transaction():
            for mail in cls.due(most=1_000_000):
                mail.tries += 1
                mail.store("tries")
                mail.postpone(reason)

    def send_again(self) -> None:
        """Have it go once more. Raises Refused("mail_gone") where what it held was kept only until it was sent."""
        if self.kind in SECRET:
            raise Refused("mail_gone")
        with transaction():
            self.state, self.reason, self.tries, self.repeated = "queued", "", 0, False
            self.created_at = self.due_at = now()
            self.sending_at = self.sent_at = None
            self.store("state", "reason", "tries", "repeated", "created_at", "due_at", "sending_at", "sent_at")

    @classmethod
    def let_go(cls, days: int) -> None:
        """Forget those that were over longer ago; of what was told already nobody is told again (see Telling).

        Those that told of internal notes stay, nameless: an answer to them is a note however late it comes.
        """
        old = (cls.state != "queued") & (cls.created_at < now() - timedelta(days=days))
        notes = Told.select(Told.mail).join(Event).where(Event.kind.startswith("note."))
        cls.delete().where(old & cls.id.not_in(notes)).execute()
        cls.update(subject="", address="", reason="", data="{}").where(old).execute()

    @classmethod
    def counts(cls) -> dict[str, int]:
        """How many there are, by state."""
        found = dict(cls.select(cls.state, fn.COUNT(cls.id)).group_by(cls.state).tuples())
        return {state: found.get(state, 0) for state in STATES}


SECRET = ("invitation", "sign_in", "address_confirm", "address_stop")  # kinds that hold a link that lets one do


class Told(Record):
    """That a mail tells a person of an event: of each event once."""

    mail = ForeignKeyField(Mail, on_delete="CASCADE")
    event = ForeignKeyField(Event, on_delete="CASCADE", index=False)
    person = ForeignKeyField(Person, on_delete="CASCADE")
    why = CharField()  # see mail/rules.py

    class Meta:
        indexes = ((("event", "person"), True),)


class Telling(Record):
    """How far the events have been told of: one row."""

    event = IntegerField(null=True)  # the last one; none: mail is not set up, and what happens meanwhile is not told

    @classmethod
    def news(cls, most: int) -> list[Event]:
        """The events that nobody was told of yet, oldest first; none where telling begins only now.

        Called in the transaction that queues their mails.
        """
        row = cls.select().get()
        if row.event is None:
            cls._move(Event.select(fn.MAX(Event.id)).scalar() or 0)
            return []
        found = list(Event.select().where(Event.id > row.event).order_by(Event.id).limit(most))
        if found:
            cls._move(found[-1].id)
        return found

    @classmethod
    def has_news(cls) -> bool:
        told = cls.select(cls.event).scalar()
        return told is None or told < (Event.select(fn.MAX(Event.id)).scalar() or 0)

    @classmethod
    def rest(cls) -> None:
        """Mail is not set up: once it is, it begins with what happens then."""
        if cls.select(cls.event).scalar() is not None:
            cls._move(None)

    @classmethod
    def _move(cls, event: int | None) -> None:
        cls.update(event=event).execute()


def tell(mail: Mail, events: Iterable[tuple[Event, str]]) -> None:
    """Note what the mail tells, and why; what the person was told of already is left out."""
    rows = [{"mail": mail, "event": event, "person": mail.person_id, "why": why} for event, why in events]
    Told.insert_many(rows).on_conflict_ignore().execute()

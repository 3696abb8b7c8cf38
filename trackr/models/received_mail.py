"""Mail that has come in: each once, by its Message-ID, with what became of it.

The mail itself is kept as it came, under the digest of its content, beside the files that people send. One that was
dealt with is let go after the days that the agency says; one that waits for somebody stays until then.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from peewee import CharField, ForeignKeyField, IntegerField, Select, TextField

from trackr.db import transaction
from trackr.files import store
from trackr.models.base import InstantField, Record, Refused, now, to_milliseconds
from trackr.models.blocked_sender import BlockedSender
from trackr.models.comment import Comment
from trackr.models.event import Event
from trackr.models.person import Person
from trackr.models.project import Project
from trackr.models.ticket import Ticket

STATES = ("taken", "held", "ignored", "broken", "filed")
WAITING = ("held", "broken")  # for somebody to decide
LATELY = timedelta(days=30)


class ReceivedMail(Record):
    message_id = CharField(unique=True)
    state = CharField()  # one of STATES
    why = CharField(default="")  # it was held, ignored, or broke
    digest = CharField(default="", index=True)  # of the mail as it came; empty: let go
    size = IntegerField()  # bytes
    sender = CharField(index=True)  # an address in small letters, or none
    sender_name = CharField(default="")
    subject = CharField(default="")
    project = ForeignKeyField(Project, null=True, on_delete="SET NULL")  # that it is about, as far as it tells
    ticket = ForeignKeyField(Ticket, null=True, on_delete="SET NULL")  # where it landed, or would have
    comment = ForeignKeyField(Comment, null=True, on_delete="SET NULL")  # none: it opened the ticket
    strangers = TextField(default="")  # addresses in copy that nobody knows, one a line
    received_at = InstantField(default=now)
    handled_by = ForeignKeyField(Person, null=True, on_delete="SET NULL", index=False)
    handled_at = InstantField(null=True)

    class Meta:
        indexes = ((("state", "received_at"), False),)

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING

    @property
    def is_broken(self) -> bool:
        return self.state == "broken"

    @property
    def unknown_addresses(self) -> list[str]:
        return self.strangers.split("\n") if self.strangers else []

    @classmethod
    def by_message_id(cls, message_id: str) -> "ReceivedMail | None":
        return cls.get_or_none(cls.message_id == message_id)

    @classmethod
    def comes_in(cls) -> bool:
        """Whether mail has been taken in of late."""
        return cls.select().where(cls.received_at > to_milliseconds(now() - LATELY)).exists()

    @classmethod
    def waiting(cls) -> Select:
        return cls.select().where(cls.state.in_(WAITING)).order_by(cls.received_at.desc(), cls.id.desc())

    @classmethod
    def answered_by(cls, references: tuple[str, ...]) -> int | None:
        """The number of the ticket that one of these mails, which came in before, has landed on."""
        mine = cls.message_id.in_(references[:50]) & cls.ticket.is_null(False) & (cls.state == "taken")
        return cls.select(cls.ticket).where(mine).order_by(cls.id.desc()).scalar() if references else None

    @classmethod
    def count_since(cls, sender: str, at: datetime) -> int:
        """How many mails of that sender were taken since then."""
        mine = (cls.sender == sender) & (cls.state == "taken") & (cls.received_at > to_milliseconds(at))
        return cls.select().where(mine).count()

    @classmethod
    def used_digests(cls, among: Sequence[str] | None = None) -> set[str]:
        query = cls.select(cls.digest).where(cls.digest.in_(among) if among else cls.digest != "")
        return {digest for (digest,) in query.tuples()}

    @classmethod
    def let_go(cls, days: int) -> None:
        """Forget the contents of those that were dealt with and came longer ago; the files themselves are swept."""
        old = cls.received_at < to_milliseconds(now() - timedelta(days=days))
        cls.update(digest="").where(old & cls.state.not_in(WAITING) & (cls.digest != "")).execute()

    @classmethod
    def of(cls, person: Person) -> Select:
        """Those that the person sent, whatever address they came from."""
        wrote = cls.comment.in_(Comment.select(Comment.id).where(Comment.author == person))
        opened = cls.comment.is_null() & cls.ticket.in_(Ticket.select(Ticket.id).where(Ticket.requester == person))
        taken = (cls.state == "taken") & (wrote | opened)
        return cls.select().where((cls.sender == person.email) | taken).order_by(cls.id)

    @classmethod
    def forget(cls, person: Person) -> set[str]:
        """Know nothing any more of who sent theirs, nor of where others' name them. In the transaction that forgets.

        What is dealt with of others goes too: heads and quotations name whoever took part. Returns the digests of
        the contents that are let go.
        """
        before = cls.used_digests()
        for one in list(cls.of(person)):
            BlockedSender.delete().where((BlockedSender.email == one.sender) & (one.sender != "")).execute()
            state = "filed" if one.is_waiting else one.state
            gone = dict.fromkeys(("sender", "sender_name", "subject", "digest", "strangers"), "")
            cls.update(message_id=f"{one.id}@forgotten.invalid", state=state, **gone).where(cls.id == one.id).execute()
        BlockedSender.delete().where(BlockedSender.email == person.email).execute()
        for one in list(cls.select().where(cls.strangers.contains(person.email))):
            one.strangers = "\n".join(address for address in one.unknown_addresses if address != person.email)
            one.store("strangers")
        cls.update(digest="").where(cls.state.not_in(WAITING)).execute()
        return before - cls.used_digests()

    def content(self) -> bytes:
        """The mail as it came, empty where that is gone."""
        try:
            return store.path(self.digest).read_bytes() if self.digest else b""
        except OSError:
            return b""

    def settle(self, actor: Person, state: str, **found: object) -> None:
        """Say what became of one that waited."""
        for name, value in ({"state": state, "handled_by": actor, "handled_at": now()} | found).items():
            setattr(self, name, value)
        self.store("state", "handled_by", "handled_at", *found)

    def file(self, actor: Person) -> None:
        """Put it away: nothing more is done about it. (An event names no address: it cannot be forgotten there.)"""
        with transaction():
            self.settle(actor, "filed")
            Event.record(None, "mail.filed", actor, client=False, mail=self.id)

    @classmethod
    def file_all(cls, actor: Person, mails: "list[ReceivedMail]") -> None:
        """Put these away, or none of them."""
        with transaction():
            for mail in mails:
                mail.file(actor)

    def block(self, actor: Person) -> None:
        """Put away what comes from its sender, and what waits of theirs already.

        Raises Refused("not_blocked") where it is of nobody, or of somebody of the agency.
        """
        person = Person.by_email(self.sender) if self.sender else None
        if not self.sender or (person and person.is_staff):
            raise Refused("not_blocked")
        with transaction():
            BlockedSender.get_or_create(email=self.sender, defaults={"blocked_by": actor, "blocked_at": now()})
            for one in ReceivedMail.waiting().where(ReceivedMail.sender == self.sender):
                one.settle(actor, "ignored", why="blocked")
            Event.record(None, "mail.blocked", actor, client=False, mail=self.id)

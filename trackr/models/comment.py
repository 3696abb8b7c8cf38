"""Comments: what client and agency write to each other, and internal notes, which only the agency reads."""

from datetime import datetime

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField, TextField, fn

from trackr.db import transaction
from trackr.models import turn, whereabouts
from trackr.models.base import InstantField, Record, Refused, now
from trackr.models.event import Event
from trackr.models.person import Person
from trackr.models.prepared import Prepared, parameter
from trackr.models.target import Target
from trackr.models.ticket import Ticket


class Comment(Record):
    ticket = ForeignKeyField(Ticket, on_delete="CASCADE", index=False)
    internal = BooleanField(default=False)
    # Comments and notes are counted apart, so that a client cannot tell from a gap that there was a note.
    number = IntegerField()
    author = ForeignKeyField(Person, index=False)
    body = TextField()
    body_html = TextField()
    mailed = TextField(null=True)  # the whole mail that it came by, where it is less; not for every reader
    form_key = CharField(null=True, unique=True)  # of the form it came from: sent twice, stored once
    created_at = InstantField()
    edited_at = InstantField(null=True)
    deleted_at = InstantField(null=True)  # then its text is gone; the row keeps the number from being given again

    class Meta:
        indexes = ((("ticket", "internal", "number"), True),)

    @property
    def key(self) -> str:
        """The name of a comment within its ticket, as addresses write it: "3", or "n1" for a note."""
        return f"n{self.number}" if self.internal else str(self.number)

    @classmethod
    def by_key(cls, ticket: Ticket, key: str) -> "Comment | None":
        internal, digits = key.startswith("n"), key.removeprefix("n")
        if not (digits.isascii() and digits.isdecimal() and len(digits) < 10):
            return None
        mine = (cls.ticket == ticket) & (cls.internal == internal) & (cls.number == int(digits))
        return cls.get_or_none(mine & cls.deleted_at.is_null())

    @classmethod
    def was_sent(cls, form_key: str) -> bool:
        """Whether the form with that key came in already."""
        return _by_form_key.first(key=form_key) is not None

    @classmethod
    def write(
        cls,
        ticket: Ticket,
        author: Person,
        *,
        body: str,
        body_html: str,
        internal: bool = False,
        mailed: str | None = None,
        form_key: str | None = None,
        at: datetime | None = None,
    ) -> "Comment":
        """Add to the conversation. Raises Refused("sent_twice") when the same form came in before."""
        at = at or now()
        with transaction():
            if form_key and cls.was_sent(form_key):
                raise Refused("sent_twice")
            last = _last_number.value(ticket=ticket.id, internal=internal)
            comment = cls.create(
                ticket=ticket,
                internal=internal,
                number=(last or 0) + 1,
                author=author,
                body=body,
                body_html=body_html,
                mailed=mailed,
                form_key=form_key,
                created_at=at,
            )
            kind = "note.written" if internal else "comment.written"
            project = whereabouts.project_of(ticket)
            Event.record(project, kind, author, ticket=ticket, client=not internal, at=at, key=comment.key)
            if not internal:
                turn.hand_over(ticket, turn.after_writing(author), at)
                (Target.ask if author.is_client else Target.answer)(ticket, at)
        return comment

    def edit(self, actor: Person, *, body: str, body_html: str) -> None:
        """Replace the text; the earlier one is kept in the event, for staff.

        Raises Refused("gone") where it has been deleted meanwhile.
        """
        with transaction():
            stored = Comment.get_by_id(self.id)
            if stored.deleted_at is not None:
                raise Refused("gone")
            if body == stored.body:
                return
            self.body, self.body_html, self.edited_at = body, body_html, now()
            self.store("body", "body_html", "edited_at")
            self._trace(actor, "edited", stored.body)

    def earlier_texts(self) -> list[tuple[datetime, str]]:
        """The texts before the one that stands, newest first, each with the instant until which it stood."""
        kinds = ("comment.edited", "note.edited")
        query = Event.select(Event.created_at, Event.data).where((Event.ticket == self.ticket) & Event.kind.in_(kinds))
        told = [(event.created_at, event.details) for event in query.order_by(Event.id.desc())]
        return [(at, details["earlier"]) for at, details in told if details.get("key") == self.key]

    def remove(self, actor: Person) -> None:
        """Delete the text from the conversation, and its files, leaving a trace that names who did it."""
        from trackr.models.attachment import Attachment, let_go

        with transaction():
            stored = Comment.get_by_id(self.id)
            if stored.deleted_at is not None:  # done already
                return
            self.body, self.body_html, self.mailed, self.deleted_at = "", "", None, now()
            self.store("body", "body_html", "mailed", "deleted_at")
            unused = Attachment.remove_with(self, actor)
            self._trace(actor, "deleted", stored.body)
        let_go(unused)

    def _trace(self, actor: Person, verb: str, earlier: str) -> None:
        noun = "note" if self.internal else "comment"
        Event.record(
            self.ticket.project, f"{noun}.{verb}", actor, ticket=self.ticket, client=not self.internal, earlier=earlier,
            key=self.key,
        )  # fmt: skip


_by_form_key = Prepared(lambda: Comment.select(Comment.id).where(Comment.form_key == parameter("key")))
_last_number = Prepared(
    lambda: Comment.select(fn.MAX(Comment.number)).where(
        (Comment.ticket == parameter("ticket")) & (Comment.internal == parameter("internal"))
    )
)

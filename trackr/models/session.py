"""Sessions: the devices on which somebody is signed in. Each is known by a token that only its browser holds."""

import hashlib
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from peewee import BooleanField, Case, CharField, ForeignKeyField, Query

from trackr.db import transaction
from trackr.models.audit import LONGEST_AGENT, Audit
from trackr.models.base import InstantField, Record, now, to_milliseconds
from trackr.models.person import Person
from trackr.models.prepared import Maker, Prepared, parameter

# How long a session lasts without a sign of life, and in all: of a browser that is to forget, and of one that is to
# stay signed in. Why so long is told in docs/security.md.
IDLE, LONGEST = timedelta(hours=12), timedelta(days=3)
IDLE_REMEMBERED, LONGEST_REMEMBERED = timedelta(days=30), timedelta(days=180)

NOTED_EVERY = timedelta(minutes=5)  # a sign of life is written no more often
PROOF_HOLDS = timedelta(hours=1)  # what is sensitive is done without asking again
SHOWN_FOR = timedelta(minutes=30)  # an owner sees as somebody else


class Session(Record):
    person = ForeignKeyField(Person, on_delete="CASCADE", index=False)
    digest = CharField(unique=True)  # SHA-256 of the token
    remembered = BooleanField()
    strong = BooleanField(default=False)  # whether a second factor was shown
    address = CharField(default="")
    agent = CharField(default="")
    created_at = InstantField()
    seen_at = InstantField()
    proved_at = InstantField()  # when the person last showed that it is them
    good_until = InstantField()
    ended_at = InstantField(null=True)
    # Of an owner who sees as somebody else does, until then.
    shown_person = ForeignKeyField(Person, null=True, on_delete="CASCADE", index=False)
    shown_until = InstantField(default=0)

    class Meta:
        indexes = ((("person", "ended_at"), False),)

    @classmethod
    def begin(cls, person: Person, *, how: str = "password", remembered: bool = True, strong: bool = False) -> str:
        """Sign the person in on a new device, and return its token, which is stored nowhere."""
        token, at = secrets.token_urlsafe(32), now()
        address, agent = Audit.where()
        with transaction():
            cls.create(
                person=person.id,
                digest=_digest(token),
                remembered=remembered,
                strong=strong,
                address=address,
                agent=agent[:LONGEST_AGENT],
                created_at=at,
                seen_at=at,
                proved_at=at,
                good_until=_good_until(remembered, at, at),
            )
            Audit.record("session.began", person, how=how)
        return token

    @classmethod
    def refuse(cls, subject: Person | None, **detail: Any) -> None:
        """Write down that somebody tried to come in as this person (None: as nobody who is known), and failed."""
        with transaction():
            Audit.record("session.refused", None, subject=subject, **detail)

    @classmethod
    def load(cls, token: str) -> Person | None:
        """The active person whom the token signs in, with `session`, else None. One query, that every page asks."""
        row = _by_digest.first(digest=_digest(token), now=to_milliseconds(now()))
        if row is None:
            return None
        person: Person = _person.make(row)
        person.timers_mark = row[_person.end]
        session: Session = _session.make(row)
        if session.person_id == person.id:
            session.person = person
        person.session = session
        return person

    @property
    def is_showing(self) -> bool:
        """Whether an owner sees as somebody else, with this session, now."""
        return bool(self.shown_person_id) and self.shown_until > now()

    @property
    def is_proved(self) -> bool:
        """Whether the person has shown lately enough that it is them, for what is sensitive."""
        return now() - self.proved_at < PROOF_HOLDS

    @property
    def owner(self) -> Person:
        """Who signed in, whoever they see as."""
        return self.person

    def note(self) -> None:
        """Write a sign of life down, every few minutes."""
        at = now()
        if at - self.seen_at < NOTED_EVERY:
            return
        self.seen_at = at
        self.good_until = _good_until(self.remembered, self.created_at, at)
        with transaction():
            self.store("seen_at", "good_until")

    def prove(self, *, strong: bool = False) -> None:
        """The person has shown that it is them, `strong`: with a second factor."""
        self.proved_at, self.strong = now(), self.strong or strong
        with transaction():
            self.store("proved_at", "strong")
            Audit.record("proof.given", self.person)

    def show(self, person: Person) -> None:
        """See as that person does, for a while; nothing can be written meanwhile."""
        self.shown_person, self.shown_until = person.id, now() + SHOWN_FOR
        with transaction():
            self.store("shown_person", "shown_until")
            Audit.record("seen_as.began", self.person, subject=person)

    def show_no_more(self) -> None:
        with transaction():
            if self.shown_person_id:
                Audit.record("seen_as.ended", self.person, subject=self.shown_person)
            self.shown_person, self.shown_until = None, 0
            self.store("shown_person", "shown_until")

    def end(self, actor: Person) -> None:
        with transaction():
            if Session.update(ended_at=now()).where((Session.id == self.id) & Session.ended_at.is_null()).execute():
                Audit.record("session.ended", actor, subject=self.person)

    @classmethod
    def end_all(cls, person: Person, actor: Person | None = None, but: "Session | None" = None) -> int:
        """End every session of the person, `but` this one, and say how many there were."""
        theirs = (cls.person == person) & cls.ended_at.is_null()
        theirs = theirs & (cls.id != but.id) if but else theirs
        with transaction():
            ended: int = cls.update(ended_at=now()).where(theirs).execute()
            if ended:
                Audit.record("sessions.ended", actor or person, subject=person, number=ended)
        return ended

    @classmethod
    def open_ones(cls, person: Person) -> "Iterator[Session]":
        """Where the person is signed in, the device used last first."""
        good = cls.ended_at.is_null() & (cls.good_until > now())
        return iter(cls.select().where((cls.person == person) & good).order_by(cls.seen_at.desc(), cls.id.desc()))

    @classmethod
    def sweep(cls) -> None:
        """Forget sessions that ended, or ran out, a month ago and longer."""
        long_ago = now() - timedelta(days=30)
        cls.delete().where((cls.good_until < long_ago) | (cls.ended_at < long_ago)).execute()


def _good_until(remembered: bool, began: datetime, seen: datetime) -> datetime:
    idle, longest = (IDLE_REMEMBERED, LONGEST_REMEMBERED) if remembered else (IDLE, LONGEST)
    return min(seen + idle, began + longest)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def _query_by_digest() -> Query:
    # With the mark of their timers, which every page and every pulse of staff would ask for otherwise.
    from trackr.models.timer import Timer, query_mark

    shown = Case(None, [(Session.shown_until > parameter("now"), Session.shown_person)], Session.person)
    mark = query_mark().where(Timer.person == Person.id)
    good = Session.ended_at.is_null() & (Session.good_until > parameter("now")) & Person.active
    return (
        Session.select(*Person._meta.sorted_fields, mark, *Session._meta.sorted_fields)
        .join(Person, on=(Person.id == shown))
        .where((Session.digest == parameter("digest")) & good)
    )


_by_digest = Prepared(_query_by_digest)
_person = Maker(Person)
_session = Maker(Session, start=len(Person._meta.sorted_fields) + 1)

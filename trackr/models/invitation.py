"""An invitation: a link, good once and for some days, by which a person chooses a first password."""

import hashlib
import secrets
from datetime import timedelta

from peewee import CharField, Expression, ForeignKeyField

from trackr.db import transaction
from trackr.models.audit import Audit
from trackr.models.base import InstantField, Record, Refused, now
from trackr.models.person import Person
from trackr.models.session import Session

VALID_FOR = timedelta(days=14)


class Invitation(Record):
    person = ForeignKeyField(Person, on_delete="CASCADE")
    token_hash = CharField(unique=True)
    expires_at = InstantField()
    used_at = InstantField(null=True)
    created_at = InstantField(default=now)

    @classmethod
    def issue(cls, person: Person) -> str:
        """Make an invitation and return its token, which is stored nowhere; earlier ones of the person end."""
        token = secrets.token_urlsafe(24)
        with transaction():
            cls.delete().where((cls.person == person) & cls.used_at.is_null()).execute()
            cls.create(person=person, token_hash=_hash(token), expires_at=now() + VALID_FOR)
        return token

    @classmethod
    def find(cls, token: str) -> "Invitation | None":
        """The invitation that can still be used, with its person; None when unknown, used or too old."""
        return (
            cls.select(cls, Person)
            .join(Person)
            .where((cls.token_hash == _hash(token)) & cls.used_at.is_null() & (cls.expires_at > now()) & Person.active)
            .first()
        )

    @classmethod
    def awaits(cls) -> Expression:
        """The condition for people who have not come in yet: by no password, invitation or session."""
        accepted = cls.select(cls.person).where(cls.used_at.is_null(False))
        came = Person.id.in_(accepted) | Person.id.in_(Session.select(Session.person))
        return Person.password_hash.is_null() & ~came

    @classmethod
    def is_awaited(cls, person: Person) -> bool:
        """Whether this person has not come in yet."""
        return Person.select().where((Person.id == person.id) & cls.awaits()).exists()

    def accept(self, password: str | None) -> Person:
        """Set the person's password, if they choose one, and use the invitation up, once even when two come at once.

        Raises Refused("link_used").
        """
        with transaction():
            free = (Invitation.id == self.id) & Invitation.used_at.is_null()
            if not Invitation.update(used_at=now()).where(free).execute():
                raise Refused("link_used")
            if password is not None:
                self.person.set_password(password)
                self.person.save(only=[Person.password_hash])
                Audit.record("password.changed", self.person)
        return self.person


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

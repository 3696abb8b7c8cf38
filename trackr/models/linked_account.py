"""Accounts elsewhere by which people sign in: of a provider of OpenID Connect, known by its name and a number there.

An address can pass from one person to another, and the number never does: once an account is linked it alone counts.
"""

from urllib.parse import urlsplit

from peewee import CharField, ForeignKeyField

from trackr.db import transaction
from trackr.models.audit import Audit
from trackr.models.base import InstantField, Record, Refused, now
from trackr.models.person import Person


class LinkedAccount(Record):
    person = ForeignKeyField(Person, on_delete="CASCADE")
    issuer = CharField()
    subject = CharField()
    created_at = InstantField(default=now)

    class Meta:
        indexes = ((("issuer", "subject"), True),)

    @property
    def host(self) -> str:
        """The machine of the provider, for people."""
        return urlsplit(self.issuer).hostname or self.issuer

    @classmethod
    def of(cls, person: Person) -> "list[LinkedAccount]":
        return list(cls.select().where(cls.person == person).order_by(cls.id))

    @classmethod
    def find(cls, issuer: str, subject: str) -> "LinkedAccount | None":
        found: LinkedAccount | None = (
            cls.select(cls, Person).join(Person).where((cls.issuer == issuer) & (cls.subject == subject)).first()
        )
        return found

    @classmethod
    def person_of(cls, issuer: str, subject: str, email: str) -> Person | None:
        """Whose account it is, whether they may come in or not.

        One that is linked with nobody is linked now with who has the address, if that person may come in and has no
        other account there. email: "" where the provider does not say that the address is theirs.
        """
        with transaction():
            found = cls.find(issuer, subject)
            if found is not None:
                return found.person
            person = Person.by_email(email) if email else None
            if person is None or any(account.issuer == issuer for account in cls.of(person)):
                return None
            if person.active:
                cls._add(person, issuer, subject)
        return person

    @classmethod
    def link(cls, person: Person, issuer: str, subject: str) -> None:
        """Let the person sign in with it from now on. Raises Refused("account_taken")."""
        with transaction():
            found = cls.find(issuer, subject)
            if found is not None and found.person_id != person.id:
                raise Refused("account_taken")
            if found is None:
                cls._add(person, issuer, subject)

    @classmethod
    def _add(cls, person: Person, issuer: str, subject: str) -> None:
        cls.create(person=person.id, issuer=issuer, subject=subject)
        Audit.record("account.linked", person)

    def unlink(self, actor: Person) -> None:
        with transaction():
            if self.delete_instance():
                Audit.record("account.unlinked", actor, subject=self.person)

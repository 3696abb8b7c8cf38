"""A change of address: the new one confirms it by a link, the one before is told, and can stop it or take it back.

Whoever sits at somebody's open session must not be able to take their account away for good: the mail to the address
before lets its reader undo the change even after it was confirmed, and signs everybody out.
"""

import hashlib
import secrets
from datetime import timedelta
from typing import NamedTuple

from peewee import CharField, ForeignKeyField

from trackr.db import transaction
from trackr.models.audit import Audit
from trackr.models.base import InstantField, Record, Refused, now
from trackr.models.mailed_key import MailedKey
from trackr.models.person import Person
from trackr.models.project import Project
from trackr.models.session import Session

CONFIRM_WITHIN = timedelta(days=1)
STOP_WITHIN = timedelta(days=7)


class Asked(NamedTuple):
    """The links of the two mails; stored nowhere."""

    confirm: str
    stop: str


class AddressChange(Record):
    person = ForeignKeyField(Person, unique=True, on_delete="CASCADE")
    before = CharField()
    wanted = CharField()
    confirm_digest = CharField(unique=True)
    stop_digest = CharField(unique=True)
    confirm_until = InstantField()
    stop_until = InstantField()
    confirmed_at = InstantField(null=True)
    created_at = InstantField(default=now)

    @classmethod
    def ask(cls, person: Person, wanted: str) -> Asked:
        """Begin to change the person's address; what they asked before ends, unless it can still be taken back.

        Raises Refused("address_changed", "email") where it can: two changes at once would leave the first address out.
        """
        asked = Asked(secrets.token_urlsafe(24), secrets.token_urlsafe(24))
        earlier = cls.get_or_none(cls.person == person)
        if earlier and earlier.confirmed_at and earlier.stop_until > now():
            raise Refused("address_changed", "email")
        with transaction():
            cls.delete().where(cls.person == person).execute()
            cls.create(
                person=person.id,
                before=person.email,
                wanted=wanted,
                confirm_digest=_digest(asked.confirm),
                stop_digest=_digest(asked.stop),
                confirm_until=now() + CONFIRM_WITHIN,
                stop_until=now() + STOP_WITHIN,
            )
            Audit.record("address.asked", person)
        return asked

    @classmethod
    def waiting(cls, person: Person) -> "AddressChange | None":
        """The one that the person asked for, as long as it is not confirmed and can be."""
        open_ = cls.confirmed_at.is_null() & (cls.confirm_until > now())
        return cls.get_or_none((cls.person == person) & open_)

    @classmethod
    def find(cls, token: str) -> "tuple[AddressChange, bool] | None":
        """The change with this link that can still be used, and whether the link stops it (else it confirms it)."""
        digest = _digest(token)
        to_confirm = (cls.confirm_digest == digest) & cls.confirmed_at.is_null() & (cls.confirm_until > now())
        to_stop = (cls.stop_digest == digest) & (cls.stop_until > now())
        found = cls.select(cls, Person).join(Person).where(Person.active & (to_confirm | to_stop)).first()
        return (found, found.stop_digest == digest) if found else None

    def confirm(self) -> None:
        """The address is the new one from now on. Raises Refused("email_taken") where it is somebody else's by now."""
        with transaction():
            self._move(self.wanted)
            self.confirmed_at = now()
            self.store("confirmed_at")
            Audit.record("address.changed", self.person)

    def stop(self) -> None:
        """It does not happen, or is taken back; everybody who is signed in as the person is signed out."""
        with transaction():
            if self.confirmed_at:
                self._move(self.before)
            Session.end_all(self.person)
            self.delete_instance()
            Audit.record("address.stopped", None, subject=self.person)

    def _move(self, email: str) -> None:
        if Person.select().where((Person.email == email) & (Person.id != self.person_id)).exists():
            raise Refused("email_taken")
        MailedKey.forget(self.person)  # which went to the other address
        self.person.email, self.person.bounced_at = email, None
        self.person.store("email", "bounced_at")
        Project.bump_all()

    @classmethod
    def sweep(cls) -> None:
        cls.delete().where(cls.stop_until < now()).execute()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()

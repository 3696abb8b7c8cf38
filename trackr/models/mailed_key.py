"""A key that is mailed to who wants to come in: a link, good on any device, and six digits, good in one browser.

The browser that asks holds a secret, without which the digits are worth nothing, neither to who guesses them elsewhere
nor to who has the database: digests alone are stored, that of the digits together with the browser's secret, and until
the mail is made both sealed.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import NamedTuple

from peewee import BooleanField, CharField, Expression, ForeignKeyField, IntegerField, TextField

from trackr.db import transaction
from trackr.models.base import InstantField, Record, Refused, now
from trackr.models.person import Person
from trackr.models.session import Session

VALID_FOR = timedelta(minutes=15)
TRIES = 5  # at the digits
KEPT = timedelta(days=1)  # what is not good any more
LONGEST_WANTED = 1000


class Issued(NamedTuple):
    """What the mail holds; neither is stored."""

    token: str
    code: str


class MailedKey(Record):
    person = ForeignKeyField(Person, null=True, on_delete="CASCADE")  # none: the address is nobody's; nobody is told
    token_digest = CharField(unique=True)
    browser_digest = CharField(unique=True)
    code_digest = CharField()
    sealed = TextField(default="")  # the link and the code, until they are mailed: see mail/sealing.py
    remembered = BooleanField()  # whether the browser that asked shall stay signed in
    wanted = CharField(default="")  # the page to go on to
    tries = IntegerField(default=0)
    expires_at = InstantField(index=True)
    used_at = InstantField(null=True)
    created_at = InstantField(default=now)

    @classmethod
    def issue(
        cls,
        person: Person | None,
        browser: str,
        *,
        remembered: bool = True,
        wanted: str = "",
        seal: Callable[[Issued], str] = lambda issued: "",
    ) -> Issued:
        """A new key for the person, or for nobody, asked by the browser that holds this secret.

        seal: makes of the key what is kept until it is mailed.
        """
        token, code = issued = Issued(secrets.token_urlsafe(24), f"{secrets.randbelow(1_000_000):06}")
        cls.create(
            person=person.id if person else None,
            token_digest=_digest(token),
            browser_digest=_digest(browser),
            code_digest=_digest(browser + code),
            remembered=remembered,
            wanted=wanted if len(wanted) <= LONGEST_WANTED else "",
            sealed=seal(issued),
            expires_at=now() + VALID_FOR,
        )
        return issued

    @classmethod
    def unsent(cls) -> "list[MailedKey]":
        """Those that wait to be mailed, oldest first."""
        return list(cls.select().where(cls.sealed != "").order_by(cls.id))

    def sent(self) -> str:
        """Take the sealed key to mail it: "" where it was taken already, or is too old by now."""
        taken = MailedKey.update(sealed="").where((MailedKey.id == self.id) & (MailedKey.sealed != "")).execute()
        return self.sealed if taken and self.expires_at > now() else ""

    @classmethod
    def find(cls, token: str) -> "MailedKey | None":
        """The key with this link that can still be used, with its person."""
        return cls.select(cls, Person).join(Person).where(cls._good() & (cls.token_digest == _digest(token))).first()

    @classmethod
    def asked_by(cls, browser: str) -> "MailedKey | None":
        """The key that this browser asked for, as long as its digits can still be tried: with or without a person."""
        return cls.get_or_none(
            (cls.browser_digest == _digest(browser))
            & cls.used_at.is_null()
            & (cls.expires_at > now())
            & (cls.tries < TRIES)
        )

    @classmethod
    def _good(cls) -> Expression:
        return cls.used_at.is_null() & (cls.expires_at > now()) & Person.active

    def take(self, browser: str, code: str) -> Person | None:
        """Who comes in with these digits, typed in that browser; a wrong try is counted, and written down.

        Raises Refused("link_used") where the key was used a moment before.
        """
        left = (MailedKey.id == self.id) & (MailedKey.tries < TRIES)
        with transaction():
            may_try = MailedKey.update(tries=MailedKey.tries + 1).where(left).execute()
            is_right = hmac.compare_digest(self.code_digest, _digest(browser + code))
            person = Person.by_id(self.person_id or 0)
            if may_try and is_right and person:
                return self.use()
            Session.refuse(person)
        return None

    def use(self) -> Person:
        """Use it up, once even when two come at the same time; others that were mailed to the person end too.

        Raises Refused("link_used").
        """
        free = (MailedKey.id == self.id) & MailedKey.used_at.is_null()
        with transaction():
            if not MailedKey.update(used_at=now()).where(free).execute():
                raise Refused("link_used")
            MailedKey.forget(self.person)
        return self.person

    @classmethod
    def forget(cls, person: Person) -> None:
        """Let those that were mailed to the person and not used be worth nothing any more."""
        cls.delete().where((cls.person == person) & cls.used_at.is_null()).execute()

    @classmethod
    def sweep(cls) -> None:
        cls.delete().where(cls.expires_at < now() - KEPT).execute()


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()

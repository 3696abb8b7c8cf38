"""People: owner, staff, client. What each may do is asked of the person, never of the role's name."""

import functools
import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from peewee import BooleanField, CharField, IntegerField

from trackr.db import transaction
from trackr.models.base import InstantField, Record, Refused, now

if TYPE_CHECKING:
    from trackr.models.session import Session

# OWASP's first recommendation for argon2id on a small server: 19 MiB, two passes, one lane.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

PASSWORD_LENGTH = 12
# When somebody hears of what happens by mail: within minutes, once a day, when they are named or given a ticket, never.
MAILS = ("at_once", "daily", "named", "never")

# Of which new tickets somebody who works here hears: of all projects, of those they work in, of none.
NEWS = ("all", "mine", "none")


class Person(Record):
    email = CharField(unique=True)
    name = CharField()
    role = CharField()  # owner, staff, client
    password_hash = CharField(null=True)
    language = CharField(default="")  # empty: as the browser asks, else the agency's
    limited = BooleanField(default=False)  # staff who see only the projects they are members of
    active = BooleanField(default=True)
    day_minutes = IntegerField(default=420)  # a working day: what "My week" misses; 0: nothing is missed
    cost_cents = IntegerField(null=True)  # internal: what an hour of theirs costs the agency
    mails = CharField(default="at_once")  # one of MAILS: when to be told by mail
    news = CharField(default="all")  # one of NEWS
    digest_hour = IntegerField(default=8)  # at which the mail of the day comes
    quiet_from = IntegerField(null=True)  # from that hour on no mail comes,
    quiet_to = IntegerField(null=True)  # until this one
    timezone = CharField(default="")  # of their mails; empty: the agency's
    seen_before = InstantField(default=now)  # what tickets had to show before that is no news
    bounced_at = InstantField(null=True)  # since when mail to the address comes back
    created_at = InstantField(default=now)
    erased_at = InstantField(null=True)  # since when nobody knows any more who it was: see erasure.py

    # Of the person whom a session brings in: see Session.
    timers_mark: int | None = None  # see Timer.mark
    session: "Session | None" = None

    # What flask-login asks of a user.
    is_authenticated = True
    is_anonymous = False

    token = ""  # of the session that has just begun, for the cookie

    @property
    def is_active(self) -> bool:
        return self.active

    def get_id(self) -> str:
        return self.token

    @classmethod
    def by_id(cls, number: int) -> "Person | None":
        """The active person of that number."""
        return cls.get_or_none((cls.id == number) & cls.active)

    @classmethod
    def by_email(cls, email: str) -> "Person | None":
        return cls.get_or_none(cls.email == normal_email(email))

    @classmethod
    def by_number(cls, number: int) -> "Person | None":
        """The active person of that number."""
        return cls.get_or_none((cls.id == number) & cls.active)

    @property
    def is_owner(self) -> bool:
        return self.role == "owner"

    @property
    def is_staff(self) -> bool:
        """Whether the person works for the agency (owners do)."""
        return self.role in ("owner", "staff")

    @property
    def is_client(self) -> bool:
        return self.role == "client"

    @property
    def sees_every_project(self) -> bool:
        return self.is_owner or (self.role == "staff" and not self.limited)

    def can_manage(self) -> bool:
        """Projects, people, purchases, settings."""
        return self.is_owner

    def can_work(self) -> bool:
        """Log time, write internal notes, move and assign tickets."""
        return self.is_staff

    def can_agree(self) -> bool:
        """Agree to an estimate, where their place in the project lets them."""
        return self.is_client

    def can_ask(self) -> bool:
        """Ask for more hours."""
        return self.is_client

    def can_invite(self) -> bool:
        """Bring a colleague into a ticket: a client, where their place in the project lets them, and the owner."""
        return self.is_client or self.is_owner

    def can_approve(self) -> bool:
        """Say that a statement is fine, where their place in the project lets them."""
        return self.is_client

    def can_rate(self) -> bool:
        """Say how a ticket went."""
        return self.is_client

    def can_write(self) -> bool:
        """Open tickets and answer."""
        return self.active

    @property
    def first_name(self) -> str:
        return self.name.split(" ")[0]

    @property
    def initials(self) -> str:
        return initials(self.name)

    def set_password(self, password: str) -> None:
        """Take a new password's hash, to be saved; every session of this person ends at once."""
        from trackr.models.session import Session

        self.password_hash = _hasher.hash(password)
        if self.id:
            Session.end_all(self)

    def has_password(self, password: str) -> bool:
        try:
            return _hasher.verify(self.password_hash or _nobody(), password)
        except (VerificationError, InvalidHashError):
            return False

    def change(self, *, name: str, language: str, password: str = "", day_minutes: int | None = None) -> None:
        """Store a new name, language and, unless empty, password and working day; pages that show the name are told."""
        from trackr.models.audit import Audit
        from trackr.models.project import Project

        renamed = name != self.name
        self.name, self.language = name, language
        if day_minutes is not None:
            self.day_minutes = day_minutes
        with transaction():
            if password:
                self.set_password(password)
                Audit.record("password.changed", self)
            self.save()
            if renamed:
                Project.bump_all()

    def choose_mails(self, by_project: Mapping[int, str] | None = None, **choices: object) -> None:
        """Store when mails come, and which: `mails` (of MAILS), `news` (of NEWS), `digest_hour`, `quiet_from`,
        `quiet_to`, `timezone`.

        by_project: `news` of single projects; "" is as of all.
        """
        from trackr.models.news_choice import NewsChoice

        for name, value in choices.items():
            setattr(self, name, value)
        with transaction():
            if choices:
                self.store(*choices)
            if by_project:
                NewsChoice.choose(self, by_project)

    def place(self, actor: "Person", *, role: str, limited: bool, active: bool) -> None:
        """Store what the person is and whether they may come in; who may not is signed out at once.

        Raises Refused("yourself"): so that there is always an owner.
        """
        from trackr.models.audit import Audit
        from trackr.models.project import Project
        from trackr.models.session import Session

        if self.id == actor.id and (role != self.role or not active):
            raise Refused("yourself")
        if self.erased_at and active:
            raise Refused("forgotten")
        before = self.role, self.limited, self.active
        self.role, self.limited, self.active = role, limited, active
        with transaction():
            self.store("role", "limited", "active")
            if before[:2] != (role, limited):
                Audit.record("person.changed", actor, subject=self, role=role, limited=limited)
            if before[2] != active:
                Audit.record("person.enabled" if active else "person.disabled", actor, subject=self)
            if not active:
                Session.end_all(self, actor)
            if before != (role, limited, active):
                Project.bump_all()

    @classmethod
    def authenticate(cls, email: str, password: str) -> "Person | None":
        """The person with this address and password, else None; unknown addresses take as long as known ones."""
        person = cls.by_email(email)
        if person is None or not person.active:
            person = cls(password_hash=None, active=False)
        return person if person.has_password(password) and person.active else None


@functools.cache
def _nobody() -> str:
    """A hash that no password fits, verified where the address is unknown so that both take the same time."""
    return _hasher.hash(secrets.token_hex(16))


def normal_email(email: str) -> str:
    return email.strip().lower()


def initials(name: str) -> str:
    words = [word for word in name.split() if word[0].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words[:1])).upper() or "?"

"""People: owner, staff, client. What each may do is asked of the person, never of the role's name."""

import functools
import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from peewee import BooleanField, CharField, IntegerField, Query

from trackr.db import transaction
from trackr.models.base import InstantField, Record, now
from trackr.models.prepared import Maker, Prepared, parameter

# OWASP's first recommendation for argon2id on a small server: 19 MiB, two passes, one lane.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

PASSWORD_LENGTH = 12
# When somebody hears of what happens by mail: within minutes, once a day, when they are named or given a ticket, never.
MAILS = ("at_once", "daily", "named", "never")


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
    digest_hour = IntegerField(default=8)  # at which the mail of the day comes
    quiet_from = IntegerField(null=True)  # from that hour on no mail comes,
    quiet_to = IntegerField(null=True)  # until this one
    timezone = CharField(default="")  # of their mails; empty: the agency's
    session_key = CharField(default=functools.partial(secrets.token_hex, 8))  # a new one ends every session
    seen_before = InstantField(default=now)  # what tickets had to show before that is no news
    bounced_at = InstantField(null=True)  # since when mail to the address comes back
    created_at = InstantField(default=now)

    timers_mark: int | None = None  # of the person whom a session names: see Timer.mark

    # What flask-login asks of a user.
    is_authenticated = True
    is_anonymous = False

    @property
    def is_active(self) -> bool:
        return self.active

    def get_id(self) -> str:
        return f"{self.id}-{self.session_key}"

    @classmethod
    def from_session(cls, value: str) -> "Person | None":
        """The active person whom a session names, None when that session has ended."""
        number, _, key = value.partition("-")
        if not (number.isascii() and number.isdecimal() and len(number) < 16):
            return None
        row = _by_session.first(id=int(number), key=key)
        if row is None:
            return None
        person: Person = _maker.make(row)
        person.timers_mark = row[_maker.end]
        return person

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
        """Store a new password's hash; every open session of this person ends."""
        self.password_hash = _hasher.hash(password)
        self.session_key = secrets.token_hex(8)

    def has_password(self, password: str) -> bool:
        try:
            return _hasher.verify(self.password_hash or _nobody(), password)
        except (VerificationError, InvalidHashError):
            return False

    def change(self, *, name: str, language: str, password: str = "", day_minutes: int | None = None) -> None:
        """Store a new name, language and, unless empty, password and working day; pages that show the name are told."""
        from trackr.models.project import Project

        renamed = name != self.name
        self.name, self.language = name, language
        if day_minutes is not None:
            self.day_minutes = day_minutes
        if password:
            self.set_password(password)
        with transaction():
            self.save()
            if renamed:
                Project.bump_all()

    def choose_mails(self, **choices: object) -> None:
        """Store when mails come: `mails` (one of MAILS), `digest_hour`, `quiet_from`, `quiet_to`, `timezone`."""
        for name, value in choices.items():
            setattr(self, name, value)
        if choices:
            self.store(*choices)

    @classmethod
    def authenticate(cls, email: str, password: str) -> "Person | None":
        """The person with this address and password, else None; unknown addresses take as long as known ones."""
        person = cls.by_email(email)
        if person is None or not person.active:
            person = cls(password_hash=None, active=False)
        return person if person.has_password(password) and person.active else None


def _query_by_session() -> Query:
    # With the mark of their timers, which every page and every pulse of staff would ask for otherwise.
    from trackr.models.timer import Timer, query_mark

    mine = (Person.id == parameter("id")) & (Person.session_key == parameter("key"))
    mark = query_mark().where(Timer.person == Person.id)
    return Person.select(*Person._meta.sorted_fields, mark).where(mine & Person.active)


_by_session = Prepared(_query_by_session)
_maker = Maker(Person)


@functools.cache
def _nobody() -> str:
    """A hash that no password fits, verified where the address is unknown so that both take the same time."""
    return _hasher.hash(secrets.token_hex(16))


def normal_email(email: str) -> str:
    return email.strip().lower()


def initials(name: str) -> str:
    words = [word for word in name.split() if word[0].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words[:1])).upper() or "?"

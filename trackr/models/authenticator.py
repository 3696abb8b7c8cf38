"""A second factor: codes of an app, each good once, and recovery codes for the day on which the telephone is gone."""

import hashlib
import hmac
import secrets

import pyotp
from peewee import CharField, ForeignKeyField, IntegerField

from trackr.db import transaction
from trackr.models.audit import Audit
from trackr.models.base import InstantField, Record, now
from trackr.models.person import Person

RECOVERY_CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another one
GROUPS, GROUP = 5, 5  # of a recovery code: more than 120 bits, so that a plain digest keeps it
DRIFT = (0, -1, 1)  # steps of 30 seconds by which a clock may be wrong


class Authenticator(Record):
    person = ForeignKeyField(Person, unique=True, on_delete="CASCADE")
    secret = CharField()
    last_step = IntegerField()  # the 30 seconds whose code was used last
    created_at = InstantField()

    @classmethod
    def of(cls, person: Person) -> "Authenticator | None":
        return cls.get_or_none(cls.person == person)

    @staticmethod
    def new_secret() -> str:
        return pyotp.random_base32()

    @staticmethod
    def address(secret: str, person: Person, agency: str) -> str:
        """What an app reads from the picture."""
        return pyotp.TOTP(secret).provisioning_uri(name=person.email, issuer_name=agency)

    @classmethod
    def set(cls, person: Person, secret: str, code: str) -> list[str] | None:
        """Ask for the codes of this secret from now on, and return the recovery codes; None where the code is wrong."""
        step = _step(secret, code, after=0)
        if step is None:
            return None
        with transaction():
            cls.delete().where(cls.person == person).execute()
            cls.create(person=person.id, secret=secret, last_step=step, created_at=now())
            codes = RecoveryCode.renew(person)
            Audit.record("authenticator.set", person)
        return codes

    def takes(self, code: str) -> bool:
        """Whether this is a code of the app, or a recovery code, that was not used before; it is used up."""
        step = _step(self.secret, code, after=self.last_step)
        if step is None:
            return RecoveryCode.use(self.person, code)
        unused = (Authenticator.id == self.id) & (Authenticator.last_step < step)
        with transaction():
            return bool(Authenticator.update(last_step=step).where(unused).execute())

    def remove(self, actor: Person) -> None:
        with transaction():
            self.delete_instance()
            RecoveryCode.delete().where(RecoveryCode.person == self.person_id).execute()
            Audit.record("authenticator.removed", actor, subject=self.person)


class RecoveryCode(Record):
    person = ForeignKeyField(Person, on_delete="CASCADE")
    digest = CharField(unique=True)  # SHA-256
    used_at = InstantField(null=True)

    @classmethod
    def renew(cls, person: Person) -> list[str]:
        """New codes in the place of all earlier ones. They are shown once, and stored nowhere."""
        codes = [_new_code() for _ in range(RECOVERY_CODES)]
        with transaction():
            cls.delete().where(cls.person == person).execute()
            for code in codes:
                cls.create(person=person.id, digest=_digest(code))
            Audit.record("recovery.renewed", person)
        return codes

    @classmethod
    def left(cls, person: Person) -> int:
        return cls.select().where((cls.person == person) & cls.used_at.is_null()).count()

    @classmethod
    def use(cls, person: Person, code: str) -> bool:
        unused = (cls.person == person) & (cls.digest == _digest(code)) & cls.used_at.is_null()
        with transaction():
            used = bool(cls.update(used_at=now()).where(unused).execute())
            if used:
                Audit.record("recovery.used", person)
        return used


def _step(secret: str, code: str, after: int) -> int | None:
    """The step of time whose code this is, None where it is none, or of a step that is used up."""
    totp = pyotp.TOTP(secret)
    typed = "".join(code.split()).encode(errors="surrogatepass")
    current = totp.timecode(now())
    for drift in DRIFT:
        if hmac.compare_digest(totp.generate_otp(current + drift).encode(), typed) and current + drift > after:
            return current + drift
    return None


def _new_code() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))


def _digest(code: str) -> str:
    plain = "".join(letter for letter in code.lower() if letter.isalnum())
    return hashlib.sha256(plain.encode(errors="surrogatepass")).hexdigest()

"""People: signing in, choosing a password, one's own account, who takes part in a project."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from trackr.forms.fields import Fields
from trackr.forms.passwords import is_common
from trackr.models import Person
from trackr.models.agency import SHORTEST_TRAIL
from trackr.models.person import PASSWORD_LENGTH

Form = MultiDict[str, str]

LANGUAGES = ("en", "fr")
LONGEST_PASSWORD = 1000


@dataclass(frozen=True)
class SignIn:
    email: str
    password: str
    remember: bool  # whether this browser stays signed in

    @classmethod
    def read(cls, form: Form) -> "SignIn":
        fields = Fields(form)
        email = fields.email("email")
        password = fields.raw("password")
        remember = fields.flag("remember")
        if not password or len(password) > LONGEST_PASSWORD:
            fields.error("password", _("Write your password."))
        fields.check()
        return cls(email, password, remember)


@dataclass(frozen=True)
class ByMail:
    email: str
    remember: bool

    @classmethod
    def read(cls, form: Form) -> "ByMail":
        fields = Fields(form)
        asked = cls(fields.email("email"), fields.flag("remember"))
        fields.check()
        return asked


@dataclass(frozen=True)
class AtProvider:
    email: str  # a hint for the provider; empty where nothing was typed that could be an address
    remember: bool
    wanted: str

    @classmethod
    def read(cls, form: Form) -> "AtProvider":
        fields, hint = Fields(form), Fields(form)
        email = hint.email("email")
        asked = cls("" if hint.errors else email, fields.flag("remember"), fields.raw("next"))
        fields.check()
        return asked


@dataclass(frozen=True)
class Account:
    name: str
    language: str
    password: str  # empty: unchanged
    current_password: str
    email: str  # empty: unchanged
    day_minutes: int | None  # None: unchanged

    @classmethod
    def read(cls, form: Form, *, works: bool, names: Iterable[str]) -> "Account":
        """works: whether the person has a working day to set · names: what no password of theirs is made of."""
        fields = Fields(form)
        account = cls(
            name=fields.line("name", limit=100, required=_("Write your name.")),
            language=fields.choice("language", ("", *LANGUAGES), ""),
            password=new_password(fields, names) if fields.raw("password") else "",
            current_password=fields.raw("current_password"),
            email=fields.email("email") if fields.has("email") else "",
            day_minutes=_working_day(fields) if works and fields.has("workday") else None,
        )
        fields.check()
        return account


@dataclass(frozen=True)
class Member:
    email: str
    name: str
    role: str
    sees: str
    hours: bool
    accepts: bool | None  # None: as it is
    requests: bool | None
    invites: bool | None
    approves: bool | None

    @classmethod
    def read(cls, form: Form) -> "Member":
        fields = Fields(form)
        email = fields.email("email")
        member = cls(
            email=email,
            name=_name(fields, email),
            role=fields.choice("role", ("client", "staff"), "client"),
            sees=fields.choice("sees", ("all", "own"), "all"),
            hours=fields.flag("hours"),
            accepts=_right(fields, "accepts"),
            requests=_right(fields, "requests"),
            invites=_right(fields, "invites"),
            approves=_right(fields, "approves"),
        )
        fields.check()
        return member


@dataclass(frozen=True)
class Colleague:
    email: str
    name: str

    @classmethod
    def read(cls, form: Form) -> "Colleague":
        """Whom a client invites into a ticket."""
        fields = Fields(form)
        email = fields.email("email")
        colleague = cls(email, _name(fields, email))
        fields.check()
        return colleague


def _name(fields: Fields, email: str) -> str:
    """The name of somebody who may not have said it yet."""
    return fields.line("name", limit=100) or email.split("@")[0]


@dataclass(frozen=True)
class Standing:
    role: str
    limited: bool
    active: bool

    @classmethod
    def read(cls, form: Form, person: Person) -> "Standing":
        """What a person is, and whether they may come in. Who works here and who is a client stays so."""
        fields = Fields(form)
        roles = ("owner", "staff") if person.is_staff else ("client",)
        standing = cls(
            role=fields.choice("role", roles, person.role),
            limited=fields.flag("limited") and person.is_staff,
            active=fields.flag("active"),
        )
        fields.check()
        return standing


def read_erasure(form: Form, person: Person) -> None:
    """Raises Invalid unless the address of the person was typed, so that nobody is forgotten by a slip of the hand."""
    fields = Fields(form)
    if fields.line("confirm", limit=254).lower() != person.email:
        fields.error("confirm", _("Write the address of the person whom nobody shall know any more."))
    fields.check()


DAYS = ("audit_days", "file_days", "sent_mail_days", "received_mail_days")


@dataclass(frozen=True)
class House:
    """What the agency asks of those who come in, and how long it keeps what."""

    second_factor: bool
    audit_days: int
    file_days: int
    sent_mail_days: int
    received_mail_days: int

    @classmethod
    def read(cls, form: Form) -> "House":
        fields = Fields(form)
        house = cls(
            second_factor=fields.flag("second_factor"),
            **{name: fields.number(name, lowest=0, highest=3650, default=0) for name in DAYS},
        )
        if 0 < house.audit_days < SHORTEST_TRAIL:
            fields.error("audit_days", _("%(days)s days at least, or 0 for ever.", days=SHORTEST_TRAIL))
        fields.check()
        return house


def _working_day(fields: Fields) -> int | None:
    """The minutes of a working day; none at all is written 0, or left empty."""
    if fields.raw("workday").strip() in ("", "0", "0m", "0h", "0:00", "0 min"):
        return 0
    return fields.duration("workday")


def _right(fields: Fields, name: str) -> bool | None:
    """A box of the form, told from one that a script did not send: the form marks that it has them."""
    return fields.flag(name) if fields.has("rights") or fields.has(name) else None


@dataclass(frozen=True)
class Acceptance:
    """Of an invitation."""

    password: str | None  # None: they will come in by mail
    remember: bool

    @classmethod
    def read(cls, form: Form, names: Iterable[str], *, may_do_without: bool) -> "Acceptance":
        fields = Fields(form)
        without = may_do_without and fields.flag("without")
        acceptance = cls(None if without else new_password(fields, names), fields.flag("remember"))
        fields.check()
        return acceptance


def new_password(fields: Fields, names: Iterable[str] = (), name: str = "password") -> str:
    """A password that may be chosen: long enough, and not among those that everybody would try, the `names` of the
    person and the agency included. Nothing else is asked of it.
    """
    password = fields.raw(name)
    if not PASSWORD_LENGTH <= len(password) <= LONGEST_PASSWORD:
        fields.error(
            name, _("At least %(length)s characters; a few words are easy to remember.", length=PASSWORD_LENGTH)
        )
    elif is_common(password, names):
        fields.error(name, _("Anybody would try this among the first: choose a few words that nobody expects."))
    return password

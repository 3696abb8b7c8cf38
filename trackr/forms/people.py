"""People: signing in, choosing a password, one's own account, who takes part in a project."""

from dataclasses import dataclass

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from trackr.forms.fields import Fields
from trackr.models.person import PASSWORD_LENGTH

Form = MultiDict[str, str]

LANGUAGES = ("en", "fr")
LONGEST_PASSWORD = 1000


@dataclass(frozen=True)
class SignIn:
    email: str
    password: str

    @classmethod
    def read(cls, form: Form) -> "SignIn":
        fields = Fields(form)
        email = fields.email("email")
        password = fields.raw("password")
        if not password or len(password) > LONGEST_PASSWORD:
            fields.error("password", _("Write your password."))
        fields.check()
        return cls(email, password)


@dataclass(frozen=True)
class Account:
    name: str
    language: str
    password: str  # empty: unchanged
    current_password: str
    day_minutes: int | None  # None: unchanged

    @classmethod
    def read(cls, form: Form, *, works: bool) -> "Account":
        """works: whether the person has a working day to set."""
        fields = Fields(form)
        account = cls(
            name=fields.line("name", limit=100, required=_("Write your name.")),
            language=fields.choice("language", ("", *LANGUAGES), ""),
            password=new_password(fields) if fields.raw("password") else "",
            current_password=fields.raw("current_password"),
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


def _working_day(fields: Fields) -> int | None:
    """The minutes of a working day; none at all is written 0, or left empty."""
    if fields.raw("workday").strip() in ("", "0", "0m", "0h", "0:00", "0 min"):
        return 0
    return fields.duration("workday")


def _right(fields: Fields, name: str) -> bool | None:
    """A box of the form, told from one that a script did not send: the form marks that it has them."""
    return fields.flag(name) if fields.has("rights") or fields.has(name) else None


def read_new_password(form: Form) -> str:
    """A first password, from an invitation. Raises Invalid."""
    fields = Fields(form)
    password = new_password(fields)
    fields.check()
    return password


def new_password(fields: Fields, name: str = "password") -> str:
    """A password that may be chosen: long enough, and nothing else asked of it."""
    password = fields.raw(name)
    if not PASSWORD_LENGTH <= len(password) <= LONGEST_PASSWORD:
        fields.error(
            name, _("At least %(length)s characters; a few words are easy to remember.", length=PASSWORD_LENGTH)
        )
    return password

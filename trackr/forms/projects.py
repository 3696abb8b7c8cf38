"""Projects: making one, and the settings of one."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any
from zoneinfo import available_timezones

from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from trackr.forms.fields import Fields
from trackr.hours.closing import BY_HAND, WAYS
from trackr.models import Project

Form = MultiDict[str, str]

BILLING = ("prepaid", "postpaid")
PER = ("entry", "day")
AT_ZERO = ("continue", "bill", "ask")
DETAIL = ("entry", "day", "total")
CLOSES = (*WAYS, *BY_HAND)
MOST_WARNINGS = 5
HIGHEST_RATE = 100_000_00  # cents
RESERVED = {"new"}


def read_new(form: Form, increment: int = 1) -> dict[str, Any]:
    """The values of a new project, for Project.open. Raises Invalid."""
    fields = Fields(form)
    values = new_project(fields, increment)
    fields.check()
    return values


def new_project(fields: Fields, increment: int = 1) -> dict[str, Any]:
    name = fields.line("name", limit=100, required=_("Write the project's name."))
    return {
        "name": name,
        "slug": _slug(fields, name),
        "client": fields.line("client", limit=100, required=_("Write the client's name.")),
        "billing": fields.choice("billing", BILLING, "prepaid"),
        "increment": fields.number("increment", lowest=1, highest=480, default=increment),
    }


def changes(form: Form, project: Project) -> dict[str, Any]:
    """The settings that a form changes: only the fields that were sent. Raises Invalid."""
    fields = Fields(form)
    changed = read_changes(fields, project)
    fields.check()
    return changed


def read_changes(fields: Fields, project: Project) -> dict[str, Any]:
    """The same, with what is wrong noted at the fields."""
    readers: dict[str, Callable[[], Any]] = {
        "name": lambda: fields.line("name", limit=100, required=_("Write the project's name.")),
        "client": lambda: fields.line("client", limit=100, required=_("Write the client's name.")),
        "billing": lambda: fields.choice("billing", BILLING, project.billing),
        "mail_address": lambda: fields.email("mail_address") if fields.raw("mail_address").strip() else "",
        "timezone": lambda: read_timezone(fields, project.timezone),
        "increment": lambda: fields.number("increment", lowest=1, highest=480, default=1),
        "minimum": lambda: fields.number("minimum", lowest=0, highest=1440, default=0),
        "grace": lambda: fields.number("grace", lowest=0, highest=479, default=0),
        "per": lambda: fields.choice("per", PER, project.per),
        "review_hours": lambda: fields.number("review_hours", lowest=0, highest=744, default=0),
        "at_zero": lambda: fields.choice("at_zero", AT_ZERO, project.at_zero),
        "detail": lambda: fields.choice("detail", DETAIL, project.detail),
        "warn_percents": lambda: _listed(fields.numbers("warn_percents", lowest=1, highest=100, most=MOST_WARNINGS)),
        "warn_days": lambda: _listed(fields.numbers("warn_days", lowest=1, highest=365, most=MOST_WARNINGS)[::-1]),
    }
    readers |= _of_statements(fields, project)
    changed: dict[str, Any] = {name: read() for name, read in readers.items() if fields.has(name)}
    if fields.has("rate"):
        changed["rate_cents"] = fields.cents("rate", highest=HIGHEST_RATE)
    increment: int = changed.get("increment", project.increment)
    grace: int = changed.get("grace", project.grace)
    if grace and grace >= increment:
        fields.error("grace", _("Less than the increment (%(minutes)s minutes).", minutes=increment))
    return changed


def _of_statements(fields: Fields, project: Project) -> dict[str, Callable[[], Any]]:
    """When statements are made, and what they carry."""
    is_told = "1" if project.closes_empty else "0"
    return {
        "closes": lambda: fields.choice("closes", CLOSES, project.closes),
        "closes_empty": lambda: fields.choice("closes_empty", ("0", "1"), is_told) == "1",
        "seen_days": lambda: fields.number("seen_days", lowest=0, highest=365, default=0),
        "client_address": lambda: fields.text("client_address", limit=500),
        "client_vat_number": lambda: fields.line("client_vat_number", limit=20),
        "client_reference": lambda: fields.line("client_reference", limit=100),
    }


def _listed(numbers: list[int]) -> str:
    """As they are stored, in the order in which they are come to."""
    return ",".join(map(str, numbers))


def column_names(language: str) -> list[str]:
    """The names of a new project's four columns, in the client's language."""
    with force_locale(language):
        return [_("New"), _("In progress"), _("Waiting on client"), _("Done")]


def slug_of(name: str) -> str:
    """A slug made of a name: "Salle des fêtes" gives "salle-des-fetes"."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")


def _slug(fields: Fields, name: str) -> str:
    slug = fields.line("slug", limit=60) or slug_of(name)
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) or slug in RESERVED:
        fields.error("slug", _("Small letters, digits and hyphens, for example town-hall."))
    return slug


def read_timezone(fields: Fields, default: str) -> str:
    zone = fields.line("timezone", limit=64) if fields.has("timezone") else default
    if zone not in available_timezones():
        fields.error("timezone", _("Choose a time zone such as Europe/Paris."))
        return default
    return zone

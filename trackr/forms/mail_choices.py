"""When somebody wants to hear of things by mail."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import available_timezones

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from trackr.forms.fields import Fields
from trackr.models import Project
from trackr.models.person import MAILS, NEWS, Person

HOURS = range(24)
STOPS = ("ticket", "daily", "all")  # what the page behind a mail's foot offers


def read(form: "MultiDict[str, str]", person: Person, projects: Iterable[Project]) -> dict[str, Any]:
    """The values for Person.choose_mails: only of the fields that were sent. Raises Invalid.

    projects: those of whose new tickets the person may hear.
    """
    fields = Fields(form)
    readers = {
        "mails": lambda: fields.choice("mails", MAILS, person.mails),
        "news": lambda: fields.choice("news", NEWS, person.news),
        "digest_hour": lambda: fields.number("digest_hour", lowest=0, highest=23, default=person.digest_hour),
        "quiet_from": lambda: _hour(fields, "quiet_from"),
        "quiet_to": lambda: _hour(fields, "quiet_to"),
        "timezone": lambda: _zone(fields),
    }
    choices: dict[str, Any] = {name: read() for name, read in readers.items() if fields.has(name)}
    if {"quiet_from", "quiet_to"} <= choices.keys() and (choices["quiet_from"] is None) != (
        choices["quiet_to"] is None
    ):
        missing = "quiet_from" if choices["quiet_from"] is None else "quiet_to"
        fields.error(missing, _("Choose both hours, or none."))
    choices["by_project"] = {
        project.id: fields.choice(name, ("", *NEWS), "")
        for project in projects
        if fields.has(name := f"news_{project.slug}")
    }
    fields.check()
    return choices


def read_stop(form: "MultiDict[str, str]") -> str:
    """What is to stop: one of STOPS. A mail program that asks by itself means all of it (RFC 8058)."""
    if form.get("List-Unsubscribe") == "One-Click":
        return "all"
    fields = Fields(form)
    stop = fields.choice("stop", STOPS, "")
    fields.check()
    return stop


def _hour(fields: Fields, name: str) -> int | None:
    return fields.number(name, lowest=0, highest=23, default=0) if fields.raw(name).strip() else None


def _zone(fields: Fields) -> str:
    name = fields.line("timezone")
    if name and name not in available_timezones():
        fields.error("timezone", _("Choose one of the options."))
    return name

"""Purchases: a pack of hours, or hours given; what a client asks for, and why it is declined."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from trackr.forms.fields import Fields
from trackr.models import Project, Purchase
from trackr.models.purchase import KINDS

LONGEST = 10_000 * 60


@dataclass(frozen=True)
class NewPurchase:
    minutes: int
    bought_on: date
    valid_from: date
    expires_on: date | None
    reference: str
    kind: str

    @classmethod
    def read(cls, form: "MultiDict[str, str]", project: Project) -> "NewPurchase":
        """Raises Invalid."""
        fields = Fields(form)
        new = cls.read_fields(fields, project.today())
        fields.check()
        return new

    @classmethod
    def read_opening(cls, form: "MultiDict[str, str]", request: Purchase) -> "NewPurchase":
        """The terms on which a request is opened: the hours that were asked for, unless others are sent."""
        fields = Fields(form)
        new = cls.read_fields(fields, request.project.today(), request.minutes)
        fields.check()
        return new

    @classmethod
    def read_fields(cls, fields: Fields, today: date, asked: int = 0) -> "NewPurchase":
        minutes = _hours(fields) if fields.has("hours") or not asked else asked
        end_of_next_year = date(today.year + 1, 12, 31)
        bought_on = fields.day("bought_on", default=today, latest=end_of_next_year) or today
        valid_from = fields.day("valid_from", default=bought_on, latest=end_of_next_year) or bought_on
        expires_on = fields.day("expires_on")
        if expires_on is not None and expires_on < valid_from:
            fields.error("expires_on", _("The last valid day comes before the first one."))
        return cls(
            minutes=minutes or 0,
            bought_on=bought_on,
            valid_from=valid_from,
            expires_on=expires_on,
            reference=fields.line("reference", limit=100),
            kind=fields.choice("kind", KINDS, "pack"),
        )


@dataclass(frozen=True)
class Request:
    minutes: int
    message: str

    @classmethod
    def read(cls, form: "MultiDict[str, str]") -> "Request":
        """Raises Invalid."""
        fields = Fields(form)
        request = cls(_hours(fields) or 0, fields.text("message", limit=1000).strip())
        fields.check()
        return request


def read_reason(form: "MultiDict[str, str]", *, required: bool) -> str:
    """Why hours are declined or taken back. Raises Invalid."""
    fields = Fields(form)
    why = fields.line("why", limit=500, required=_("Write a reason: they are told.") if required else "")
    fields.check()
    return why


def _hours(fields: Fields) -> int | None:
    return fields.duration("hours", required=True, limit_minutes=LONGEST, bare_is_hours=True)

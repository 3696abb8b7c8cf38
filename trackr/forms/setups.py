"""The first set-up's form: it makes everything in one transaction, or nothing."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from trackr.db import transaction
from trackr.forms.fields import Fields
from trackr.forms.people import LANGUAGES, new_password
from trackr.forms.projects import column_names, new_project, read_timezone
from trackr.forms.purchases import NewPurchase
from trackr.models import Agency, Membership, Person, Project, Purchase
from trackr.models.base import Refused, now

QUARTER = 15  # minutes: what most agencies count by


@dataclass(frozen=True)
class Setup:
    agency: str
    language: str
    timezone: str
    name: str
    email: str
    password: str
    project: dict[str, Any]
    client_name: str
    client_email: str
    purchase: NewPurchase | None

    @classmethod
    def read(cls, form: "MultiDict[str, str]") -> "Setup":
        """Raises Invalid."""
        fields = Fields(form)
        language = fields.choice("language", LANGUAGES, "en")
        timezone = read_timezone(fields, "Europe/Paris")
        project = new_project(fields, QUARTER)
        agency = fields.line("agency", limit=100, required=_("Write your agency's name."))
        name, email = fields.line("owner_name", limit=100, required=_("Write your name.")), fields.email("email")
        setup = cls(
            agency=agency,
            language=language,
            timezone=timezone,
            name=name,
            email=email,
            password=new_password(fields, (agency, name, email)),
            project=project | {"language": language, "timezone": timezone},
            client_name=fields.line("client_name", limit=100, required=_("Write the name of a person at the client.")),
            client_email=fields.email("client_email"),
            purchase=_first_pack(fields, project["billing"], timezone),
        )
        if setup.email and setup.email == setup.client_email:
            fields.error("client_email", _("The client's person needs an address of their own."))
        fields.check()
        return setup

    def carry_out(self) -> tuple[Person, Project, Person]:
        """Make it all: the owner, the project and its client. Raises Refused("set_up") where somebody was quicker."""
        with transaction():
            if Agency.current() is not None:
                raise Refused("set_up")
            Agency.found(self.agency, self.language, self.timezone)
            owner = Person(email=self.email, name=self.name, role="owner", language=self.language)
            owner.set_password(self.password)
            owner.save(force_insert=True)
            project = Project.open(owner, column_names=column_names(self.language), **self.project)
            member = Membership.grant(
                project, owner, email=self.client_email, name=self.client_name, role="client", sees="all", hours=True
            )
            if self.purchase:
                Purchase.add(project, owner, **vars(self.purchase))
        return owner, project, member.person


def _first_pack(fields: Fields, billing: str, timezone: str) -> NewPurchase | None:
    if billing != "prepaid" or not fields.raw("hours").strip():
        return None
    return NewPurchase.read_fields(fields, now().astimezone(ZoneInfo(timezone)).date())

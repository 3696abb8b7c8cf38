"""The demonstration: a small agency, its clients, and four months of their work, told anew relative to today."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from trackr.db import transaction
from trackr.demo.stage import OWNER, Stage
from trackr.demo.story import read_agency, read_cast, read_plots
from trackr.models import Agency, Person
from trackr.models.base import now

PASSWORD = "fifteen-minutes"  # noqa: S105 - printed for whoever tries the demonstration

# One for each role, and for each way of seeing a project.
_SHOWN = {
    "nadia": "owner",
    "tom": "staff",
    "claire": "client, in French",
    "marc": "client, own tickets only",
    "paul": "client, in English",
}


class NotADemonstration(Exception):
    """The instance holds something else, and the demonstration is not mixed into it; says so in a line."""

    def __init__(self) -> None:
        super().__init__("this instance is no demonstration, nothing was changed: choose another folder with --data")


@dataclass(frozen=True, slots=True)
class SignIn:
    role: str
    email: str
    password: str = PASSWORD


def make(at: datetime | None = None) -> bool:
    """Tell the story in the open, empty database, all of it or nothing, as of that instant (default: now).

    Returns False, and changes nothing, where it was told before. Raises NotADemonstration.
    """
    agency, cast = read_agency(), read_cast()
    today = (at or now()).astimezone(ZoneInfo(agency["timezone"])).date()
    with transaction():
        # Nobody real has an address that ends in .example.
        if Person.by_email(cast[OWNER].email):
            return False
        if Agency.current() or Person.select().exists():
            raise NotADemonstration
        Stage(agency, today).play(cast, read_plots(), PASSWORD)
    return True


def sign_ins() -> list[SignIn]:
    """Whom to sign in as."""
    cast = read_cast()
    return [SignIn(role, cast[name].email) for name, role in _SHOWN.items()]

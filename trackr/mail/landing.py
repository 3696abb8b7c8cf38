"""Where a mail lands: on which ticket, in which project, or with the staff, who decide."""

from dataclasses import dataclass

from trackr.mail import authentication
from trackr.mail.answered import Answered, answered
from trackr.mail.reading import Mail
from trackr.models import Membership, Person, Project, ReceivedMail, Ticket
from trackr.reach import Reach


class Held(Exception):
    """A mail that somebody of the staff is to look at first; `why` is one of WHYS of the page that shows it."""

    def __init__(self, why: str, project: Project | None = None, ticket: Ticket | None = None) -> None:
        super().__init__(why)
        self.why, self.project, self.ticket = why, project, ticket


@dataclass(frozen=True, slots=True)
class Place:
    project: Project
    ticket: Ticket | None  # none: it opens one
    internal: bool = False  # it answers what only the agency may read


def place(mail: Mail, person: Person, *, trusted: bool = False, project: Project | None = None) -> Place:
    """Where the person's mail belongs. Raises Held.

    trusted: somebody has looked at it. project: in which it shall open a ticket, where it belongs to none.
    """
    found = answered(mail)
    if not trusted:
        _require_proof(mail, person, found)
    reach = Reach(person)
    number = found.ticket if found else ReceivedMail.answered_by(mail.references) or mail.ticket_number
    if number is None:
        if project and reach.project(project.slug) is None:
            raise Held("not_theirs", project)
        return Place(_writable(project or _project(mail, reach)), None)
    ticket = _ticket(reach, number)
    _writable(ticket.project)
    quotes = any(line.startswith(">") for line in mail.text.split("\n"))
    notes = found.tells_notes if found and person.is_staff else ""
    return Place(ticket.project, ticket, notes == "only" or (notes == "some" and quotes))


def guess(mail: Mail) -> tuple[Project | None, Ticket | None]:
    """What a mail of somebody unknown is about, for those who decide on it."""
    found = answered(mail)
    ticket = Ticket.get_or_none(Ticket.id == found.ticket) if found else None
    return (ticket.project if ticket else addressed(mail)), ticket


def addressed(mail: Mail) -> Project | None:
    """The project to whose address it was sent."""
    given = mail.delivered_to[:50]
    return Project.get_or_none(Project.mail_address.in_(given)) if given else None


def _require_proof(mail: Mail, person: Person, found: Answered | None) -> None:
    """What staff write goes to clients as the agency's word, and may log time: it must be theirs beyond doubt."""
    if mail.authentication == authentication.FAILED:
        raise Held("forged", *guess(mail))
    proven = mail.authentication == authentication.PASSED or (found and found.person == person.id)
    if person.is_staff and not proven:
        raise Held("unproven", *guess(mail))


def _ticket(reach: Reach, number: int) -> Ticket:
    """The ticket, or the one that it was merged into."""
    ticket = reach.ticket(number)
    while ticket is not None and ticket.merged_into_id:
        ticket = reach.ticket(ticket.merged_into_id)
    if ticket is None:
        raise Held("not_theirs", ticket=Ticket.get_or_none(Ticket.id == number))
    return ticket


def _project(mail: Mail, reach: Reach) -> Project:
    named = addressed(mail)
    if named:
        project = reach.project(named.slug)
        if project is None:
            raise Held("not_theirs", named)
        return project
    projects = reach.projects()
    if len(projects) == 1:
        return projects[0]
    if not projects:
        raise Held("no_project")
    last = None if reach.person.is_staff else Membership.last_used(reach.person, projects)
    if last is None:
        raise Held("which_project")
    return next(project for project in projects if project.id == last)


def _writable(project: Project) -> Project:
    if project.is_archived:
        raise Held("archived", project)
    return project

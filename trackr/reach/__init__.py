"""What one person may see: the only door from the web to the records.

A client is handed records that do not carry the internal side: tickets without spent minutes, comments without notes,
time as days and valued minutes. A template cannot show what it was never given.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from peewee import Expression, fn

from trackr.models import (
    Activity,
    Alert,
    CannedReply,
    Column,
    Comment,
    Entry,
    Estimate,
    Membership,
    Participant,
    Person,
    Project,
    Purchase,
    SavedView,
    Statement,
    Tag,
    Ticket,
    Timer,
)
from trackr.models.participant import Follower
from trackr.reach import scope, targets, timers

# New with every start, so that nobody can work back from a version to the counts behind it.
_KEY = secrets.token_bytes(16)


@dataclass(frozen=True, slots=True)
class Reach:
    """Everything `person` may see. Every finder answers None for what is not theirs, as for what does not exist."""

    person: Person

    def projects(self) -> list[Project]:
        """The projects that are not archived, by name, each with `meter` and this person's `membership`."""
        return scope.projects(self.person, archived=False)

    def archived_projects(self) -> list[Project]:
        return scope.projects(self.person, archived=True)

    def project(self, slug: str) -> Project | None:
        """The project with `meter`, this person's `membership` (None where none is needed), in one query."""
        return scope.project(self.person, slug)

    def ticket(self, number: int) -> Ticket | None:
        """The ticket with its project (and meter), column, requester and assignee, in one query."""
        return scope.ticket(self.person, number)

    def again(self, ticket: Ticket) -> Ticket:
        """The ticket as it is now, after a verb has changed it, its project, or the meter."""
        found = self.ticket(ticket.id)
        assert found is not None, "nobody loses sight of a ticket by changing it"
        return found

    def comment(self, ticket: Ticket, key: str) -> Comment | None:
        comment = Comment.by_key(ticket, key)
        if comment is None or (comment.internal and not self.person.is_staff):
            return None
        comment.ticket = ticket
        return comment

    def entry(self, number: int) -> Entry | None:
        """An entry with its ticket and project: for staff, since a client never handles entries."""
        if not self.person.is_staff:
            return None
        entry = Entry.get_or_none(Entry.id == number)
        ticket = self.ticket(entry.ticket_id) if entry else None
        if entry is None or ticket is None:
            return None
        entry.ticket, entry.project = ticket, ticket.project
        return entry

    def estimate(self, number: int) -> Estimate | None:
        """An estimate with its ticket and project: for those who see the ticket and its hours."""
        estimate = Estimate.get_or_none(Estimate.id == number)
        ticket = self.ticket(estimate.ticket_id) if estimate else None
        if estimate is None or ticket is None or not self.sees_hours(ticket.project):
            return None
        estimate.ticket, estimate.project = ticket, ticket.project
        return estimate

    def timers(self) -> list[Timer]:
        """Their own timers, the running one first; of tickets that they can work on."""
        return timers.timers(self.person) if self.person.is_staff else []

    def purchase(self, number: int) -> Purchase | None:
        """Hours bought or asked for, with their project: for those who see its hours."""
        purchase = Purchase.select(Purchase, Project.slug).join(Project).where(Purchase.id == number).first()
        project = self.project(purchase.project.slug) if purchase else None
        if project is None or not self.sees_hours(project):
            return None
        purchase.project = project
        return purchase

    def membership(self, project: Project, number: int) -> Membership | None:
        if not self.person.is_staff:
            return None
        mine = (Membership.project == project) & (Membership.id == number)
        membership = Membership.select(Membership, Person).join(Person).where(mine).first()
        if membership is not None:
            membership.project = project
        return membership

    def members(self, project: Project) -> list[Membership]:
        """Who takes part in the project, by name; for staff."""
        return list(Membership.of(project))

    def followers(self, ticket: Ticket, around: list[Follower] | None = None) -> list[Follower]:
        """Who is told of what happens on the ticket; a client sees those who are told of public replies openly."""
        told = Participant.told_on(ticket, around)
        return told if self.person.is_staff else [one for one in told if one.openly]

    def offered(self, ticket: Ticket, around: list[Follower] | None = None) -> list[Follower]:
        """Who could be told too; a client is offered the client's people, not the names of the whole agency."""
        offered = Participant.offered_on(ticket, around)
        return offered if self.person.is_staff else [one for one in offered if not one.is_staff]

    def participant(self, ticket: Ticket, number: int) -> Follower | None:
        """Somebody who is told of the ticket, or could be."""
        return next((one for one in [*self.followers(ticket), *self.offered(ticket)] if one.id == number), None)

    def column(self, project: Project, number: int) -> Column | None:
        """A column of the project's board: for staff."""
        if not self.person.is_staff:
            return None
        column = next((column for column in project.ordered_columns() if column.id == number), None)
        if column is not None:
            column.project = project
        return column

    def purchases(self, project: Project) -> list[Purchase]:
        return Purchase.of(project) if self.sees_hours(project) else []

    def activity(self, number: int) -> Activity | None:
        """One of the agency's kinds of work: for staff."""
        return Activity.get_or_none(Activity.id == number) if self.person.is_staff else None

    def canned_reply(self, number: int) -> CannedReply | None:
        """One of the agency's canned replies: for staff."""
        return CannedReply.get_or_none(CannedReply.id == number) if self.person.is_staff else None

    def alert(self, project: Project, number: int) -> Alert | None:
        """A warning about the project's hours."""
        mine = (Alert.project == project) & (Alert.id == number)
        return Alert.get_or_none(mine) if self.sees_hours(project) else None

    def alerted(self, project: Project) -> int:
        """A mark of the warnings that this person has not put away: another one whenever they are others, 0: none."""
        if not self.sees_hours(project):
            return 0
        if not hasattr(project, "alerted"):
            project.alerted = scope.alerted(self.person, project)
        return project.alerted or 0

    def sees_hours(self, project: Project) -> bool:
        return self.person.is_staff or project.membership.hours

    def agrees(self, project: Project) -> bool:
        """Whether estimates of the project are theirs to accept or decline."""
        return self.person.can_agree() and project.membership.hours and project.membership.accepts

    def unbilled_since(self, project: Project) -> date | None:
        """The first day that is on no statement yet, None before the first statement. Asked once of a project."""
        if not hasattr(project, "closed_through"):
            project.closed_through = Statement.closed_through(project)
        return project.closed_through and project.closed_through + timedelta(days=1)

    def may_ask(self, project: Project) -> bool:
        """Whether they may ask for more hours: a client who sees them, where hours are bought in advance."""
        member = project.membership
        is_asked = self.person.can_ask() and member is not None and member.hours and member.requests
        return bool(is_asked) and not project.is_postpaid

    def sees_all(self, project: Project) -> bool:
        """Whether every ticket of the project is theirs to see, not only those they asked for or take part in."""
        return self.person.is_staff or project.membership.sees == "all"

    def tags(self, project: Project) -> list[str]:
        """What the list can be narrowed by: for who sees every ticket, since others would learn what theirs are not."""
        return Tag.names_in(project) if self.sees_all(project) else []

    def tickets(self, project: Project) -> Expression:
        """The condition that keeps a query of the project's tickets to what this person sees."""
        mine = Ticket.project == project
        return mine if self.sees_all(project) else mine & Participant.own(Ticket, self.person)

    def everywhere(self) -> Expression:
        """The condition that keeps a query of tickets to those of all projects that this person sees."""
        return scope.tickets(self.person)

    def saved_view(self, number: int) -> SavedView | None:
        """A view of one's own; for the owner also those that are shared."""
        mine = SavedView.person == self.person
        mine = mine | SavedView.shared if self.person.is_owner else mine
        view = SavedView.get_or_none((SavedView.id == number) & mine)
        return view if view and (view.project is None or self.project(view.project.slug)) else None

    def version(self, project: Project) -> str:
        """A name of the state that this person sees: another one whenever that has changed, and only then.

        Opaque, so that it does not tell how much happened that is not theirs.
        """
        about = self.alerted(project), targets.passed(self.person, project)
        if self.person.is_staff:
            return _digest("staff", project.staff_version, self.person.timers_mark, *about)
        seen = project.client_version if self.sees_all(project) else self._own_version(project)
        rights = project.membership.sees, project.membership.hours
        return _digest(self.person.id, *rights, seen, project.shape_version, self._meter_seen(project), *about)

    def content_key(self, project: Project) -> tuple[object, ...]:
        """What a fragment about the project depends on: equal for readers who see the same."""
        if self.person.is_staff:
            return ("staff", project.id, project.staff_version, targets.passed(self.person, project))
        reader = 0 if self.sees_all(project) else self.person.id
        seen = project.client_version, project.shape_version, self._meter_seen(project)
        return ("client", project.id, reader, *seen, targets.passed(self.person, project))

    def meter_version(self, project: Project) -> str:
        return _digest("meter", self._meter_seen(project))

    def _own_version(self, project: Project) -> int:
        """The newest client version of the tickets that are this person's own."""
        if not hasattr(project, "own_version"):
            mine = (Ticket.project == project) & Participant.own(Ticket, self.person)
            project.own_version = Ticket.select(fn.MAX(Ticket.client_version)).where(mine).scalar()
        return project.own_version or 0

    def _meter_seen(self, project: Project) -> int:
        return project.meter_version if self.sees_hours(project) else 0

    def people(self, project: Project) -> list[Person]:
        """The agency's people who can work on the project, by name."""
        return scope.workers(project)


def _digest(*parts: object) -> str:
    return hashlib.blake2s(repr(parts).encode(), key=_KEY, digest_size=8).hexdigest()

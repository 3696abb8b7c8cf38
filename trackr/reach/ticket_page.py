"""What a ticket's page needs, read when a part of it is drawn: a fragment that draws one part reads that part alone."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from trackr.hours.agreement import Standing, standing
from trackr.models import Activity, Column, Entry, Estimate, Participant, Person, Satisfaction, Target, Ticket, turn
from trackr.models.participant import Follower
from trackr.reach import Reach, neighbours, scope, targets
from trackr.reach.beside import Beside, beside
from trackr.reach.brought_along import brought_along
from trackr.reach.files import Files, files, with_files
from trackr.reach.filters import Filters
from trackr.reach.stream import DayTime, Message, Notice, TimeLine, days, pending_minutes, stream


@dataclass
class TicketPage:
    reach: Reach
    ticket: Ticket
    mended: Entry | None = None  # the entry of which the page is the form
    filters: Filters | None = None  # of the list that the reader came from

    @cached_property
    def stream(self) -> list[Message | TimeLine | Notice]:
        own = with_files(stream(self.reach, self.ticket), self.files)
        brought = brought_along(self.reach, self.ticket, self.beside.merged)
        return sorted([*own, *brought], key=lambda item: item.at)

    @cached_property
    def files(self) -> Files:
        return files(self.reach, self.ticket)

    @cached_property
    def beside(self) -> Beside:
        """Tags, links, what was merged, and what the forms of the page offer."""
        return beside(self.reach, self.ticket)

    @cached_property
    def everybody(self) -> list[Person]:
        """Who may have asked for it."""
        return [scope.somebody(one.id, one.name, one.role) for one in self.around]

    @cached_property
    def columns(self) -> list[Column]:
        return self.beside.columns

    @cached_property
    def people(self) -> list[Person]:
        """Whom the ticket may be assigned to."""
        return [one for one in self.everybody if one.is_staff]

    @cached_property
    def activities(self) -> list[Activity]:
        """What time can be logged as: for staff, and once more what the entry that is mended was logged as."""
        if not self.reach.person.is_staff:
            return []
        return Activity.offered(self.mended.activity) if self.mended else self.beside.activities

    @cached_property
    def days(self) -> list[DayTime]:
        return days(self.reach, self.ticket)

    @cached_property
    def pending_minutes(self) -> int:
        """Of the valued minutes: still within their review window."""
        if not self.shows_hours or not self.ticket.project.meter.pending_minutes:
            return 0
        return pending_minutes(self.ticket)

    @property
    def shows_hours(self) -> bool:
        return self.reach.sees_hours(self.ticket.project)

    @cached_property
    def estimate(self) -> Estimate | None:
        """The one that waits for an answer, for who sees the hours, while the ticket is open."""
        if not self.shows_hours or self.ticket.is_closed:
            return None
        return self.beside.estimate

    @property
    def asks_how_it_went(self) -> bool:
        """Of a client, once the ticket is closed for good."""
        return self.reach.person.can_rate() and self.ticket.is_closed and self.ticket.merged_into_id is None

    @cached_property
    def satisfaction(self) -> Satisfaction | None:
        """What the reader has said of how it went."""
        return Satisfaction.of(self.ticket, self.reach.person)

    def standing(self, more: int = 0) -> Standing:
        """Where the valued minutes stand under the ceiling that was agreed, if one was, with so many more."""
        ceiling = self.ticket.ceiling_minutes
        return "within" if ceiling is None else standing(ceiling, self.ticket.valued_minutes + more)

    @property
    def may_agree(self) -> bool:
        return self.reach.agrees(self.ticket.project) and not self.ticket.project.is_archived

    @property
    def answered_on(self) -> int:
        """The number of the ticket that replies go to: where this one was merged, the one that it goes on in."""
        return self.beside.into[0] if self.beside.into else self.ticket.id

    @cached_property
    def neighbours(self) -> tuple[int | None, int | None]:
        """The numbers of the tickets before and after it, in the list that the reader came from or on the board."""
        if self.filters:
            return neighbours.in_list(self.reach, self.ticket, self.filters)
        return self.beside.before, self.beside.after

    @property
    def way(self) -> dict[str, object]:
        """What an address of a ticket says of the list that the reader came from."""
        return {"in": "list", **self.filters.address(page=1)} if self.filters else {}

    @property
    def has_begun(self) -> bool:
        return self.ticket.column.role != "new"

    @cached_property
    def around(self) -> list[Follower]:
        """Everybody of the project, with what they have to do with the ticket."""
        return Participant.around(self.ticket)

    @cached_property
    def followers(self) -> list[Follower]:
        """Who is told of what happens here."""
        return self.reach.followers(self.ticket, self.around)

    @cached_property
    def offered(self) -> list[Follower]:
        """Who could be told too."""
        return self.reach.offered(self.ticket, self.around)

    @property
    def recipients(self) -> list[str]:
        """First names of those whom a reply is written to: for staff the client's people, for them the agency's."""
        to_staff = self.reach.person.is_client
        return [one.name.split(" ")[0] for one in self.followers if one.is_staff == to_staff]

    @property
    def may_invite(self) -> bool:
        """Whether the reader may share it with a colleague of the client."""
        person = self.reach.person
        return person.is_owner or (person.can_invite() and self.ticket.project.membership.invites)

    @property
    def is_told(self) -> bool:
        """Whether the reader is."""
        return any(one.id == self.reach.person.id for one in self.followers)

    def may_take_out(self, one: Follower) -> bool:
        """Everybody themselves, staff others too."""
        return self.reach.person.is_staff or one.id == self.reach.person.id

    @cached_property
    def answer_at(self) -> datetime | None:
        """By when it is to be answered, where the reader is shown that."""
        return Target.due_on(self.ticket) if targets.shown(self.reach.person, self.ticket.project) else None

    @property
    def waits_on(self) -> str:
        """The first name of the client's person who is to write, else the client."""
        asked = self.ticket.requester
        return asked.first_name if asked.is_client else self.ticket.project.client

    @property
    def step(self) -> str:
        """Where a client is told that it stands."""
        return turn.step(self.ticket.column.role, self.ticket.turn)

    @cached_property
    def may_edit(self) -> bool:
        """Title and text: staff, and the client who asked."""
        return self.reach.person.is_staff or self.ticket.requester_id == self.reach.person.id

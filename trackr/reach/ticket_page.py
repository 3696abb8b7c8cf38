"""What a ticket's page needs, read when a part of it is drawn: a fragment that draws one part reads that part alone."""

from dataclasses import dataclass
from functools import cached_property

from trackr.models import Column, Person, Ticket
from trackr.reach import Reach
from trackr.reach.files import Files, files, with_files
from trackr.reach.stream import DayTime, Message, Notice, TimeLine, days, pending_minutes, stream, writers


@dataclass
class TicketPage:
    reach: Reach
    ticket: Ticket

    @cached_property
    def stream(self) -> list[Message | TimeLine | Notice]:
        return with_files(stream(self.reach, self.ticket), self.files)

    @cached_property
    def files(self) -> Files:
        return files(self.reach, self.ticket)

    @cached_property
    def columns(self) -> list[Column]:
        return self.ticket.project.ordered_columns()

    @cached_property
    def people(self) -> list[Person]:
        """Whom the ticket may be assigned to."""
        return self.reach.people(self.ticket.project)

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

    @property
    def has_begun(self) -> bool:
        return self.ticket.column.role != "new"

    @cached_property
    def recipients(self) -> list[str]:
        """First names of those who read a reply: for staff the client's people on the ticket, for them the agency's."""
        ticket = self.ticket
        asked, works = ticket.requester, ticket.assignee
        if self.reach.person.is_staff:
            names = [asked.name] if asked.is_client else []
            names += [name for name, by_staff in writers(ticket) if not by_staff]
        else:
            names = [works.name] if works else [name for name, by_staff in writers(ticket) if by_staff]
        return [name.split(" ")[0] for name in dict.fromkeys(names)]

    @cached_property
    def may_edit(self) -> bool:
        """Title and text: staff, and the client who asked."""
        return self.reach.person.is_staff or self.ticket.requester_id == self.reach.person.id

"""What a ticket's page needs, read when a part of it is drawn: a fragment that draws one part reads that part alone."""

from dataclasses import dataclass
from functools import cached_property

from trackr.models import Column, Person, Ticket
from trackr.reach import Reach
from trackr.reach.stream import DayTime, Message, Notice, TimeLine, days, pending_minutes, stream


@dataclass
class TicketPage:
    reach: Reach
    ticket: Ticket

    @cached_property
    def stream(self) -> list[Message | TimeLine | Notice]:
        return stream(self.reach, self.ticket)

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
        if self.reach.person.is_staff:
            return sum(item.valued_minutes for item in self.stream if isinstance(item, TimeLine) and item.pending)
        return pending_minutes(self.ticket) if self.shows_hours else 0

    @cached_property
    def spent_minutes(self) -> int:
        """Internal: 0 for a client, whose stream holds no entries."""
        return sum(item.spent_minutes for item in self.stream if isinstance(item, TimeLine))

    @property
    def shows_hours(self) -> bool:
        return self.reach.sees_hours(self.ticket.project)

    @property
    def has_begun(self) -> bool:
        return self.ticket.column.role != "new"

    @cached_property
    def writers(self) -> list[Message]:
        """The newest message of everybody who wrote a public one."""
        latest = {item.author: item for item in self.stream if isinstance(item, Message) and not item.internal}
        return list(latest.values())

    @cached_property
    def recipients(self) -> list[str]:
        """First names of those who read a reply: for staff the client's people on the ticket, for them the agency's."""
        me = self.reach.person
        if me.is_staff:
            names = [self.ticket.requester.name] if self.ticket.requester.is_client else []
            names += [item.author for item in self.writers if not item.by_staff and item.author not in names]
        else:
            names = [item.author for item in self.writers if item.by_staff]
            if self.ticket.assignee:
                names = [self.ticket.assignee.name]
        return [name.split(" ")[0] for name in names]

    @cached_property
    def may_edit(self) -> bool:
        """Title and text: staff, and the client who asked."""
        return self.reach.person.is_staff or self.ticket.requester_id == self.reach.person.id

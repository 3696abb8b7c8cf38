"""What would close if a project's hours were closed now through some day: drawn up, and nothing stored."""

from dataclasses import dataclass
from datetime import date, timedelta

from peewee import fn

from trackr.hours.closing import end_of_period
from trackr.hours.document import Document
from trackr.models import Entry, Line, Project, Statement, closing
from trackr.models.base import now
from trackr.models.period import Period

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Proposal:
    """The statement as it would be, and what is to be known before."""

    document: Document
    pending: int  # entries that are still within review, which closing confirms
    pending_minutes: int
    is_part: bool  # whether the period goes on after it

    @property
    def billed_minutes(self) -> int:
        return self.document.identity.billed_minutes

    @property
    def late(self) -> int:
        """Lines of days that an earlier statement had closed."""
        return sum(line.is_late for ticket in self.document.tickets for line in ticket.lines)


def propose(project: Project, through: date) -> Proposal:
    """Raises Refused as Period does."""
    within = (Entry.project == project) & Entry.statement.is_null() & (Entry.day <= through)
    pending = within & (Entry.confirms_at > now()) & (Entry.valued_minutes != 0)
    count, minutes = Entry.select(fn.COUNT(Entry.id), fn.SUM(Entry.valued_minutes)).where(pending).tuples().get()
    document = Period(project, through).document(Statement.next_number())
    return Proposal(document, count, minutes or 0, is_part=end_of_period(_way(project), through) != through)


def proposed_day(project: Project) -> date | None:
    """The end of the first period with something to tell, or yesterday; none where all is closed."""
    last = project.today() - DAY
    first = closing.first_open_day(project)
    if first > last:
        return None
    line = Line.select(fn.MIN(Line.day)).where(Line.open_ones(project) & (Line.day <= last)).scalar()
    return min(end_of_period(_way(project), max(first, line or first)), last)


def _way(project: Project) -> str:
    return project.closes if project.closes in ("weekly", "quarterly") else "monthly"

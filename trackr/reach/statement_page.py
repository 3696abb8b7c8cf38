"""What the page of a statement needs besides its document: what later statements corrected, and what was said of it."""

from dataclasses import dataclass
from functools import cached_property

from peewee import JOIN

from trackr.hours.document import Document, Ticket, Work
from trackr.models import Acknowledgement, Entry, Person, Statement
from trackr.models.question import Question, asked
from trackr.reach import Reach
from trackr.reach.statements import approves

Correction = Entry.alias("correction")


PER_PAGE = 500  # lines: a browser takes seconds to lay out thousands


@dataclass(frozen=True, slots=True)
class Part:
    """A ticket with the lines of it that a page shows; `first` is the place of the first one, counted from 1."""

    ticket: Ticket
    first: int
    lines: tuple[Work, ...]


@dataclass
class StatementPage:
    reach: Reach
    statement: Statement
    asked_page: int = 1

    @cached_property
    def document(self) -> Document | None:
        """None where the period was closed before documents were kept."""
        return Document.from_text(self.statement.document) if self.statement.document else None

    @cached_property
    def pages(self) -> list[list[Part]]:
        """The work, PER_PAGE lines at a time: a ticket goes on where the page before left it."""
        pages: list[list[Part]] = [[]]
        room = PER_PAGE
        for ticket in self.document.tickets if self.document else ():
            done = 0
            while done < max(len(ticket.lines), 1):
                if not room:
                    pages.append([])
                    room = PER_PAGE
                lines = ticket.lines[done : done + room]
                pages[-1].append(Part(ticket, done + 1, lines))
                taken = max(len(lines), 1)
                done, room = done + taken, room - taken
        return pages

    @property
    def page(self) -> int:
        return min(max(self.asked_page, 1), len(self.pages))

    @cached_property
    def corrections(self) -> dict[int, set[int | None]]:
        """The entries on it that were corrected, with the numbers of the statements that tell it; None: the next one.

        What came later is not in the document, which stays as it is. One query.
        """
        query = Correction.select(Correction.corrects, Statement.number)
        query = query.join(Entry, on=(Correction.corrects == Entry.id))
        query = query.join_from(Correction, Statement, JOIN.LEFT_OUTER, on=(Correction.statement == Statement.id))
        query = query.where((Entry.statement == self.statement) & (Correction.valued_minutes != 0))
        found: dict[int, set[int | None]] = {}
        for entry, number in query.tuples():
            found.setdefault(entry, set()).add(number)
        return found

    def corrected_on(self, work: Work) -> list[int | None]:
        """The statements that correct a line, ascending; None, the one to come, is last."""
        found = {number for entry in work.entries for number in self.corrections.get(entry, ())}
        return sorted(found, key=lambda number: (number is None, number or 0))

    @cached_property
    def neighbours(self) -> tuple[Statement | None, Statement | None]:
        """The statements of the project before and after it."""
        told = (Statement.number, Statement.first_day, Statement.last_day)
        mine = Statement.select(*told).where(Statement.project == self.statement.project)
        before = mine.where(Statement.last_day < self.statement.last_day).order_by(Statement.last_day.desc())
        after = mine.where(Statement.last_day > self.statement.last_day).order_by(Statement.last_day)
        return before.first(), after.first()

    @cached_property
    def seen(self) -> Acknowledgement | None:
        query = Acknowledgement.select(Acknowledgement, Person).join(Person, JOIN.LEFT_OUTER)
        return query.where(Acknowledgement.statement == self.statement).first()

    @cached_property
    def questions(self) -> list[Question]:
        return asked([self.statement])[self.statement.number]

    @property
    def may_approve(self) -> bool:
        """Whether a word of theirs is still to be said."""
        is_said = self.seen is not None and self.seen.person_id is not None
        return approves(self.reach, self.statement.project) and not is_said and self.may_ask

    @property
    def may_ask(self) -> bool:
        return self.reach.person.is_client and not self.statement.project.is_archived


def line_of(document: Document, ticket: int, line: int) -> tuple[Ticket, Work | None] | None:
    """A line of a ticket, counted from 1; 0 is all of the ticket. None where there is no such line."""
    found = next((one for one in document.tickets if one.number == ticket), None)
    if found is None or not 0 <= line <= len(found.lines):
        return None
    return found, found.lines[line - 1] if line else None

"""What a person finds: tickets with the places in them that fit, best first, within what is theirs to see."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import and_

from peewee import SQL, Expression

from trackr.models import Attachment, Column, Comment, Person, Project, Ticket, turn
from trackr.models import search as index
from trackr.models.search import COMMENTS, FILES, NOTE_FILES, NOTES, TICKETS, Hit, Source
from trackr.reach import Reach, unread
from trackr.reach.ask import Ask, begins, folded
from trackr.reach.scope import Requester

PER_PAGE = 20
PLACES = 2  # of a ticket that are shown
NOBODY = SQL("0")


@dataclass(slots=True)
class Place:
    """Words around what fits, and where they stand: the part of the ticket's page, or ("") its own text."""

    at: str  # an id, such as "comment-3"
    kind: str  # ticket, comment, note or file
    text: str


@dataclass(slots=True)
class Result:
    number: int
    title: str  # with its words marked, where they fit
    project: str
    column: str
    role: str
    turn: str
    priority: str
    requester: str
    opened_at: datetime
    places: list[Place] = field(default_factory=list)

    @property
    def step(self) -> str:
        """Where a client is told that it stands, whatever the agency calls its columns."""
        return turn.step(self.role, self.turn)


@dataclass(slots=True)
class Results:
    """One page of what was found. `is_cut`: there may be more than `count`, older than all that were ranked."""

    results: list[Result]
    count: int
    is_cut: bool
    page: int

    @property
    def has_next(self) -> bool:
        return self.page * PER_PAGE < self.count


def search(reach: Reach, ask: Ask, page: int = 1) -> Results:
    """A page of what fits: the ticket of the number first, then by title, then by any place in it."""
    within = reach.everywhere() & condition(reach, ask)
    asked = match_of(ask)
    by_source = {source: index.hits(source, asked, within) for source in sources(reach)} if asked else {}
    titled = index.hits(TICKETS, index.in_title(asked), within) if asked else []
    ordered = _ordered(ask, within, by_source, titled)
    shown = ordered[(page - 1) * PER_PAGE : page * PER_PAGE]
    results = _results(shown)
    for source, found in by_source.items():
        _add_places(source, asked, found, results)
    is_cut = any(len(found) >= index.MOST for found in by_source.values())
    return Results([results[number] for number in shown if number in results], len(ordered), is_cut, page)


def sources(reach: Reach) -> tuple[Source, ...]:
    """Where this person's search looks: clients never in notes, nor in the names of their files."""
    theirs = (TICKETS, COMMENTS, FILES)
    return (*theirs, NOTES, NOTE_FILES) if reach.person.is_staff else theirs


def match_of(ask: Ask) -> str:
    return "" if ask.is_exact else index.match(ask.words, ask.phrases, is_open=ask.is_open)


def condition(reach: Reach, ask: Ask) -> Expression:
    """The condition that the filters put on a query of tickets."""
    terms = [Ticket.id > 0]
    if ask.strange:
        terms.append(NOBODY)
    if ask.is_exact:
        terms.append(Ticket.id == ask.number)
    terms += [_filtered(reach, name, values) for name, values in ask.filters.items()]
    return reduce(and_, terms)


def _filtered(reach: Reach, name: str, values: list[str]) -> Expression:
    if name == "is":
        states = {"open", "closed"} & set(values)
        found = Ticket.closed_at.is_null("open" in states) if len(states) == 1 else Ticket.id > 0
        found &= unread.condition(reach.person) if "unread" in values else Ticket.id > 0
        return found & _overdue(reach) if "overdue" in values else found
    if name == "has":
        return Attachment.borne(internal=reach.person.is_staff)
    if name in ("kind", "priority"):
        return getattr(Ticket, name).in_(values)
    if name == "project":
        slugs = [value.lower() for value in values]
        return Ticket.project.in_(Project.select(Project.id).where(Project.slug.in_(slugs)))
    if name == "column":
        rows = Column.select(Column.id, Column.name).tuples()
        return Ticket.column.in_([id_ for id_, named in rows if folded(named) in map(folded, values)])
    rows = Person.select(Person.id, Person.name).tuples()
    meant = [id_ for id_, named in rows if any(value != "me" and begins(named, value) for value in values)]
    return getattr(Ticket, name).in_(meant + ([reach.person.id] if "me" in values else []))


def _overdue(reach: Reach) -> Expression:
    """Open tickets whose day is past, in the time zone of each one's project."""
    late: Expression = NOBODY
    for project in reach.projects():
        late |= (Ticket.project == project) & (Ticket.due_on < project.today())
    return Ticket.closed_at.is_null() & late


def _ordered(ask: Ask, within: Expression, by_source: dict[Source, list[Hit]], titled: list[Hit]) -> list[int]:
    """The numbers of all that was found, best first; of equals the newest."""
    best: dict[int, tuple[int, float]] = {}
    tiers = [(1, titled), *((2, found) for found in by_source.values())]
    for tier, found in tiers:
        for hit in found:
            best[hit.ticket] = min(best.get(hit.ticket, (3, 0.0)), (tier, hit.rank))
    if not by_source:  # filters alone: what was opened last comes first
        query = Ticket.select(Ticket.id).where(within).order_by(Ticket.id.desc()).limit(index.MOST)
        best = {number: (2, 0.0) for (number,) in query.tuples()} if not ask.is_empty else {}
    elif ask.number and Ticket.select().where(within & (Ticket.id == ask.number)).exists():
        best[ask.number] = (0, 0.0)
    return sorted(best, key=lambda number: (*best[number], -number))


def _results(numbers: list[int]) -> dict[int, Result]:
    query = (
        Ticket.select(
            Ticket.id, Ticket.title, Project.name, Column.name, Column.role, Ticket.turn, Ticket.priority,
            Requester.name, Ticket.opened_at,
        )
        .join(Project)
        .join_from(Ticket, Column)
        .join_from(Ticket, Requester, on=(Ticket.requester == Requester.id))
        .where(Ticket.id.in_(numbers))
    )  # fmt: skip
    return {row[0]: Result(*row) for row in query.tuples()} if numbers else {}


def _add_places(source: Source, asked: str, found: list[Hit], results: dict[int, Result]) -> None:
    """Give the tickets shown the words around the best places of this source."""
    of_ticket: dict[int, list[Hit]] = defaultdict(list)
    for hit in found:
        if hit.ticket in results:
            of_ticket[hit.ticket].append(hit)
    best = [hit for hits in of_ticket.values() for hit in sorted(hits, key=lambda hit: hit.rank)[:PLACES]]
    texts = index.excerpts(source, asked, [hit.row for hit in best])
    places = _places(source, [hit.row for hit in best])
    for hit in best:
        result, text = results[hit.ticket], texts.get(hit.row, "")
        if source == TICKETS and index.unmarked(text) == result.title:
            result.title = text
        elif len(result.places) < PLACES and text:
            result.places.append(Place(*places.get(hit.row, ("", "ticket")), text))


def _places(source: Source, rows: list[int]) -> dict[int, tuple[str, str]]:
    """Of each row of the source: its part of the ticket's page, and what it is."""
    if source in (FILES, NOTE_FILES):
        return {row: (f"file-{row}", "file") for row in rows}
    if source == TICKETS or not rows:
        return {}
    query = Comment.select(Comment.id, Comment.internal, Comment.number).where(Comment.id.in_(rows))
    return {each.id: (f"comment-{each.key}", "note" if each.internal else "comment") for each in query}

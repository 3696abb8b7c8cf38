"""What the palette offers of tickets: those that a person sees, by number and by the words of their titles."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from trackr.models import Project, Ticket
from trackr.models import search as index
from trackr.models.search import TICKETS
from trackr.reach import Reach


@dataclass(frozen=True, slots=True)
class Named:
    number: int
    title: str
    project: str


def tickets(reach: Reach, projects: Sequence[Project], asked: str, most: int) -> list[Named]:
    """The tickets that fit, at most so many: the one of that number first, then by their titles."""
    number = asked.removeprefix("#")
    is_number = number.isascii() and number.isdecimal() and len(number) <= 9
    found = reach.ticket(int(number)) if is_number else None
    first = [Named(found.id, found.title, found.project.name)] if found else []
    return [*first, *(each for each in titled(reach, projects, asked, most) if each not in first)][:most]


def titled(reach: Reach, projects: Sequence[Project], asked: str, most: int) -> list[Named]:
    """Those of the projects with titles in which every word begins that is asked for: open ones first, then the newest.

    Without a word the latest. A word that stands everywhere is looked for among the newest that have it.
    """
    if not projects:
        return []
    theirs = Ticket.project.in_(projects)
    for project in projects:
        if not reach.sees_all(project):
            theirs &= (Ticket.project != project) | reach.tickets(project)
    names = {project.id: project.name for project in projects}
    if beginnings := index.beginnings(asked):
        theirs &= Ticket.id.in_([hit.ticket for hit in index.hits(TICKETS, index.in_title(beginnings), theirs)])
    query = Ticket.select(Ticket.id, Ticket.title, Ticket.project).where(theirs)
    query = query.order_by(Ticket.closed_at.is_null(False), Ticket.id.desc()).limit(most)
    return [Named(number, title, names[project]) for number, title, project in query.tuples()]


def fits(asked: str, text: str) -> bool:
    """Whether every word that is asked for begins a word of the text; case and accents do not count."""
    there = words(text)
    return all(any(word.startswith(start) for word in there) for start in words(asked))


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """The words of a text without case, accents and signs: "L'Été" is l and ete."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return tuple("".join(sign if sign.isalnum() else " " for sign in letters).split())

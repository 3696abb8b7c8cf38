"""Bulk data for measuring: one project of any size over ten years, the same each time for the same instant.

Rows go in by the hundred thousand, past the verbs of the models; what those would derive is derived by the same rules,
so that every check passes. Of the events only those that a page tells are there.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, TypeVar

from peewee import Field, Model, fn

from trackr import seed_words as words
from trackr.db import database
from trackr.hours import allocation
from trackr.hours.proposals import propose
from trackr.models import Agency, Column, Comment, Entry, Event, Line, Membership, Person, Project, Purchase, Ticket
from trackr.models import ledger
from trackr.models.base import from_milliseconds, now, to_milliseconds
from trackr.models.ticket import GAP
from trackr.web import markdown

SLUG = "load"
PASSWORD = "a million entries"  # noqa: S105 - of people made up for measuring
YEARS = 10
DAYS = 3652
OPEN_TICKETS = 200
COMMENTS = 5  # on each ticket; the fourth is an internal note
LONGEST_MINUTES = 120  # of an entry
PRIORITIES = ("normal",) * 15 + ("low",) * 3 + ("high",) + ("urgent",)

DAY = 24 * 60 * 60 * 1000  # milliseconds, as instants are stored
ATTENTION = 20 * DAY  # a ticket is closed, and has its time logged, within this of its opening

T = TypeVar("T")
Row = tuple[Any, ...]


class CannotSeed(Exception):
    """One line for the person at the shell."""


@dataclass
class Cast:
    owner: Person
    staff: list[Person]
    clients: list[Person]


@dataclass
class Load:
    """The project in the making, and what all its parts need to know. Instants are in milliseconds."""

    project: Project
    cast: Cast
    tickets: int
    entries: int
    until: int
    random: Random
    columns: list[Column] = field(default_factory=list)
    first_ticket: int = 0
    first_entry: int = 0

    @property
    def began(self) -> int:
        return self.until - DAYS * DAY

    def pick(self, choices: "list[T] | tuple[T, ...]") -> T:
        # random() alone gives the same in every version of Python.
        return choices[int(self.random.random() * len(choices))]

    def opened(self, number: int) -> int:
        """The instant at which the ticket of that number, from 0, is opened: they come evenly."""
        return self.began + (self.until - self.began) * number // self.tickets


def seed(tickets: int, entries: int, at: datetime | None = None) -> bool:
    """Fill the open database with that many tickets and entries up to that instant (default: now), all or nothing.

    Where the instance is empty it gets an agency and people who can sign in with PASSWORD. Returns False, and changes
    nothing, where the project is there already. Raises CannotSeed.
    """
    until = to_milliseconds(at or now())
    # The indexes are filled out of order: what is kept in memory need not be read again. For this connection alone.
    database.pragma("cache_size", -200_000)
    with database.atomic():
        if Project.select().where(Project.slug == SLUG).exists():
            return False
        load = _begin(tickets, entries, until)
        _insert(Ticket, TICKET, _tickets(load))
        _insert(Event, EVENT, _events(load))
        _insert(Comment, COMMENT, _comments(load))
        for year in range(YEARS):
            _add_year(load, year)
        _sum_up(load)
    return True


def sign_ins() -> list[tuple[str, str, str]]:
    """Role, address and password of one person in each role, for an instance that was empty."""
    shown = (("owner", words.OWNER), ("staff", words.STAFF[0]), ("client", words.CLIENTS[0]))
    return [(role, email, PASSWORD) for role, (email, _) in shown]

"""Bulk data for measuring: one project of any size over ten years, the same each time for the same instant.

Rows go in past the verbs of the models; what those would derive is derived by the same rules, so that every check
passes. Of the events there are only those that a page tells.
"""

from datetime import datetime

from trackr.db import database, transaction
from trackr.models import Agency, Comment, Event, Person, Project, Ticket
from trackr.models.base import now, to_milliseconds
from trackr.seed import hours, words
from trackr.seed import tickets as about
from trackr.seed.load import PASSWORD, SLUG, begin
from trackr.seed.rows import insert

__all__ = ["SLUG", "NoOwner", "seed", "sign_ins"]

CACHE = 200_000  # KiB; the indexes do not fill in order, and a page that is kept need not be read again


class NoOwner(Exception):
    """There is an agency but nobody who owns it, so nobody to open the project; says so in a line."""

    def __init__(self) -> None:
        super().__init__("this instance has no owner: add one with `trackr user add`")


def seed(tickets: int, entries: int, at: datetime | None = None) -> bool:
    """Fill the open database with that many tickets and entries up to that instant (default: now), all or nothing.

    Where the instance is empty it gets an agency too, and people who can sign in (see `sign_ins`). Returns False, and
    changes nothing, where the project is there already. Raises NoOwner.
    """
    database.pragma("cache_size", -CACHE)  # of this connection alone
    with transaction():
        if Project.select().where(Project.slug == SLUG).exists():
            return False
        if Agency.current() and not Person.select().where((Person.role == "owner") & Person.active).exists():
            raise NoOwner
        load = begin(tickets, entries, to_milliseconds(at or now()))
        insert(Ticket, about.TICKET, about.tickets(load))
        insert(Event, about.EVENT, about.events(load))
        insert(Comment, about.COMMENT, about.comments(load))
        hours.add_years(load)
    return True


def sign_ins() -> list[tuple[str, str, str]]:
    """Role, address and password of one person of each role, where the instance was empty."""
    shown = (("owner", words.OWNER), ("staff", words.STAFF[0]), ("client", words.CLIENTS[0]))
    return [(role, email, PASSWORD) for role, (email, _) in shown]

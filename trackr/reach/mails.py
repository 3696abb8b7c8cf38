"""The outbox, as the owner looks through it: what waits, what went, what did not, and why."""

from dataclasses import dataclass

from peewee import JOIN

from trackr.models import Mail, Person, Project, Ticket
from trackr.models.mail import STATES
from trackr.reach import Reach

PER_PAGE = 50
# The kinds of mail that can be looked at, as addresses name them: see mail/previews.py.
LETTERS = ("new", "reply", "note", "assigned", "closed", "estimate", "digest", "hours", "statement", "request",
           "invitation", "sign_in", "address_confirm", "address_stop", "not_taken", "test")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outbox:
    mails: list[Mail]
    counts: dict[str, int]  # of all, by state
    state: str  # "" for all
    page: int
    pages: int


def outbox(reach: Reach, state: str, page: int) -> Outbox:
    """One page of it, newest first; nothing for who does not look after the instance. Two queries."""
    counts = Mail.counts() if reach.person.is_owner else dict.fromkeys(STATES, 0)
    state = state if state in STATES else ""
    found = counts[state] if state else sum(counts.values())
    pages = max(1, -(-found // PER_PAGE))
    page = min(max(page, 1), pages)
    if not found:
        return Outbox([], counts, state, page, pages)
    query = (
        Mail.select(Mail, Person.id, Person.name, Ticket.id, Ticket.title, Project.id, Project.name)
        .join(Person)
        .join_from(Mail, Ticket, JOIN.LEFT_OUTER)
        .join_from(Mail, Project, JOIN.LEFT_OUTER)
    )
    if state:
        query = query.where(Mail.state == state)
    return Outbox(list(query.order_by(Mail.id.desc()).paginate(page, PER_PAGE)), counts, state, page, pages)


def letter(reach: Reach, name: str) -> str | None:
    """The name of a kind of mail that can be looked at."""
    return name if reach.person.is_owner and name in LETTERS else None


def mail(reach: Reach, number: int) -> Mail | None:
    return Mail.get_or_none(Mail.id == number) if reach.person.is_owner else None

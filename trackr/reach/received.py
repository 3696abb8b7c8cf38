"""Mail that came in and waits for somebody of the staff, and what else they may want to know of it."""

from datetime import timedelta

from peewee import JOIN, Expression, Select, fn

from trackr.models import BlockedSender, Membership, Person, Project, ReceivedMail, Ticket
from trackr.models.base import now, to_milliseconds
from trackr.models.prepared import Prepared
from trackr.models.received_mail import WAITING
from trackr.reach import Reach

MOST = 100
LATELY = timedelta(days=30)
TOLD = ("bounce", "automatic", "list", "loop", "blocked", "too_large_size", "too_large_parts")


def waiting(reach: Reach) -> list[ReceivedMail]:
    """What waits for them to decide, newest first."""
    return list(_told(reach).where(ReceivedMail.state.in_(WAITING)).limit(MOST)) if reach.person.is_staff else []


def ticked(reach: Reach, numbers: list[int]) -> list[ReceivedMail]:
    """Those of these numbers that wait for them to decide."""
    if not reach.person.is_staff:
        return []
    return list(_told(reach).where(ReceivedMail.id.in_(numbers) & ReceivedMail.state.in_(WAITING)))


def count(reach: Reach) -> int:
    """How many wait; of those that one may see."""
    if not reach.person.is_staff:
        return 0
    if reach.person.sees_every_project:
        return _count.value()
    return ReceivedMail.select().where(_theirs(reach) & ReceivedMail.state.in_(WAITING)).count()


def ignored(reach: Reach) -> list[ReceivedMail]:
    """What was put away of late, for who looks for a mail that never came: not our own come back."""
    late = ReceivedMail.received_at > to_milliseconds(now() - LATELY)
    return list(_told(reach).where((ReceivedMail.state == "ignored") & ReceivedMail.why.in_(TOLD) & late).limit(MOST))


def newcomers(reach: Reach) -> list[tuple[ReceivedMail, list[str]]]:
    """Mails of late that had people in copy whom nobody knows, with their addresses. Two queries."""
    late = ReceivedMail.received_at > to_milliseconds(now() - LATELY)
    mails = list(
        _told(reach).where((ReceivedMail.strangers != "") & ReceivedMail.ticket.is_null(False) & late).limit(MOST)
    )
    named = {address for mail in mails for address in mail.unknown_addresses}
    known = {email for (email,) in Person.select(Person.email).where(Person.email.in_(list(named))).tuples()}
    found = [(mail, [address for address in mail.unknown_addresses if address not in known]) for mail in mails]
    return [(mail, addresses) for mail, addresses in found if addresses]


def held_mail(reach: Reach, number: int) -> ReceivedMail | None:
    """One that came in: for staff, of a project that they see or of none."""
    return _told(reach).where(ReceivedMail.id == number).first() if reach.person.is_staff else None


def blocked_sender(reach: Reach, number: int) -> BlockedSender | None:
    return BlockedSender.get_or_none(BlockedSender.id == number) if reach.person.is_staff else None


def senders(reach: Reach, received: ReceivedMail) -> list[Person]:
    """Whose mail it may be: a client of the projects that one sees, or whoever has the address."""
    mine = Membership.select(Membership.person).where(Membership.project.in_(reach.projects()))
    people = Person.active & ((Person.email == received.sender) | ((Person.role == "client") & Person.id.in_(mine)))
    return list(Person.select().where(people).order_by(Person.name, Person.id))


def _told(reach: Reach) -> Select:
    query = (
        ReceivedMail.select(ReceivedMail, Project, Ticket.id, Ticket.title)
        .join(Project, JOIN.LEFT_OUTER)
        .join_from(ReceivedMail, Ticket, JOIN.LEFT_OUTER)
    )
    return query.where(_theirs(reach)).order_by(ReceivedMail.received_at.desc(), ReceivedMail.id.desc())


def _theirs(reach: Reach) -> Expression:
    if reach.person.sees_every_project:
        return ReceivedMail.id > 0
    mine = Membership.select(Membership.project).where(Membership.person == reach.person)
    return ReceivedMail.project.in_(mine)


# Asked by every home of staff.
_count = Prepared(lambda: ReceivedMail.select(fn.COUNT(ReceivedMail.id)).where(ReceivedMail.state.in_(WAITING)))

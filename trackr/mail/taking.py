"""Taking a mail in: once and only once, as a comment or a new ticket, or held, or put away; and never lost.

The mail is on the disk before anything is made of it. Whatever cannot be made of it is a row that says so, and the
next mail has its turn; only where the database or the disk fails is the error raised, for the mail to come again.
"""

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO

from trackr import log
from trackr.db import Unanswered, transaction
from trackr.files import store
from trackr.mail import reading, writing
from trackr.mail.answered import is_ours
from trackr.mail.landing import Held, addressed, guess, place
from trackr.mail.outbox import STALE
from trackr.mail.post import post
from trackr.mail.reading import Mail, Unreadable
from trackr.mail.returning import answer_once, mark_bounced
from trackr.models import BlockedSender, Membership, Person, Project, ReceivedMail
from trackr.models.base import Refused, now
from trackr.models.event import coming

MOST_PER_HOUR = 40  # mails of one sender: beyond that two machines answer each other

logger = logging.getLogger(__name__)


def take(raw: bytes, at: datetime | None = None, size: int = 0, arrived: datetime | None = None) -> ReceivedMail:
    """Take one in; returns what became of it. One that came before stays as it was taken then.

    size: that of the whole mail, where only its head was fetched, since it is too large.
    arrived: when it came into the mailbox, where it may have lain there; else it comes now.
    """
    at = at or now()
    try:
        mail = reading.read(raw, size=size, server=post.authserv_id, ours=_addresses())
        known = ReceivedMail.by_message_id(mail.message_id)
        if known and (known.sender, known.subject) != (mail.sender.email, mail.subject):
            # Another mail under the same name: of a machine that knows but one, or of who wants this one to get lost.
            mail = replace(mail, message_id=reading.identity(raw))
            known = ReceivedMail.by_message_id(mail.message_id)
        return known or _take(raw, mail, at, max(size, len(raw)), arrived or at)
    except Unreadable as problem:
        return _keep_broken(raw, at, str(problem))
    except (Unanswered, OSError):
        raise
    except Exception as problem:  # noqa: BLE001 -- a mail that breaks the program must not stop those behind it
        log.event(logger, "mail_broken", level=logging.ERROR, exc_info=True)
        return _keep_broken(raw, at, repr(problem))


def _addresses() -> frozenset[str]:
    """Those to which people write, and from which our own mail comes."""
    query = Project.select(Project.mail_address).where(Project.mail_address != "").tuples()
    return frozenset({address for (address,) in query} | {post.address.lower()} - {""})


def accept(received: ReceivedMail, actor: Person, person: Person, project: Project) -> ReceivedMail:
    """Take in one that was held, as written by that person. Raises Refused.

    Refused: "decided" where somebody has decided meanwhile, "unreadable", or what stands in the way of the mail.
    """
    raw = received.content()
    try:
        mail = reading.read(raw)
    except Unreadable as problem:
        raise Refused("unreadable") from problem
    with coming("mail"):
        try:
            landed = place(mail, person, trusted=True, project=project)
            with writing.prepared(mail, landed, person) as draft, transaction():
                if not ReceivedMail.get_by_id(received.id).is_waiting:
                    raise Refused("decided")
                ticket, comment = draft.write(now())
                received.settle(actor, "taken", why="", project=ticket.project, ticket=ticket, comment=comment)
        except Held as held:
            raise Refused(held.why) from held
    return received


def accept_of_new(received: ReceivedMail, actor: Person, project: Project, *, name: str, sees: str) -> None:
    """Bring its sender into the project, and take it in as theirs. Raises Refused, and then nobody is brought in."""
    with transaction():
        member = Membership.grant(
            project, actor, email=received.sender, name=name, role="client", sees=sees, hours=False
        )
        accept(received, actor, member.person, project)


def _take(raw: bytes, mail: Mail, at: datetime, size: int, arrived: datetime) -> ReceivedMail:
    why = _not_for_us(mail)
    if why:
        return _put_away(raw, mail, at, why, size)
    person = Person.by_email(mail.sender.email) if mail.sender.email else None
    if mail.too_large:
        return _put_away(raw, mail, at, f"too_large_{mail.too_large}", size, person)
    digest = store.put(BytesIO(raw))
    try:
        if person is None or not person.active:
            raise Held("unknown" if mail.sender.email else "no_sender", *guess(mail))
        since = at - timedelta(hours=1)
        # What has lain in the mailbox for longer, as at the first start, answers nothing that was sent since.
        if arrived > since and ReceivedMail.count_since(mail.sender.email, since) >= MOST_PER_HOUR:
            raise Held("flood", *guess(mail))
        with coming("mail", untold=arrived < at - STALE):
            return _write(mail, person, digest, len(raw), at)
    except Held as held:
        ticket = held.ticket
        project = held.project or (ticket.project if ticket else None)
        return _note(mail, len(raw), at, "held", held.why, digest=digest, project=project, ticket=ticket)
    except Refused as refused:
        return _note(mail, len(raw), at, "held", refused.code, digest=digest, project=addressed(mail))


def _write(mail: Mail, person: Person, digest: str, size: int, at: datetime) -> ReceivedMail:
    landed = place(mail, person)
    with writing.prepared(mail, landed, person) as draft, transaction():
        known = ReceivedMail.by_message_id(mail.message_id)  # by another process, a moment ago
        if known:
            return known
        ticket, comment = draft.write(at)
        strangers = "\n".join(draft.strangers())
        return _note(
            mail, size, at, "taken", "", digest=digest, project=ticket.project, ticket=ticket, comment=comment,
            strangers=strangers,
        )  # fmt: skip


def _not_for_us(mail: Mail) -> str:
    """Why it makes no comment and gets no answer, "" where it does."""
    if is_ours(mail):
        return "ours"
    if mail.nature.kind != "person" and not (mail.nature.kind == "list" and _is_our_list(mail)):
        return mail.nature.kind
    return "blocked" if mail.sender.email and BlockedSender.is_blocked(mail.sender.email) else ""


def _is_our_list(mail: Mail) -> bool:
    """Whether our own address is a list, as where a group of the agency passes on what is sent to it."""
    named = {one.email for one in (*mail.to, *mail.cc)}
    return post.address in named or Project.select().where(Project.mail_address.in_(list(named - {""}))).exists()


def _put_away(raw: bytes, mail: Mail, at: datetime, why: str, size: int, person: Person | None = None) -> ReceivedMail:
    """Not taken. Of what is too large its head is kept, and who sent it is told so."""
    kept = raw[: reading.LARGEST_HEAD] if mail.too_large else raw
    digest = store.put(BytesIO(kept))
    with transaction():
        if why == "bounce":
            mark_bounced(mail, raw, at)
        if mail.too_large and person and person.active:
            answer_once(person, mail, why, at)
        return _note(mail, size, at, "ignored", why, digest=digest)


def _note(mail: Mail, size: int, at: datetime, state: str, why: str, **found: object) -> ReceivedMail:
    with transaction():
        known = ReceivedMail.by_message_id(mail.message_id)
        if known:
            return known
        received = ReceivedMail.create(
            message_id=mail.message_id,
            state=state,
            why=why,
            size=size,
            sender=mail.sender.email,
            sender_name=mail.sender.name,
            subject=mail.subject,
            received_at=at,
            **found,
        )
    log.event(logger, "mail_received", received=received.id, state=state, why=why)
    return received


def _keep_broken(raw: bytes, at: datetime, why: str) -> ReceivedMail:
    digest = store.put(BytesIO(raw))
    name = reading.identity(raw)
    with transaction():
        known = ReceivedMail.by_message_id(name)
        return known or ReceivedMail.create(
            message_id=name, state="broken", why=why[:300], digest=digest, size=len(raw), sender="", received_at=at
        )

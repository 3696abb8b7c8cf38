"""The outbox is filled from the events: they are the queue, and a cursor says how far they have been told of.

Mails are queued in the transaction that moves the cursor, so that of each event each person is told once at most,
whatever is killed, and nothing is added to the request that caused it.
"""

import json
import logging
import secrets
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from trackr import log
from trackr.db import Unanswered, transaction
from trackr.mail import rules
from trackr.mail.addresses import message_id
from trackr.mail.post import post
from trackr.mail.sealing import seal
from trackr.mail.times import after_quiet, next_hour
from trackr.models import Agency, Event, Mail, Person, Project, Telling
from trackr.models.base import now
from trackr.models.mail import tell as note_told

AT_ONCE = 10  # events told of in one transaction
TOGETHER = timedelta(minutes=2)  # what happens to a ticket within them comes in one mail
STALE = timedelta(days=2)  # what is older when it is found is no news (a demonstration, an import)

# What is no talk on a ticket has its own kind of mail, and comes at once even to who reads the rest once a day.
KINDS = {"alert.raised": "hours", "statement.closed": "statement", "purchase.requested": "request"}
TICKET, DIGEST = "ticket", "digest"

logger = logging.getLogger(__name__)


def tell() -> None:
    """Queue the mails of everything that has happened and that nobody was told of yet."""
    if not post.is_set_up:
        Telling.rest()
        return
    while Telling.has_news():
        try:
            _tell(AT_ONCE)
        except Unanswered:
            raise  # the database's fault, not the events': all of them are told of later
        except Exception:  # noqa: BLE001 (one event that cannot be told of must not keep all others back)
            _tell_one()


def _tell(most: int) -> None:
    with transaction():
        agency = Agency.current()
        for event in Telling.news(most):
            if agency and event.created_at > now() - STALE and not event.details.get("untold"):
                _queue(event, agency)


def _tell_one() -> None:
    """The next event by itself; where it is the one at fault, it is logged and passed over."""
    try:
        _tell(1)
    except Unanswered:
        raise
    except Exception:  # noqa: BLE001 (logged)
        log.event(logger, "event_untold", level=logging.ERROR, exc_info=True)
        with transaction():
            Telling.news(1)


def queue_direct(
    kind: str,
    person: Person,
    *,
    project: Project | None = None,
    secret: dict[str, str] | None = None,
    address: str = "",
    **data: Any,
) -> Mail | None:
    """Queue a mail that tells of no event (an invitation, a link to sign in, a test), due now; None without mail.

    address: where it goes, if not to the person's own.
    secret: what lets its reader in (a token, a code): sealed until the mail has gone, then erased (mail/sealing.py).
    """
    if not post.is_set_up:
        return None
    sealed = seal(json.dumps(secret)) if secret else ""
    return _new(
        kind, person, now(), project=project, data=json.dumps(data), sealed=sealed, address=address or person.email
    )


def _queue(event: Event, agency: Agency) -> None:
    for person, why in rules.told(event).items():
        kind = _kind(event, person, why)
        if kind is None:
            continue
        about = {
            TICKET: {"ticket": event.ticket_id},
            DIGEST: {"ticket": None},
        }.get(kind, {"ticket": None, "project": event.project_id})
        mail = None if kind in ("statement", "request") else Mail.waiting_for(person, kind, about)
        if mail is None:
            zone = ZoneInfo(person.timezone or agency.timezone)
            about |= {"project": event.project_id} if kind != DIGEST else {}
            mail = _new(kind, person, _due(kind, person, zone), **about)
        note_told(mail, [(event, why)])


def _kind(event: Event, person: Person, why: str) -> str | None:
    """Of which kind the mail is that tells this person; None: they want none."""
    if person.mails == "never" or (person.mails == "named" and why not in rules.ASKED_FOR):
        return None
    if event.kind in KINDS:
        return KINDS[event.kind]
    return DIGEST if person.mails == "daily" and why not in rules.ASKED_FOR else TICKET


def _due(kind: str, person: Person, zone: ZoneInfo) -> datetime:
    if kind == DIGEST:
        return next_hour(now(), zone, person.digest_hour)
    return after_quiet(now() + TOGETHER, zone, person.quiet_from, person.quiet_to)


def _new(kind: str, person: Person, due_at: datetime, **about: Any) -> Mail:
    name = message_id(about.get("ticket") or 0, person.id, secrets.token_hex(6))
    about = {"address": person.email} | about
    return Mail.create(kind=kind, person=person, message_id=name, due_at=due_at, **about)

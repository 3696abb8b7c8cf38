"""Mailing a way in. What is asked for an address makes the same work whether it is known or not: the mail is made of
it a moment later, by the worker, so that nobody can tell by the time.
"""

import json
import secrets

from trackr.db import transaction
from trackr.mail.outbox import queue_direct
from trackr.mail.sealing import seal, unseal
from trackr.models import MailedKey, Person
from trackr.models.mailed_key import Issued


def ask_for_key(email: str, *, remembered: bool, wanted: str) -> str:
    """Have a link and a code mailed to the address, where somebody may come in with it.

    Returns the secret of the browser that asks. wanted: the page to go on to.
    """
    browser, found = secrets.token_urlsafe(32), Person.by_email(email)
    person = found if found and found.active else None
    with transaction():
        MailedKey.issue(person, browser, remembered=remembered, wanted=wanted, seal=_seal)
    return browser


def mail_keys() -> None:
    """Queue the mails of the keys that were asked for; of those that are nobody's the secret is erased alike."""
    for key in MailedKey.unsent():
        with transaction():
            sealed = key.sent()
            if sealed and key.person_id:
                _queue(key.person, sealed)


def _queue(person: Person, sealed: str) -> None:
    try:
        secret = json.loads(unseal(sealed))
    except ValueError:  # the secret of the instance was changed: the person asks once more
        return
    queue_direct("sign_in", person, secret=secret)


def _seal(issued: Issued) -> str:
    return seal(json.dumps(issued._asdict()))

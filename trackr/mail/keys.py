"""Mailing a way in. Known and unknown addresses make the same work, so that nobody can tell them by the time."""

import json
import secrets

from trackr.db import transaction
from trackr.mail.outbox import queue_direct
from trackr.mail.sealing import seal
from trackr.models import MailedKey, Person


def mail_key(email: str, *, remembered: bool, wanted: str) -> str:
    """Mail a link and a code to the address, where somebody may come in with it; the secret of the browser that asks.

    wanted: the page to go on to.
    """
    browser, found = secrets.token_urlsafe(32), Person.by_email(email)
    person = found if found and found.active else None
    with transaction():
        secret = MailedKey.issue(person, browser, remembered=remembered, wanted=wanted)._asdict()
        if person:
            queue_direct("sign_in", person, secret=secret)
        else:
            seal(json.dumps(secret))  # takes as long
    return browser

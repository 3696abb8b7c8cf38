"""Where mails are handed over, where the settings name it: it is greeted, as a mail server does. Nothing is handed."""

import smtplib
from collections.abc import Iterator
from importlib.util import find_spec

from trackr.doctor.finding import Finding, hint, ok, wrong
from trackr.mail.listener import MISSING
from trackr.settings import Settings

SECONDS = 5


def examine(settings: Settings) -> Iterator[Finding]:
    place = settings.lmtp_listen
    if place is None:
        return
    if find_spec("aiosmtpd") is None:
        yield wrong("lmtp", MISSING)
        return
    try:
        with _calling(place) as caller:
            code, _ = caller.ehlo()
    except (ConnectionRefusedError, FileNotFoundError):
        yield hint("lmtp", f"nobody listens on {place}: is `trackr serve` running, and with this setting?")
    except (OSError, smtplib.SMTPException) as problem:
        yield wrong("lmtp", f"{place} cannot be reached: {' '.join(str(problem).split())}")
    else:
        yield ok("lmtp", f"{place} takes mails") if code == 250 else wrong("lmtp", f"{place} is another program's")


def _calling(place: str) -> smtplib.LMTP:
    host, port = (place, 0) if place.startswith("/") else (place.rpartition(":")[0], int(place.rpartition(":")[2]))
    # Its own name is said, since smtplib would ask the network for that of the machine.
    return smtplib.LMTP(host, port, local_hostname="doctor.invalid", timeout=SECONDS)

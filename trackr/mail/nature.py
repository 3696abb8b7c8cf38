"""What kind of mail one is: of a person, or of a machine to which nobody should answer."""

import re
from dataclasses import dataclass
from email.message import Message
from typing import Any

from trackr.mail import headers, passed_on

MOST_HOPS = 40
_MACHINES = re.compile(r"(mailer-daemon|postmaster|mail-daemon|no-?reply|ne-?pas-?repondre|noreply-.*)@", re.IGNORECASE)
_AUTOMATIC_SUBJECT = re.compile(
    r"(?:automatic reply|auto(?:matic)?[ -]?reply|out of (?:the )?office|r[ée]ponse automatique|absence du bureau"
    r"|absent du bureau|message d.absence|abwesenheit|automatische antwort|\[auto[- ]?reply\])\b",
    re.IGNORECASE,
)
_BOUNCE_SUBJECT = re.compile(
    r"undeliver|delivery (?:status notification|failure|has failed)|mail delivery failed|returned mail|failure notice"
    r"|non[ -]?remis|message non distribué|échec de (?:la )?remise",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Nature:
    kind: str = "person"  # person, ours, bounce, automatic, list, loop
    why: str = ""  # the header that says so
    bounced: tuple[str, ...] = ()  # addresses that take no mail, for good


def of(message: Message, sender: str, ours: frozenset[str]) -> Nature:
    """sender: the address of who wrote it. ours: the addresses that mail is sent to, and that ours comes from.

    From such an address people write too, by hand or over a group that passes on what they write under its own. Ours
    says that no person wrote it; and by its name it is known where a mail server left that (see answered.is_ours).
    """
    report = _report(message)
    if headers.sender(message).email in ours and _says_automatic(message):
        return Nature("ours", "Auto-Submitted")
    if len(headers.lines(message, "received", 10)) > MOST_HOPS:
        return Nature("loop", "Received")
    if report == "delivery-status" or _is_bounce(message, sender):
        return Nature("bounce", "Content-Type" if report else "From", _failed(message))
    if header := _automatic(message, sender, report):
        return Nature("automatic", header)
    listed = passed_on.mark(message)
    return Nature("list", listed) if listed else Nature()


def _report(message: Message) -> str:
    is_one = message.get_content_type() == "multipart/report"
    return str(message.get_param("report-type", "")).lower() if is_one else ""


def _is_bounce(message: Message, sender: str) -> bool:
    empty = headers.line(message, "return-path") == "<>"
    by_daemon = sender.startswith(("mailer-daemon@", "postmaster@", "mail-daemon@"))
    failed = bool(message["x-failed-recipients"])
    return failed or (by_daemon and (empty or bool(_BOUNCE_SUBJECT.search(headers.line(message, "subject")))))


def _automatic(message: Message, sender: str, report: str) -> str:
    if report:
        return "Content-Type"  # that it was read, or a complaint
    if _says_automatic(message):
        return "Auto-Submitted"
    for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "X-Vacation", "X-MS-Exchange-Inbox-Rules-Loop"):
        if message[name] is not None:
            return name
    if headers.line(message, "precedence").lower() in ("bulk", "junk", "auto_reply"):
        return "Precedence"
    if headers.line(message, "return-path") == "<>":
        return "Return-Path"
    if _MACHINES.match(sender):
        return "From"
    return "Subject" if _AUTOMATIC_SUBJECT.match(headers.line(message, "subject")) else ""


def _says_automatic(message: Message) -> bool:
    return headers.line(message, "auto-submitted").partition(";")[0].strip().lower() not in ("", "no")


def _failed(message: Message) -> tuple[str, ...]:
    """The addresses that a report says are wrong for good: not where it is still tried, or a box is full."""
    found: dict[str, bool] = {}
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks: Any = part.get_payload()
        for block in blocks if isinstance(blocks, list) else []:
            status = headers.line(block, "status")
            final = headers.line(block, "final-recipient") or headers.line(block, "original-recipient")
            email = final.rpartition(";")[2].strip(" <>").lower()
            for_good = status.startswith("5.") and not status.startswith("5.2.2")
            if email and for_good and headers.line(block, "action").lower() == "failed":
                found[email] = True
    named = headers.addresses(message, "x-failed-recipients")
    return tuple(found) or tuple(one.email for one in named)

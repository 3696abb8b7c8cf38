"""The way to the mailbox, and what is wrong with it in words that say what to do."""

import imaplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from imap_tools import BaseMailBox, ImapToolsError, MailBox, MailboxLoginError, MailBoxStartTls, MailBoxUnencrypted

from trackr.mail.post import Server, post
from trackr.mail.smtp import Trouble, _l

SECONDS = 30  # for the server to answer
FOLDER = "INBOX"

TROUBLES = {
    "missing": _l("No mailbox is set up: TRACKR_IMAP_URL is missing among the settings."),
    "name": _l("No server of the name %(host)s is known: check the address."),
    "refused": _l("Nothing answers on port %(port)s of %(host)s: check the port, usually 993, or 143 with imap://."),
    "timeout": _l("%(host)s does not answer on port %(port)s: check the port, and whether a firewall stands between."),
    "tls": _l("%(host)s does not speak TLS on port %(port)s as asked: imaps:// is for port 993, imap:// for 143."),
    "certificate": _l("The certificate of %(host)s is not genuine, or not for that name: %(said)s."),
    "open": _l("%(host)s offers no encryption, and the password would pass the network in the clear: it is not sent."),
    "password": _l("%(host)s does not take user name and password: %(said)s."),
    "answer": _l("%(host)s answered: %(said)s."),
}
# The first that a fault is one of.
CAUSES: tuple[tuple[type[BaseException], str], ...] = (
    (ssl.SSLCertVerificationError, "certificate"),
    (ssl.SSLError, "tls"),
    (socket.gaierror, "name"),
    (ConnectionRefusedError, "refused"),
    (TimeoutError, "timeout"),
    (MailboxLoginError, "password"),
    (imaplib.IMAP4.abort, "tls"),  # who waits for TLS hangs up on who does not begin it
    (ConnectionError, "tls"),
    (Exception, "answer"),
)
FAULTS = (OSError, imaplib.IMAP4.error, ImapToolsError)


class MailboxTrouble(Trouble):
    """The mailbox cannot be used now: `code` is one of TROUBLES."""

    def __init__(self, code: str, server: Server, said: object = "") -> None:
        super().__init__("answer", server, said)
        self.code, self.sentence = code, TROUBLES[code]


@contextmanager
def opened(server: Server) -> Iterator[BaseMailBox]:
    """The mailbox with its folder open; raises MailboxTrouble where there is none to be had."""
    try:
        box = _connected(server)
    except FAULTS as problem:
        code = next(code for kind, code in CAUSES if isinstance(problem, kind))
        raise MailboxTrouble(code, server, getattr(problem, "verify_message", "") or _said(problem)) from problem
    try:
        yield box
    finally:
        with suppress(*FAULTS):
            box.logout()
        with suppress(*FAULTS):  # the connection may have ended by itself
            box.client.shutdown()


def count_waiting() -> int:
    """How many mails wait in the mailbox of the settings. Raises MailboxTrouble."""
    if post.mailbox is None:
        raise MailboxTrouble("missing", Server("", 0, False))
    with opened(post.mailbox) as box:
        return int(box.folder.status(FOLDER, ["MESSAGES"])["MESSAGES"])


def _connected(server: Server) -> BaseMailBox:
    context = ssl.create_default_context()
    if server.encrypted:
        box: BaseMailBox = MailBox(server.host, server.port, timeout=SECONDS, ssl_context=context)
    else:
        box = MailBoxUnencrypted(server.host, server.port, timeout=SECONDS)
        if "STARTTLS" in box.client.capabilities:
            box.client.shutdown()
            box = MailBoxStartTls(server.host, server.port, timeout=SECONDS, ssl_context=context)
        elif not server.is_here:
            box.client.shutdown()
            raise MailboxTrouble("open", server)
    try:
        box.login(server.user, server.password, initial_folder=FOLDER)
    except BaseException:
        box.client.shutdown()
        raise
    return box


def _said(problem: BaseException) -> str:
    result = getattr(problem, "command_result", None)
    if isinstance(result, tuple) and len(result) > 1:
        return " ".join(part.decode(errors="replace") for part in result[1] if isinstance(part, bytes))
    return str(problem)

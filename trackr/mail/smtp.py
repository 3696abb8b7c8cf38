"""The way to the mail server, and what is wrong with it in words that say what to do."""

import re
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from trackr.mail.post import Server

SECONDS = 10  # for the server to answer


def _l(sentence: str) -> str:
    """Mark a text for translation: the shell reads it in English, a page in its reader's language."""
    return sentence


TROUBLES = {
    "missing": _l("Mail is not set up: %(said)s is missing among the settings."),
    "name": _l("No server of the name %(host)s is known: check the address."),
    "refused": _l("Nothing answers on port %(port)s of %(host)s: check the port, often 587, or 465 with smtps://."),
    "timeout": _l("%(host)s does not answer on port %(port)s: check the port, and whether a firewall stands between."),
    "tls": _l("%(host)s does not speak TLS on port %(port)s as asked: smtps:// is for port 465, smtp:// for 587."),
    "certificate": _l("The certificate of %(host)s is not genuine, or not for that name: %(said)s."),
    "open": _l("%(host)s offers no encryption, and the password would pass in the clear: it is not sent."),
    "password": _l("%(host)s does not take user name and password: %(said)s."),
    "unasked": _l("%(host)s asks for no password: leave user and password out of TRACKR_SMTP_URL."),
    "answer": _l("%(host)s answered: %(said)s."),
}


class Trouble(Exception):
    """The server cannot be used now: `code` is one of TROUBLES, `values` what stands in its sentence."""

    def __init__(self, code: str, server: Server, said: object = "") -> None:
        super().__init__(code)
        self.code = code
        self.values = {"host": server.host, "port": server.port, "said": _text(said)}

        self.sentence = TROUBLES[code]

    def __str__(self) -> str:
        return self.sentence % self.values


def understood(text: str) -> tuple[str, dict[str, str]] | None:
    """The sentence of TROUBLES that a stored text is, and what stands in it, to be said in another language."""
    for sentence in TROUBLES.values():
        found = re.fullmatch(re.sub(r"%\\\((\w+)\\\)s", r"(?P<\1>.+)", re.escape(sentence)), text)
        if found:
            return sentence, found.groupdict()
    return None


@contextmanager
def connected(server: Server) -> Iterator[smtplib.SMTP]:
    """A connection on which mail can be sent; raises Trouble where there is none to be had."""
    connection = _connect(server)
    try:
        yield connection
    finally:
        try:
            connection.quit()
        except (OSError, smtplib.SMTPException):
            connection.close()


def _connect(server: Server) -> smtplib.SMTP:
    context = ssl.create_default_context()
    try:
        if server.encrypted:
            connection: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=SECONDS, context=context)
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=SECONDS)
        return _welcome(connection, server, context)
    except (smtplib.SMTPException, OSError, UnicodeError) as problem:
        code = next(code for kind, code in CAUSES if isinstance(problem, kind))
        said = getattr(problem, "verify_message", "") or getattr(problem, "smtp_error", "") or problem
        raise Trouble(code, server, said) from problem


# The first that a fault is one of.
CAUSES: tuple[tuple[type[Exception], str], ...] = (
    (ssl.SSLCertVerificationError, "certificate"),
    (ssl.SSLError, "tls"),
    (socket.gaierror, "name"),
    (ConnectionRefusedError, "refused"),
    (TimeoutError, "timeout"),
    (smtplib.SMTPAuthenticationError, "password"),
    (smtplib.SMTPNotSupportedError, "unasked"),
    (smtplib.SMTPResponseException, "answer"),
    (smtplib.SMTPServerDisconnected, "tls"),  # who waits for TLS hangs up on who does not begin it
    (ConnectionError, "tls"),
    (Exception, "answer"),
)


def _welcome(connection: smtplib.SMTP, server: Server, context: ssl.SSLContext) -> smtplib.SMTP:
    """Encrypt where the server can, and sign in."""
    try:
        connection.ehlo_or_helo_if_needed()
        if not server.encrypted and connection.has_extn("starttls"):
            connection.starttls(context=context)
            connection.ehlo()
        elif not server.encrypted and server.user and not server.is_here:
            raise Trouble("open", server)
        if server.user:
            connection.login(server.user, server.password)
    except BaseException:
        connection.close()
        raise
    return connection


def _text(said: object) -> str:
    text = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
    return " ".join(text.split())[:200].rstrip(".")

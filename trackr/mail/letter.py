"""A letter: what a mail says to one reader, as plain text and as HTML, and the message that carries it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from trackr.mail.dress import dress
from trackr.mail.post import post
from trackr.models.base import now

_pages = Environment(
    loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True, lstrip_blocks=True
)
LONGEST_SUBJECT = 150


@dataclass(frozen=True)
class Part:
    """One thing that is told. `text` stands in the plain mail; `html`, where there is any, in the other."""

    heading: str
    text: str
    html: str = ""
    internal: str = ""  # what marks it as the agency's own, in words

    @property
    def dressed(self) -> Markup:
        return dress(self.html) if self.html else Markup("")


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with it."""

    name: str
    mimetype: str
    content: bytes


@dataclass
class Letter:
    subject: str
    sender: str  # the name that it comes under
    language: str
    lead: str = ""  # its first sentence
    parts: list[Part] = field(default_factory=list)
    button: tuple[str, str] | None = None  # what it says, and where it leads
    meter: str = ""  # the hours in a sentence
    reply: str = ""  # how to answer
    whys: list[str] = field(default_factory=list)  # why it comes
    stop: tuple[str, str] | None = None  # what stops it, and where
    thread: str = ""  # the name of the conversation that it belongs to
    list_name: str = ""
    list_id: str = ""
    enclose: Callable[[], Enclosure | None] = lambda: None  # made when it goes, since that may take a second

    @property
    def html(self) -> str:
        return _pages.get_template("letter.html").render(letter=self)

    @property
    def text(self) -> str:
        blocks = [self.lead, *(_plain(part) for part in self.parts)]
        if self.button:
            blocks.append(f"{self.button[0]}\n{self.button[1]}")
        foot = [self.meter, self.reply, *self.whys]
        if self.stop:
            foot.append(f"{self.stop[0]}\n{self.stop[1]}")
        return "\n\n".join(filter(None, blocks)) + "\n\n-- \n" + "\n".join(filter(None, foot)) + "\n"

    def message(self, name: str, address: str) -> EmailMessage:
        """The mail, under the name that it keeps for every try."""
        message = EmailMessage(policy=SMTP)
        message["From"] = Address(one_line(self.sender), addr_spec=post.address)
        message["To"] = Address(addr_spec=address)
        message["Subject"] = one_line(self.subject)[:LONGEST_SUBJECT]
        message["Date"] = format_datetime(now())
        message["Message-ID"] = name
        if self.thread:
            message["In-Reply-To"] = message["References"] = self.thread
        # Said to other programs: no person wrote this, do not answer it (RFC 3834).
        message["Auto-Submitted"] = "auto-generated"
        if self.list_id:
            message["List-Id"] = f"{_phrase(self.list_name)} <{self.list_id}.{post.domain}>"
        if self.stop:
            message["List-Unsubscribe"] = f"<{self.stop[1]}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message.set_content(self.text, cte="quoted-printable")
        message.add_alternative(self.html, subtype="html", cte="quoted-printable")
        if file := self.enclose():
            main, _, sub = file.mimetype.partition("/")
            message.add_attachment(file.content, maintype=main, subtype=sub, filename=file.name)
        return message


def one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _phrase(text: str) -> str:
    return '"' + re.sub(r"[^\w .,&\'-]", "", one_line(text), flags=re.ASCII) + '"'


def _plain(part: Part) -> str:
    heading = f"{part.heading} ({part.internal})" if part.internal else part.heading
    lines = [heading, "-" * min(len(heading), 70)] if heading else []
    return "\n".join([*lines, part.text])

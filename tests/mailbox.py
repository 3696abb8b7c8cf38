"""A mail server on 127.0.0.1 that keeps what it is given, and an instance that sends through it."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest

from tests.clock import Clock
from tests.people import Cast
from trackr.mail import delivery, outbox, post
from trackr.models import Mail, Telling
from trackr.settings import Settings


@dataclass
class Box:
    """What has arrived; `answer` is what the server says to the next mails: "" takes them."""

    mails: list[EmailMessage] = field(default_factory=list)
    answer: str = ""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 (aiosmtpd's)
        if self.answer:
            return self.answer
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 OK"

    def to(self, email: str) -> list[EmailMessage]:
        return [mail for mail in self.mails if mail["To"] == email]


@pytest.fixture(scope="session")
def server() -> Iterator[tuple[Box, int]]:
    # Slow to import, and few tests send mail.
    from aiosmtpd.controller import Controller
    from aiosmtpd.smtp import AuthResult

    box = Box()
    with socket.socket() as free:  # the controller looks at the port it was given, and not at the one it got
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    nobody = {"authenticator": lambda *_: AuthResult(success=False, handled=False), "auth_require_tls": False}
    controller = Controller(box, hostname="127.0.0.1", port=port, ready_timeout=20, **nobody)
    controller.start()
    yield box, port
    controller.stop()


@pytest.fixture
def box(server: tuple[Box, int], settings: Settings, people: Cast, clock: Clock) -> Iterator[Box]:
    """Mail is set up, and nothing that happened before is told."""
    found, port = server
    found.mails, found.answer = [], ""
    post.open(
        replace(
            settings,
            smtp_url=f"smtp://127.0.0.1:{port}",
            mail_from="Trackr <desk@cobalt.example>",
            base_url="https://desk.example",
        )
    )
    outbox.tell()
    assert not Mail.select().exists() and Telling.get().event is not None
    yield found
    post.open(settings)


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\u00a0", " ")


def html_of(mail: EmailMessage) -> str:
    body = mail.get_body(("html",))
    assert body is not None
    return str(body.get_content()).replace("\u00a0", " ")


def go(clock: Clock, minutes: float = 3) -> None:
    """Let the worker's jobs run, time pass, and run again."""
    outbox.tell()
    clock.forward(minutes=minutes)
    delivery.deliver()

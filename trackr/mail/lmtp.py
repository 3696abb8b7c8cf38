"""LMTP (RFC 2033): what a mail server says that hands mails over, and what it is answered, once for each recipient."""

import asyncio
import logging
import re
import socket
from typing import Any

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import Envelope

from trackr import log
from trackr.mail import reading
from trackr.mail.taking import take

SECONDS = 600  # for the next command, and for a whole mail
PIECE = 256 * 1024  # bytes of one line that are taken at a time
AT_ONCE = 3  # mails that are received together: each is held in memory
MOST_RECIPIENTS = 100

TAKEN = "250 2.0.0 Taken"
TOO_LARGE = f"552 5.3.4 More than {reading.LARGEST // (1024 * 1024)} MB"
AGAIN = "451 4.3.0 Not now, try again later"

logger = logging.getLogger(__name__)


class Clerk:
    """Decides on recipients and mails, for all connections of one listener, in its thread."""

    def __init__(self) -> None:
        self.room = asyncio.Semaphore(AT_ONCE)
        self.connections: set[Lmtp] = set()

    async def handle_EHLO(  # noqa: N802 (aiosmtpd's)
        self, _server: Any, session: Any, _envelope: Any, hostname: str, answers: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [*answers[:-1], "250-PIPELINING", answers[-1]]

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's)
        self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if len(envelope.rcpt_tos) >= MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_exception(self, error: Exception) -> str:
        log.event(logger, "lmtp_failed", level=logging.ERROR, said=repr(error))
        return AGAIN

    def take(self, content: bytearray | None) -> str:
        """The answer to a whole mail. What is in the way lies here, not in the mail: then it is to come again."""
        if content is None:
            return TOO_LARGE
        try:
            take(bytes(content))
        except Exception as problem:  # noqa: BLE001 (whatever it is, the mail server has the mail still)
            log.event(logger, "mail_not_taken", level=logging.ERROR, said=" ".join(str(problem).split()))
            return AGAIN
        return TAKEN


class Lmtp(LMTP):
    """One connection. The data is read here: in one piece of memory, however long its lines are."""

    line_length_limit = PIECE
    event_handler: Clerk

    def __init__(self, clerk: Clerk) -> None:
        super().__init__(
            clerk,
            data_size_limit=reading.LARGEST,
            enable_SMTPUTF8=True,
            hostname=socket.gethostname(),
            ident="Trackr",
            timeout=SECONDS,
            loop=asyncio.get_running_loop(),
        )

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.event_handler.connections.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self.event_handler.connections.discard(self)
        super().connection_lost(error)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 (aiosmtpd's)
        if await self.check_helo_needed("LHLO"):
            return
        envelope = self.envelope
        if arg or envelope is None or not envelope.rcpt_tos:
            await self.push("501 5.5.4 Syntax: DATA" if arg else "503 5.5.1 Error: need RCPT command")
            return
        async with self.event_handler.room:
            await self.push("354 End data with <CR><LF>.<CR><LF>")
            answer = self.event_handler.take(await self._content(envelope))
        self._set_post_data_state()
        await self.push("\r\n".join([answer] * len(envelope.rcpt_tos)))

    async def _content(self, envelope: Envelope) -> bytearray | None:
        """What comes until a lone dot; None where it is too large, which is let go as it comes."""
        content, size, begins = bytearray(_told(envelope)), 0, True
        while (piece := await self._piece()) != b".\r\n" or not begins:
            size += len(piece)
            if size > reading.LARGEST:
                content.clear()
            else:
                content += piece[1:] if begins and piece.startswith(b".") else piece
            begins = piece.endswith(b"\r\n")
        return content if size <= reading.LARGEST else None

    async def _piece(self) -> bytes:
        """The next line, or as much of it as is taken at a time."""
        try:
            return await self._reader.readuntil(b"\r\n")
        except asyncio.LimitOverrunError as longer:
            return await self._reader.read(longer.consumed)


def _told(envelope: Envelope) -> bytes:
    """What the mail server says of the mail, as lines at its head, where one that delivers it writes them."""
    lines = [("Return-Path", envelope.mail_from or ""), *(("Delivered-To", one) for one in envelope.rcpt_tos)]
    bare = [(name, re.sub(r"[\x00-\x20<>\x7f]", "", address)) for name, address in lines]
    return "".join(f"{name}: <{address}>\r\n" for name, address in bare).encode("utf-8", "replace")

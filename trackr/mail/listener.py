"""Where mails are handed over by LMTP, if the settings say so: a socket, and a thread that answers on it."""

import asyncio
import errno
import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

from trackr import log
from trackr.db import CannotStart, database
from trackr.settings import Settings

STOP_SECONDS = 20  # for the mail that is being taken when the server is told to stop
MISSING = (
    "TRACKR_LMTP_LISTEN needs the package aiosmtpd, which is not installed: install Trackr with its extra `lmtp`"
    " (docs/mail-in.md), or leave the setting out."
)

logger = logging.getLogger(__name__)


@contextmanager
def listening(settings: Settings) -> Iterator[socket.socket | None]:
    """A socket that is bound where the settings say, None where they say nothing. Raises CannotStart.

    A mail server that finds nobody would keep the mails for days: a start that fails is noticed at once.
    """
    if settings.lmtp_listen is None:
        yield None
        return
    if find_spec("aiosmtpd") is None:
        raise CannotStart(MISSING)
    try:
        bound = _bound(settings.lmtp_listen)
    except OSError as problem:
        reasons = {
            errno.EADDRINUSE: "another program uses it. Stop that one, or choose another port",
            errno.EACCES: "this user may not use it",
            errno.ENOENT: "there is no such folder",
        }
        reason = reasons.get(problem.errno or 0, problem.strerror or str(problem))
        raise CannotStart(f"cannot listen on TRACKR_LMTP_LISTEN, {settings.lmtp_listen}: {reason}.") from problem
    try:
        yield bound
    finally:
        bound.close()
        if settings.lmtp_listen.startswith("/"):
            Path(settings.lmtp_listen).unlink(missing_ok=True)


def _bound(place: str) -> socket.socket:
    if not place.startswith("/"):
        host, _, port = place.rpartition(":")
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, int(port)), family=family)
    path = Path(place)
    if path.is_socket():
        _remove_left(path)
    bound = socket.socket(socket.AF_UNIX)
    try:
        bound.bind(place)
        path.chmod(0o660)  # before anybody can connect: its user and group alone
        bound.listen()
    except BaseException:
        bound.close()
        raise
    return bound


def _remove_left(path: Path) -> None:
    """A socket that was left by a program which was killed is nobody's any more."""
    with socket.socket(socket.AF_UNIX) as caller:
        try:
            caller.connect(str(path))
        except ConnectionRefusedError:
            path.unlink()


class Listener(threading.Thread):
    """Takes the mails that are handed over, one after the other, until it is told to stop."""

    def __init__(self, bound: socket.socket) -> None:
        super().__init__(name="lmtp", daemon=True)
        self._bound = bound
        self._loop = asyncio.new_event_loop()
        self._stop_asked = asyncio.Event()

    def run(self) -> None:
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.close()
            database.close()

    def stop(self) -> None:
        """What is half received is not taken: the mail server, to which nobody has said yes, sends it again."""
        with suppress(RuntimeError):  # it has ended by itself
            self._loop.call_soon_threadsafe(self._stop_asked.set)
        self.join(STOP_SECONDS)

    async def _serve(self) -> None:
        from trackr.mail.lmtp import Clerk, Lmtp

        clerk = Clerk()
        server = await self._loop.create_server(lambda: Lmtp(clerk), sock=self._bound)
        where = self._bound.getsockname()
        log.event(logger, "lmtp_listens", at=where if isinstance(where, str) else f"{where[0]}:{where[1]}")
        await self._stop_asked.wait()
        server.close()
        for connection in list(clerk.connections):
            if connection.transport is not None:
                connection.transport.close()
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*tasks, return_exceptions=True)


def listen(bound: socket.socket | None) -> Listener | None:
    """A thread that answers there, running; None where there is nowhere to."""
    if bound is None:
        return None
    found = Listener(bound)
    found.start()
    return found

"""The web server: waitress, listening before anything else is touched, and stopping without losing a request."""

import errno
import logging
import select
import signal
import socket
import time
from threading import Lock
from types import FrameType
from wsgiref.types import WSGIApplication

import click
from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer, create_server
from waitress.task import WSGITask

from trackr import log, proxies
from trackr.db import CannotStart
from trackr.settings import Settings
from trackr.version import VERSION

THREADS = 3
# Threads that step through SQLite's rows together hand the interpreter to and fro and lose most of their time at that:
# a request waits until the one before is answered, but no longer than this, so that a slow one holds nobody up.
PATIENCE_SECONDS = 0.05
CONNECTIONS = 500
BACKLOG = 1024  # connections that the system lets in and that wait to be taken
IDLE_SECONDS = 60  # after which a connection that asks for nothing is closed
STOP_SECONDS = 20  # for requests that are under way when the server is told to stop
SETTLE_SECONDS = 0.2  # for requests that are still in the wires at that moment

logger = logging.getLogger(__name__)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on `host` (a name or an address; the first IPv4 one of several); raises CannotStart."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        family, *_, address = min(found, key=lambda entry: entry[0] != socket.AF_INET)
        both = family == socket.AF_INET6 and host == "::" and socket.has_dualstack_ipv6()
        return socket.create_server(address[:2], family=family, backlog=BACKLOG, dualstack_ipv6=both)
    except (OSError, UnicodeError) as problem:
        reasons = {
            errno.EADDRINUSE: "another program uses it. Stop that one, or choose another port with --port",
            errno.EACCES: "this user may not use it. Choose a port from 1024 on with --port",
        }
        number = problem.errno if isinstance(problem, OSError) else None
        reason = reasons.get(number or 0, "this machine has no such address. Choose another with --host")
        raise CannotStart(f"cannot listen on port {port} of {host}: {reason}.") from problem


def address(listener: socket.socket) -> str:
    """The address to open in a browser."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def serve(app: WSGIApplication, listener: socket.socket, settings: Settings) -> int:
    """Print the address and serve until SIGTERM or SIGINT, then answer every request that was accepted.

    Returns how many could not be answered in STOP_SECONDS. To be called in the main thread.
    """
    sockets: dict[int, object] = {}
    server = create_server(
        proxies.believe(app, settings.trusted_proxies),
        map=sockets,
        sockets=[listener],
        threads=THREADS,
        backlog=BACKLOG,
        connection_limit=CONNECTIONS,
        channel_timeout=IDLE_SECONDS,
        max_request_body_size=settings.largest_request,
        asyncore_use_poll=True,
        clear_untrusted_proxy_headers=False,  # done above
        ident="Trackr",
    )
    server.channel_class = Channel
    server.is_stopping = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        server.is_stopping = True
        server.pull_trigger()  # wakes the loop below

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        # Said once a signal would be heard: who waits for this line may stop the server right after it.
        click.echo(f"Trackr {VERSION} on {address(listener)} (data in {settings.data}; stop with Ctrl-C)")
        log.event(logger, "serving", url=address(listener), threads=THREADS)
        while not server.is_stopping:
            wasyncore.loop(timeout=1, use_poll=True, map=sockets, count=1)
        log.event(logger, "stopping")
        unanswered = _finish(server, sockets)
        log.event(logger, "stopped", level=logging.WARNING if unanswered else logging.INFO, unanswered=unanswered)
        return unanswered
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _finish(server: TcpWSGIServer, sockets: dict[int, object]) -> int:
    began = time.monotonic()
    # Whoever the system has let in already is let in here, then the door is closed. The trigger stays: threads use it.
    for _ in range(BACKLOG):
        if not select.select([server.socket], [], [], 0)[0]:
            break
        server.handle_accept()
    wasyncore.dispatcher.close(server)
    while (waiting := _under_way(server)) or time.monotonic() < began + SETTLE_SECONDS:
        if time.monotonic() > began + STOP_SECONDS:
            break
        wasyncore.loop(timeout=0.05, use_poll=True, map=sockets, count=1)
    server.task_dispatcher.shutdown(timeout=1)
    wasyncore.close_all(sockets, ignore_all=True)
    return waiting


def _under_way(server: TcpWSGIServer) -> int:
    """How many connections have a request that is being received, waiting, running, or being answered."""
    channels = list(server.active_channels.values())
    return sum(bool(channel.requests or channel.request or channel.total_outbufs_len) for channel in channels)


class Task(WSGITask):
    """A request; the answer to the last one before the stop says that no other will be taken on its connection."""

    def set_close_on_finish(self) -> None:
        """Keep the connection after an answer that has no body: waitress closes it for want of a length.

        Most answers of an open page are such: nothing new.
        """
        asked = self.request.headers.get("CONNECTION", "").lower() == "close"
        if self.has_body or asked or self.version != "1.1":
            super().set_close_on_finish()

    def build_response_header(self) -> bytes:
        if self.channel.server.is_stopping and len(self.channel.requests) == 1:
            self.request.headers["CONNECTION"] = "close"
        header: bytes = super().build_response_header()
        return header


class Channel(HTTPChannel):
    """A connection whose requests are Tasks, and take turns with those of others."""

    task_class = Task
    turn = Lock()

    def service(self) -> None:
        is_mine = self.turn.acquire(timeout=PATIENCE_SECONDS)
        try:
            super().service()
        finally:
            if is_mine:
                self.turn.release()

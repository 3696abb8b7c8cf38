"""A small HTTP/1.1 client over raw sockets: quick enough to measure the server and not itself.

It keeps connections open and reads answers that tell their length, which is all that Trackr and waitress send.
"""

import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

HOST = "127.0.0.1"
SECONDS = 60  # for an answer: longer than a writer may wait for the database
CHUNK = 256 * 1024  # bytes: a board comes in one read

BODILESS = {204, 304}

_length = re.compile(rb"\r\ncontent-length:[ \t]*(\d+)[ \t]*\r\n", re.IGNORECASE)


class BadAnswer(Exception):
    """What came back is not an answer that this client can read, or the connection ended before its end."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    head: bytes  # status line and headers, as they came
    body: bytes

    def header(self, name: str) -> str:
        """The value of the first header of that name, else ""."""
        found = re.search(rb"\r\n%s:[ \t]*([^\r\n]*)" % re.escape(name.encode()), self.head, re.IGNORECASE)
        return found[1].decode("latin-1").strip() if found else ""

    @property
    def text(self) -> str:
        return self.body.decode()


def request(method: str, path: str, fields: Mapping[str, str] | None = None, **headers: str) -> bytes:
    """A request as it goes over the wire; `fields` are sent as a form. Headers: `HX_Request="true"` and the like."""
    body = urlencode(fields).encode() if fields is not None else b""
    lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}", "Accept-Encoding: gzip"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if fields is not None:
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


class Reader:
    """Puts the answers of one connection together from what arrives."""

    def __init__(self) -> None:
        self._held = b""
        self._head_ends = 0  # 0: not here yet
        self._whole = 0  # bytes of the answer, head and body

    def feed(self, data: bytes) -> Answer | None:
        """Take what arrived; the answer once it is whole. Raises BadAnswer where it cannot be read."""
        self._held = self._held + data if self._held else data
        if not self._head_ends and not self._read_head():
            return None
        if len(self._held) < self._whole:
            return None
        if len(self._held) > self._whole:
            raise BadAnswer(f"{len(self._held) - self._whole} bytes that nobody asked for")
        head, body = self._held[: self._head_ends], self._held[self._head_ends :]
        self._held, self._head_ends = b"", 0
        return Answer(int(head[9:12]), head, body)

    def _read_head(self) -> bool:
        end = self._held.find(b"\r\n\r\n")
        if end < 0:
            return False
        head = self._held[: end + 4]
        if not head.startswith(b"HTTP/1.1 ") or not head[9:12].isdigit():
            raise BadAnswer(f"not an answer: {head[:60]!r}")
        length = _length.search(head)
        if length is None and int(head[9:12]) not in BODILESS:
            raise BadAnswer(f"an answer of unknown length: {head[:60]!r}")
        self._head_ends = len(head)
        self._whole = self._head_ends + (int(length[1]) if length and int(head[9:12]) not in BODILESS else 0)
        return True


class Connection:
    """One connection, kept open, or opened anew after an answer that closes it. A context manager."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._reader = Reader()
        self.open()

    def open(self) -> None:
        self.socket = socket.create_connection((HOST, self._port), timeout=SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.is_open = True

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *_problem: object) -> None:
        self.close()

    def close(self) -> None:
        self.socket.close()
        self.is_open = False

    def send(self, message: bytes) -> None:
        if not self.is_open:
            self.open()
        self.socket.sendall(message)

    def receive(self) -> Answer | None:
        """What has arrived of the answer: the answer when that was its end. Waits for something to arrive."""
        data = self.socket.recv(CHUNK)
        if not data:
            raise BadAnswer("the server closed the connection")
        answer = self._reader.feed(data)
        if answer is not None and b"\r\nConnection: close\r\n" in answer.head:
            self.close()
        return answer

    def ask(self, message: bytes) -> Answer:
        """Send a request and wait for its answer."""
        self.send(message)
        while True:
            answer = self.receive()
            if answer is not None:
                return answer


def ask(port: int, message: bytes) -> Answer:
    """One request on a connection of its own."""
    with Connection(port) as connection:
        return connection.ask(message)

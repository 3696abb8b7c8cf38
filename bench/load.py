"""Asking a server again and again, on one connection or on several at once, and timing every answer."""

import selectors
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from time import perf_counter

from bench.client import Answer, BadAnswer, Connection


class Unexpected(Exception):
    """The server answered something else than what was to be measured."""


@dataclass
class Timings:
    """What came of one run. All times in seconds."""

    answers: list[float] = field(default_factory=list)  # from the request's first byte to the answer's last
    took: float = 0.0  # the whole run
    processor: float = 0.0  # what the server used for all the answers; 0 where nobody asked
    errors: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answers per second."""
        return len(self.answers) / self.took


def drive(
    port: int,
    requests: Iterator[bytes],
    *,
    status: int = HTTPStatus.OK,
    connections: int = 1,
    seconds: float = float("inf"),
    strict: bool = True,
) -> Timings:
    """Send the requests, each connection its next one as soon as it has its answer, until they or the seconds end.

    An answer with another status is an error: raised as Unexpected, or counted where not `strict`. The connections
    are made before the clock starts.
    """
    opened = [Connection(port) for _ in range(connections)]
    try:
        with selectors.DefaultSelector() as selector:
            timings = _Run(selector, requests, status, seconds).all(opened)
    finally:
        for connection in opened:
            connection.close()
    if strict and timings.errors:
        raise Unexpected(timings.errors[0])
    return timings


def drive_prepared(
    port: int, before: Iterator[bytes], requests: Iterator[bytes], seconds: float, used: Callable[[], float]
) -> Timings:
    """The same on one connection, where something else is sent before each request and is not timed.

    Both must be answered with 200; raises Unexpected. `used` reads the processor time of the server.
    """
    timings = Timings()
    began = perf_counter()
    with Connection(port) as connection:
        while perf_counter() - began < seconds:
            prepared = connection.ask(next(before))
            used_before, sent = used(), perf_counter()
            answer = connection.ask(next(requests))
            timings.answers.append(perf_counter() - sent)
            timings.processor += used() - used_before
            for one in (prepared, answer):
                if one.status != HTTPStatus.OK:
                    raise Unexpected(_tell(one))
    timings.took = perf_counter() - began
    return timings


class _Run:
    """Several connections in one thread, so that the client's own threads do not wait for each other."""

    def __init__(
        self, selector: selectors.BaseSelector, requests: Iterator[bytes], status: int, seconds: float
    ) -> None:
        self._selector = selector
        self._requests = requests
        self._status = status
        self._seconds = seconds
        self._sent: dict[Connection, float] = {}  # when, on the connections that wait for an answer
        self._timings = Timings()

    def all(self, connections: list[Connection]) -> Timings:
        self._began = perf_counter()
        for connection in connections:
            self._send(connection)
        while self._sent:
            for key, _ in self._selector.select():
                self._receive(key)
        self._timings.took = perf_counter() - self._began
        return self._timings

    def _send(self, connection: Connection) -> None:
        message = next(self._requests, None) if perf_counter() - self._began < self._seconds else None
        if message is None:
            return
        self._sent[connection] = perf_counter()
        connection.send(message)
        if connection.socket not in self._selector.get_map():
            self._selector.register(connection.socket, selectors.EVENT_READ, connection)

    def _receive(self, key: selectors.SelectorKey) -> None:
        connection: Connection = key.data
        try:
            answer = connection.receive()
        except (BadAnswer, OSError) as problem:
            self._timings.errors.append(f"{type(problem).__name__}: {problem}")
            self._selector.unregister(key.fileobj)
            del self._sent[connection]
            return
        if answer is None:
            return
        self._timings.answers.append(perf_counter() - self._sent.pop(connection))
        if answer.status != self._status:
            self._timings.errors.append(_tell(answer))
        if not connection.is_open:
            self._selector.unregister(key.fileobj)
        self._send(connection)


def _tell(answer: Answer) -> str:
    where = answer.header("Location")
    return f"{answer.status}{f' to {where}' if where else ''}: {answer.body[:200]!r}"

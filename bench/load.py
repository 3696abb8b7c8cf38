"""Asking a server again and again, on one connection or on several at once, and timing every answer."""

import selectors
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from time import perf_counter

from bench.client import Answer, BadAnswer, Connection


class Unexpected(Exception):
    """The server answered something else than what was to be measured."""


@dataclass
class Timings:
    """What one run of `drive` saw. All times in seconds."""

    answers: list[float] = field(default_factory=list)  # from the request's first byte to the answer's last
    took: float = 0.0  # the whole run
    errors: list[str] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answers per second."""
        return len(self.answers) / self.took


def drive(
    port: int,
    requests: Iterator[bytes],
    *,
    status: int = 200,
    connections: int = 1,
    seconds: float = float("inf"),
    strict: bool = True,
) -> Timings:
    """Send the requests, each connection its next one as soon as it has its answer, until they or the seconds end.

    An answer with another status is an error: raised as Unexpected, or counted where not `strict`. Connections are
    made before the clock starts.
    """
    timings = Timings()
    opened = [Connection(port) for _ in range(connections)]
    try:
        with selectors.DefaultSelector() as selector:
            _run(selector, opened, requests, status, seconds, timings)
    finally:
        for connection in opened:
            connection.close()
    if strict and timings.errors:
        raise Unexpected(timings.errors[0])
    return timings


def drive_prepared(port: int, before: Iterator[bytes], requests: Iterator[bytes], seconds: float) -> Timings:
    """The same on one connection, where something else is sent before each request and is not timed.

    Both must be answered with 200; raises Unexpected.
    """
    timings = Timings()
    began = perf_counter()
    with Connection(port) as connection:
        while perf_counter() - began < seconds:
            prepared = connection.ask(next(before))
            sent = perf_counter()
            answer = connection.ask(next(requests))
            timings.answers.append(perf_counter() - sent)
            for one in (prepared, answer):
                if one.status != HTTPStatus.OK:
                    raise Unexpected(_tell(one))
    timings.took = perf_counter() - began
    return timings


def _run(
    selector: selectors.BaseSelector,
    opened: list[Connection],
    requests: Iterator[bytes],
    status: int,
    seconds: float,
    timings: Timings,
) -> None:
    sent: dict[Connection, float] = {}
    began = perf_counter()

    def send(connection: Connection) -> None:
        message = next(requests, None) if perf_counter() - began < seconds else None
        if message is not None:
            sent[connection] = perf_counter()
            connection.send(message)
            if connection.socket not in selector.get_map():
                selector.register(connection.socket, selectors.EVENT_READ, connection)

    for connection in opened:
        send(connection)
    while sent:
        for key, _ in selector.select():
            connection = key.data
            try:
                answer = connection.receive()
            except (BadAnswer, OSError) as problem:
                timings.errors.append(str(problem))
                selector.unregister(key.fileobj)
                del sent[connection]
                continue
            if answer is None:
                continue
            timings.answers.append(perf_counter() - sent.pop(connection))
            if answer.status != status:
                timings.errors.append(_tell(answer))
            if not connection.is_open:
                selector.unregister(key.fileobj)
            send(connection)
    timings.took = perf_counter() - began


def _tell(answer: Answer) -> str:
    where = answer.header("Location")
    return f"{answer.status}{f' to {where}' if where else ''}: {answer.body[:200]!r}"

"""What an instance takes while it runs: memory, processor time at rest, processor time until its first answer."""

import threading
import time
from collections.abc import Iterator
from itertools import chain, cycle, islice, repeat
from statistics import median

from bench import servers
from bench.client import ask, request
from bench.instance import PROJECT, Instance, serving
from bench.load import drive
from bench.run import Bench
from bench.servers import Server
from bench.speed import TOGETHER
from bench.table import Row, at_most

SETTLE_SECONDS = 2  # after the sign-in, whose hash takes 19 MiB for a moment


def memory(bench: Bench) -> list[Row]:
    """PSS at rest, and the most while eight connections read and write; the bare server answers its board."""
    bench.say("memory")
    with serving(bench.copy("memory")) as instance:
        resting, loaded = _memory(bench, instance.server, _mixed(instance))
    with bench.another_bare() as bare:
        bare_resting, bare_loaded = _memory(bench, bare, repeat(request("GET", "/board")))
    return [
        at_most("memory idle (PSS)", resting, 45, "MB", digits=1, bare=f"{bare_resting:.1f} MB"),
        at_most("memory under load (PSS)", loaded, 60, "MB", digits=1, bare=f"{bare_loaded:.1f} MB"),
    ]


def idle(bench: Bench) -> list[Row]:
    bench.say(f"idle processor time, {bench.effort.idle_seconds} s")
    with serving(bench.copy("idle")) as instance:
        time.sleep(SETTLE_SECONDS)
        before = instance.server.processor_seconds()
        time.sleep(bench.effort.idle_seconds)
        used = instance.server.processor_seconds() - before
    return [at_most("idle processor time", 100 * used / bench.effort.idle_seconds, 0.2, "%", digits=2)]


def start(bench: Bench) -> list[Row]:
    """Processor time from the start of the process to its first answer: a board, for somebody signed in before."""
    bench.say("start-up")
    data = bench.copy("start")
    with serving(data) as instance:
        message = instance.get(PROJECT)
    ours, bare = [], []
    for _ in range(bench.effort.starts):
        ours.append(_first_answer(servers.trackr(data), message))
        bare.append(_first_answer(bench.another_bare(), request("GET", "/board")))
    what = "start to first answer, processor time"
    return [at_most(what, median(ours), 1, "s", digits=2, bare=f"{median(bare):.2f} s")]


def _memory(bench: Bench, server: Server, requests: Iterator[bytes]) -> tuple[float, float]:
    time.sleep(SETTLE_SECONDS)
    resting = server.memory()
    with Peak(server) as peak:
        drive(server.port, requests, connections=TOGETHER, seconds=bench.effort.load_seconds)
    return resting, peak.megabytes


def _first_answer(server: Server, message: bytes) -> float:
    with server:
        answer = ask(server.port, message)
        used = server.processor_seconds()
    assert answer.status == 200, answer.head
    return used


def _mixed(instance: Instance) -> Iterator[bytes]:
    """What a busy hour asks for, in turns."""
    many = cycle([instance.board(), instance.ticket(), instance.list(), instance.meter(), instance.replies()])
    return chain.from_iterable(islice(requests, 1) for requests in many)


class Peak:
    """The most memory that a server takes while this context lasts, looked at many times a second."""

    def __init__(self, server: Server, every: float = 0.05) -> None:
        self._server = server
        self._every = every
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self.megabytes = 0.0

    def __enter__(self) -> "Peak":
        self._thread.start()
        return self

    def __exit__(self, *_problem: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(self._every):
            self.megabytes = max(self.megabytes, self._server.memory())

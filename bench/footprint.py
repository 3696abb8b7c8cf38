"""What an instance takes while it runs: memory, processor time at rest, processor time until its first answer."""

import threading
import time
from collections.abc import Iterator
from itertools import chain, cycle, islice
from statistics import median

from bench.bench import Bench
from bench.client import ask
from bench.instance import PROJECT, Instance, serving
from bench.load import drive
from bench.servers import Server, trackr
from bench.speed import TOGETHER
from bench.table import Row, at_most

SETTLE_SECONDS = 2  # after the sign-in, whose hash takes 19 MiB for a moment


def memory(bench: Bench) -> list[Row]:
    """PSS at rest and the most while eight connections read and write."""
    bench.say("memory")
    with serving(bench.copy("memory")) as instance:
        time.sleep(SETTLE_SECONDS)
        idle = instance.server.memory()
        with Peak(instance.server) as peak:
            number = bench.effort.replies
            drive(instance.port, islice(_mixed(instance), number), connections=TOGETHER)
    return [
        at_most("memory idle (PSS)", idle, 45, "MB", digits=1),
        at_most("memory under load (PSS)", peak.megabytes, 60, "MB", digits=1),
    ]


def idle(bench: Bench) -> list[Row]:
    bench.say(f"idle processor time, {bench.effort.idle_seconds} s")
    with serving(bench.data()) as instance:
        time.sleep(SETTLE_SECONDS)
        before = instance.server.processor_seconds()
        time.sleep(bench.effort.idle_seconds)
        used = instance.server.processor_seconds() - before
    return [at_most("idle processor time", 100 * used / bench.effort.idle_seconds, 0.2, "%", digits=2)]


def start(bench: Bench) -> list[Row]:
    """Processor time from the start of the process to its first answer, a board for somebody signed in before."""
    bench.say("start-up")
    with serving(bench.data()) as instance:
        message = instance.get(PROJECT)
    taken = []
    for _ in range(bench.effort.starts):
        with trackr(bench.data()) as server:
            assert ask(server.port, message).status == 200
            taken.append(server.processor_seconds())
    return [at_most("start to first answer, processor time", median(taken), 1, "s", digits=2)]


def _mixed(instance: Instance) -> Iterator[bytes]:
    """What a busy hour asks for: pages and pulses, and now and then a reply."""
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

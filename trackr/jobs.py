"""The work behind the pages: one thread that looks, every so often, at what is due by now, and does it.

Each job finds its work in the records themselves (a period that is over, a mail that waits) and marks it done in the
transaction that does it. So nothing is queued a second time, a kill loses nothing, what was missed while the program
was down is found at the next start, and of two processes on one instance the second finds nothing left to do.
"""

import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from trackr import log
from trackr.db import database
from trackr.mail import delivery, keys, listener, mailbox, outbox
from trackr.models import Acknowledgement, attachment, closing, passing, retention

WAKE_SECONDS = 2
STOP_SECONDS = 20  # for the job that runs when the server is told to stop
LONGEST_PAUSE_SECONDS = 3600  # between two tries of a job that fails, each of which waits twice as long

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Job:
    """`run` does all that is due by now. It is called at the start, and then so many seconds after it was done."""

    name: str
    seconds: float
    run: Callable[[], object]


JOBS = (
    Job("retention", 24 * 3600, retention.sweep),
    Job("sweep", 24 * 3600, attachment.sweep),
    Job("closing", 600, closing.close_due),
    Job("silence", 3600, Acknowledgement.by_silence),
    Job("settle", 600, passing.settle_all),
    Job("tell", 2, outbox.tell),
    Job("keys", 2, keys.mail_keys),
    Job("deliver", 2, delivery.deliver),
)


class Worker(threading.Thread):
    """Runs each job when its time has come, one after the other, until it is told to stop.

    A job that fails is logged and tried again, later each time; the others go on.
    """

    def __init__(self, jobs: Sequence[Job]) -> None:
        super().__init__(name="worker", daemon=True)
        self._next = dict.fromkeys(jobs, 0.0)  # by the clock that is never set back
        self._failures = dict.fromkeys(jobs, 0)
        self._stop_asked = threading.Event()

    def run(self) -> None:
        try:
            while not self._stop_asked.is_set():
                self.run_due(time.monotonic())
                self._stop_asked.wait(WAKE_SECONDS)
        finally:
            database.close()

    def run_due(self, elapsed: float) -> None:
        """Run the jobs whose time has come, `elapsed` seconds after an instant that stays the same."""
        for job, due in self._next.items():
            if due > elapsed or self._stop_asked.is_set():
                continue
            self._next[job] = elapsed + self._try(job)

    def stop(self) -> None:
        """Ask it to stop, and wait for the job that is running, STOP_SECONDS at most."""
        self._stop_asked.set()
        self.join(STOP_SECONDS)
        if self.is_alive():
            log.event(logger, "worker_left", level=logging.WARNING)

    def _try(self, job: Job) -> float:
        """Run it, and say in how many seconds it is due again."""
        try:
            job.run()
        except Exception:  # noqa: BLE001 (logged, and no reason to leave the others undone)
            self._failures[job] += 1
            pause = min(job.seconds * 2 ** self._failures[job], max(LONGEST_PAUSE_SECONDS, job.seconds))
            log.event(logger, "job_failed", level=logging.ERROR, exc_info=True, job=job.name, again_seconds=pause)
            return pause
        self._failures[job] = 0
        return job.seconds


@contextmanager
def at_work(bound: socket.socket | None = None) -> Iterator[None]:
    """Have a worker run beside what is done within, and mails be taken: from the mailbox, where there is one, and of
    who hands them over at the socket, where one is bound.
    """
    worker = Worker(JOBS)
    worker.start()
    takers = [taker for taker in (mailbox.watch(), listener.listen(bound)) if taker]
    try:
        yield
    finally:
        for taker in takers:
            taker.stop()
        worker.stop()

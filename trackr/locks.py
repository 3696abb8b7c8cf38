"""Locks between processes: files locked with flock, which the system releases whatever ends their holder."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from trackr.ownership import hand_over


class Busy(Exception):
    """Another process holds the lock."""


@contextmanager
def held(path: Path, *, shared: bool = False, wait: float = 0) -> Iterator[None]:
    """Hold the lock file at `path` (made if missing), alone or shared; raises Busy after `wait` seconds."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        hand_over(path)
        _take(handle, fcntl.LOCK_SH if shared else fcntl.LOCK_EX, time.monotonic() + wait)
        yield
    finally:
        os.close(handle)


def _take(handle: int, kind: int, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise Busy from None
            time.sleep(0.1)
        else:
            return

"""Servers as processes of their own: started, found by the address they print, looked at from outside, stopped."""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from trackr.serve import THREADS

ROOT = Path(__file__).parents[1]
STOP_SECONDS = 30


class DidNotStart(Exception):
    """What a server wrote in the place of its address."""


class Server:
    """A Python process that serves and prints its address. A context manager: stopped at its end."""

    def __init__(self, *arguments: str) -> None:
        self._arguments = [sys.executable, *arguments]
        self.port = 0

    def __enter__(self) -> Self:
        self._log: IO[str] = tempfile.TemporaryFile("w+", encoding="utf-8")
        environ = {name: value for name, value in os.environ.items() if not name.startswith("TRACKR_")}
        environ["MALLOC_ARENA_MAX"] = "1"  # as the unit in docs/install.md sets it
        self._process = subprocess.Popen(
            self._arguments, stdout=subprocess.PIPE, stderr=self._log, text=True, cwd=ROOT, env=environ
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:(\d+)", line)
        if address is None:
            self._process.kill()
            self._process.wait()
            raise DidNotStart(line + self.log())
        self.port = int(address[1])
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _problem: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        finally:
            self._process.kill()
            self._process.wait()
            assert self._process.stdout is not None
            self._process.stdout.close()
            self._log.close()

    def log(self) -> str:
        """What it wrote to standard error so far."""
        self._log.flush()
        self._log.seek(0)
        return self._log.read()

    def processor_seconds(self) -> float:
        """Processor time used so far, by its code and by the system for it, to the nanosecond."""
        # The clock of another process, as clock_getcpuclockid(3) makes its number, which Python does not offer.
        return time.clock_gettime((~self._process.pid << 3) | 2)

    def memory(self) -> float:
        """Memory that it takes (PSS: what it shares counts by its share), in MB of 1,000,000 bytes."""
        text = Path(f"/proc/{self._process.pid}/smaps_rollup").read_text()
        found = re.search(r"^Pss:\s+(\d+) kB$", text, re.MULTILINE)
        assert found is not None
        return int(found[1]) * 1024 / 1e6


def bare(database: Path, frames: Path, written: Path) -> Server:
    """The bare server, with as many threads as Trackr."""
    return Server("-m", "bench.bare", str(database), str(frames), str(written), str(THREADS))


def trackr(data: Path) -> Server:
    """Trackr as people run it, on a free port."""
    return Server("app.py", "--port", "0", "--data", str(data))

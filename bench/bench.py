"""What the parts of a run share: how thorough it is, the seeded folders, and the servers that stay up."""

import sys
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from shutil import copytree
from types import TracebackType
from typing import Self

from bench import instance
from bench.client import ask
from bench.frames import MARKS, write_frames
from bench.instance import PROJECT, Instance
from bench.servers import Server

TICKETS = 1000


@dataclass(frozen=True)
class Effort:
    """How thorough a run is. Seconds are those of one turn of one server."""

    rounds: int
    seconds: float
    growth: tuple[int, ...]  # how many times the data
    replies: int  # of eight writers at once
    idle_seconds: int
    starts: int


THOROUGH = Effort(rounds=24, seconds=0.25, growth=(10, 100), replies=5000, idle_seconds=30, starts=5)
QUICK = Effort(rounds=8, seconds=0.15, growth=(10,), replies=400, idle_seconds=5, starts=3)


class Bench:
    """One run. A context manager: its servers stop at its end."""

    def __init__(self, folder: Path, effort: Effort) -> None:
        self.folder = folder
        self.effort = effort
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def say(self, text: str) -> None:
        print(text, file=sys.stderr, flush=True)

    def data(self, scale: int = 1) -> Path:
        """The folder with so many times the data, made the first time."""
        return instance.make(self.folder, TICKETS * scale)

    def copy(self, name: str) -> Path:
        """The plain folder again, to be written to."""
        return Path(copytree(self.data(), self.folder / name))

    def serve(self, data: Path) -> Instance:
        """Trackr on that folder, until the end of the run."""
        return self._open.enter_context(instance.serving(data))

    @cached_property
    def trackr(self) -> Instance:
        """Trackr on the plain folder."""
        return self.serve(self.data())

    @cached_property
    def bare(self) -> Server:
        """The bare server on the same rows, its pages framed as Trackr's."""
        frames = self.folder / "frames"
        shown = {"board": PROJECT, "list": f"{PROJECT}/tickets", "ticket": f"/tickets/{self.trackr.numbers[0]}"}
        for name in MARKS:
            write_frames(frames, name, ask(self.trackr.port, self.trackr.get(shown[name])).text)
        files = (self.trackr.database, frames, self.folder / "bare.db")
        return self._open.enter_context(Server("-m", "bench.bare", *map(str, files)))

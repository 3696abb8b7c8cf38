"""What the parts of a run share: how thorough it is, the seeded folders, and the two servers that stay up."""

import shutil
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from bench import instance, servers
from bench.client import ask
from bench.frames import MARKS, write_frames
from bench.instance import PROJECT, Instance
from bench.servers import Server

TICKETS = 1000  # in the plain instance; 200 of them are open, however many times the data


@dataclass(frozen=True)
class Effort:
    """How thorough a run is. Every side of a comparison has its turn in each round."""

    rounds: int
    seconds: float  # of a turn
    growth: tuple[int, ...]  # how many times the data
    replies: int  # by eight writers at once
    load_seconds: int  # while memory is watched
    idle_seconds: int
    starts: int
    mails: int


THOROUGH = Effort(
    rounds=16, seconds=0.25, growth=(10, 100), replies=5000, load_seconds=20, idle_seconds=30, starts=5, mails=10_000
)
QUICK = Effort(rounds=6, seconds=0.1, growth=(10,), replies=200, load_seconds=3, idle_seconds=5, starts=2, mails=600)


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
        """What is being done, for whoever waits."""
        print(text, file=sys.stderr, flush=True)

    def data(self, scale: int = 1) -> Path:
        """The folder with so many times the data, made the first time."""
        data = self.folder / f"seeded-{scale}"
        if not data.exists():
            self.say(f"seeding {TICKETS * scale:,} tickets")
            instance.seed(data, TICKETS * scale)
        return data

    def copy(self, name: str) -> Path:
        """The plain folder as it was seeded, to be served and written to."""
        return Path(shutil.copytree(self.data(), self.folder / name))

    @cached_property
    def trackr(self) -> Instance:
        """Trackr on a plain folder that nobody writes to."""
        return self._open.enter_context(instance.serving(self.copy("read")))

    @cached_property
    def changing(self) -> Instance:
        """Trackr on another one, where a reply comes before each page."""
        return self._open.enter_context(instance.serving(self.copy("changing")))

    @cached_property
    def bare(self) -> Server:
        """The bare server on the same rows, its pages framed as Trackr's."""
        return self._open.enter_context(self.another_bare())

    def another_bare(self) -> Server:
        """A bare server that is not started yet."""
        return servers.bare(self.trackr.database, self.frames, self.folder / "written.db")

    @cached_property
    def frames(self) -> Path:
        """The folder with what stands around the rows of Trackr's pages."""
        folder = self.folder / "frames"
        shown = {"board": PROJECT, "list": f"{PROJECT}/tickets", "ticket": f"/tickets/{self.trackr.read[0]}"}
        for name in MARKS:
            write_frames(folder, name, ask(self.trackr.port, self.trackr.get(shown[name])).text)
        return folder

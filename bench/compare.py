"""Two servers or more, asked in turns: round after round, so that a noisy moment falls on all of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from statistics import median

from bench.figures import percentile, ratio
from bench.load import Timings, drive, drive_prepared
from bench.servers import Server


@dataclass(frozen=True)
class Ask:
    """Whom to ask, and what for."""

    server: Server
    requests: Iterator[bytes]
    status: int = 200  # of the answers
    before: Iterator[bytes] | None = None  # what is sent before each request, and is not timed


@dataclass
class Result:
    """What came of one of them, by round. Times are seconds."""

    rounds: list[Timings] = field(default_factory=list)

    @property
    def answers(self) -> list[list[float]]:
        return [timings.answers for timings in self.rounds]

    @property
    def p50(self) -> float:
        return median(chain.from_iterable(self.answers))

    @property
    def p95(self) -> float:
        return percentile(list(chain.from_iterable(self.answers)), 0.95)

    @property
    def rate(self) -> float:
        """Answers per second in the middle one of the rounds."""
        return median(timings.rate for timings in self.rounds)

    def times_slower(self, bare: "Result") -> float:
        """How many times the bare time an answer takes."""
        return ratio(self.answers, bare.answers)

    @property
    def processor(self) -> list[list[float]]:
        """Processor time of the server for an answer, by round."""
        return [[timings.processor / len(timings.answers)] for timings in self.rounds]

    def times_the_processor(self, bare: "Result") -> float:
        """How many times the bare processor time an answer takes: what else the machine does hardly disturbs it."""
        return ratio(self.processor, bare.processor)

    def times_the_rate(self, bare: "Result") -> float:
        """How many times the bare answers per second there are."""
        return ratio([[one.rate] for one in self.rounds], [[one.rate] for one in bare.rounds])


def take_turns(asks: Sequence[Ask], rounds: int, seconds: float, connections: int = 1) -> list[Result]:
    """Ask each for so many seconds, again and again; the order turns, so that none always follows the same other."""
    results = [Result() for _ in asks]
    pairs = list(zip(asks, results, strict=True))
    for number in range(rounds):
        turn = number % len(pairs)
        for ask, result in [*pairs[turn:], *pairs[:turn]]:
            result.rounds.append(_run(ask, seconds, connections))
    return results


def _run(ask: Ask, seconds: float, connections: int) -> Timings:
    port, used = ask.server.port, ask.server.processor_seconds
    if ask.before is not None:
        return drive_prepared(port, ask.before, ask.requests, seconds, used)
    before = used()
    timings = drive(port, ask.requests, status=ask.status, connections=connections, seconds=seconds)
    timings.processor = used() - before
    return timings

"""Whether it stays as quick: the same requests with 10 and 100 times the closed tickets, their comments and entries."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

from bench.compare import Ask, take_turns
from bench.instance import Instance, serving
from bench.run import Bench
from bench.table import Row, milliseconds, times

MOST = {10: 1.15, 100: 1.3}  # by how many times the data
# What walks through the open month again: of that too there is more where there is more data, so it has no aim.
FOLLOWS_THE_MONTH = {"late reply"}

# What is asked for, and the status of its answer. What writes comes last, so that the others see what was seeded.
ASKED: dict[str, tuple[Callable[[Instance], Iterator[bytes]], int]] = {
    "board": (Instance.board, 200),
    "ticket": (Instance.ticket, 200),
    "list": (Instance.list, 200),
    "pulse": (Instance.pulse, 204),
    "meter": (Instance.meter, 200),
    "reply": (Instance.replies, 200),
    "late reply": (Instance.late_replies, 200),
}
ANEW = ("board", "ticket", "list")  # asked for again after each reply, so that nothing is kept


def growth(bench: Bench) -> list[Row]:
    """All instances run side by side and take turns."""
    scales = bench.effort.growth
    with ExitStack() as stack:
        folders = [bench.copy("grown-from"), *map(bench.data, scales)]
        instances = [stack.enter_context(serving(data)) for data in folders]
        rows = []
        for name, (requests, status) in ASKED.items():
            rows += _beside(bench, name, [Ask(one.server, requests(one), status) for one in instances])
        for name in ANEW:
            requests, _ = ASKED[name]
            anew = [Ask(one.server, requests(one), before=one.replies()) for one in instances]
            rows += _beside(bench, f"{name} after a change", anew)
    return rows


def _beside(bench: Bench, name: str, asks: list[Ask]) -> list[Row]:
    bench.say(f"growth: {name}")
    plain, *larger = take_turns(asks, bench.effort.rounds, bench.effort.seconds)
    return [
        times(
            f"{name}, {scale} x the data",
            milliseconds(one.p50, one.p95),
            f"{milliseconds(plain.p50, plain.p95)} at 1 x",
            one.times_slower(plain),
            one.times_the_processor(plain),
            most=None if name in FOLLOWS_THE_MONTH else MOST[scale],
        )
        for scale, one in zip(bench.effort.growth, larger, strict=True)
    ]

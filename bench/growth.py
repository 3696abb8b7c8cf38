"""Whether it stays as quick: the same requests to instances with 10 and 100 times the closed tickets, comments, entries."""

from collections.abc import Callable, Iterator

from bench.bench import Bench
from bench.compare import Ask, take_turns
from bench.instance import Instance
from bench.table import Row, milliseconds, times

MOST = {10: 1.15, 100: 1.3}

# What is asked for, and the status of its answer. The last ones write, so that the others see what was seeded.
ASKED: dict[str, tuple[Callable[[Instance], Iterator[bytes]], int]] = {
    "board": (Instance.board, 200),
    "ticket": (Instance.ticket, 200),
    "list": (Instance.list, 200),
    "pulse": (Instance.pulse, 204),
    "meter": (Instance.meter, 200),
    "reply": (Instance.replies, 200),
}


def growth(bench: Bench) -> list[Row]:
    """All instances run side by side and take turns."""
    plain = bench.trackr
    larger = {times_more: bench.serve(bench.data(times_more)) for times_more in bench.effort.growth}
    rows = []
    for name, (requests, status) in ASKED.items():
        rows += _beside(bench, name, [Ask(one.port, requests(one), status) for one in (plain, *larger.values())])
    anew = [Ask(one.port, one.board(), before=one.replies()) for one in (plain, *larger.values())]
    return [*rows, *_beside(bench, "board after a change", anew)]


def _beside(bench: Bench, name: str, asks: list[Ask]) -> list[Row]:
    bench.say(f"growth: {name}")
    plain, *larger = take_turns(asks, bench.effort.rounds, bench.effort.seconds)
    return [
        times(
            f"{name}, {more} x the data",
            milliseconds(one.p50, one.p95),
            f"{milliseconds(plain.p50, plain.p95)} with 1 x",
            one.times_slower(plain),
            most=MOST[more],
        )
        for more, one in zip(bench.effort.growth, larger, strict=True)
    ]

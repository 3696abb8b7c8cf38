"""How quick pages and writes are, beside the bare limit of each."""

import gzip
from collections.abc import Callable, Iterator
from itertools import count, cycle, islice, repeat

from bench.client import ask, request
from bench.compare import Ask, Result, take_turns
from bench.instance import Instance, serving
from bench.load import drive
from bench.queries import counts
from bench.run import Bench
from bench.table import Row, at_most, milliseconds, per_second, times

TOGETHER = 8  # connections


def board(bench: Bench) -> list[Row]:
    trackr = bench.trackr
    body = ask(trackr.port, next(trackr.board())).body
    plain = ask(bench.bare.port, request("GET", "/board")).body
    return [
        *_page(bench, "board", trackr.board(), most=2, least=0.75),
        _anew(bench, "board", Instance.board),
        at_most("board: queries", counts(trackr.data)["board"], 8),
        at_most("board: HTML", len(body) / 1000, 70, "kB", digits=1, bare=f"{len(plain) / 1000:.1f} kB"),
        at_most("board: HTML, compressed", len(gzip.compress(body, 6)) / 1000, 9, "kB", digits=1),
    ]


def ticket(bench: Bench) -> list[Row]:
    return [
        *_page(bench, "ticket", bench.trackr.ticket(), most=2.2),
        _anew(bench, "ticket", Instance.ticket, most=2.2),
        at_most("ticket: queries", counts(bench.trackr.data)["ticket"], 10),
    ]


def tickets(bench: Bench) -> list[Row]:
    return [
        *_page(bench, "list", bench.trackr.list()),
        _anew(bench, "list", Instance.list),
        Row("list: queries", str(counts(bench.trackr.data)["list"])),
    ]


def pulse(bench: Bench) -> list[Row]:
    here = Ask(bench.trackr.server, bench.trackr.pulse(), status=204)
    there = Ask(bench.bare, repeat(request("GET", "/empty")), status=204)
    (ours, bare), (ours_at_once, bare_at_once) = _measure(bench, "pulse", [here, there])
    return [
        _times("pulse without news", ours, bare, most=1.5),
        _rates("pulse, 8 connections", ours_at_once, bare_at_once),
        at_most("pulse: queries, the session's too", counts(bench.trackr.data)["pulse"], 2),
    ]


def reply(bench: Bench) -> list[Row]:
    """A reply with time, alone and by eight writers; all that was acknowledged must be there afterwards."""
    bench.say("reply")
    number = bench.effort.replies
    what = f"{number:,} replies by {TOGETHER} writers"
    with serving(bench.copy("replies")) as trackr:
        here = Ask(trackr.server, trackr.replies())
        there = Ask(bench.bare, _bare_replies(trackr.written))
        alone, bare_alone = take_turns([here, there], bench.effort.rounds, bench.effort.seconds)
        before = trackr.count("comment")
        ours, bare = (
            drive(side.server.port, islice(side.requests, number), connections=TOGETHER, strict=False)
            for side in (here, there)
        )
        missing = number - (trackr.count("comment") - before)
    for problem in ours.errors[:3]:
        bench.say(problem)
    return [
        _times("reply with time, on disk", alone, bare_alone, most=3),
        times(what, per_second(ours.rate), per_second(bare.rate), ours.rate / bare.rate),
        at_most(f"{what}: errors, or not stored", max(missing, len(ours.errors)), 0),
    ]


def _page(
    bench: Bench, name: str, requests: Iterator[bytes], *, most: float | None = None, least: float | None = None
) -> list[Row]:
    """A page beside the bare pages of its rows, by Flask and by a callable, alone and at eight connections."""
    bare = (_bare_page(bench, path) for path in (name, f"raw/{name}"))
    alone, at_once = _measure(bench, name, [Ask(bench.trackr.server, requests), *bare])
    return [
        _times(name, *alone[:2], most=most),
        _times(f"{name}, beside a callable", alone[0], alone[2]),
        _rates(f"{name}, {TOGETHER} connections", *at_once[:2], least=least),
        _rates(f"{name}, {TOGETHER} connections, beside a callable", at_once[0], at_once[2]),
    ]


def _anew(
    bench: Bench, name: str, requests: Callable[[Instance], Iterator[bytes]], *, most: float | None = None
) -> Row:
    """A page when what is kept of it must be made anew: a reply to another ticket comes before each request."""
    bench.say(f"{name} after a change")
    here = Ask(bench.changing.server, requests(bench.changing), before=bench.changing.replies())
    ours, bare = take_turns([here, _bare_page(bench, name)], bench.effort.rounds, bench.effort.seconds)
    return _times(f"{name}, first after a change", ours, bare, most=most)


def _bare_page(bench: Bench, path: str) -> Ask:
    return Ask(bench.bare, cycle([request("GET", f"/{path}?number={number}") for number in bench.trackr.read]))


def _measure(bench: Bench, name: str, asks: list[Ask]) -> tuple[list[Result], list[Result]]:
    """One request after the other, and at eight connections."""
    bench.say(name)
    rounds, seconds = bench.effort.rounds, bench.effort.seconds
    # At once there is more to wait for: fewer turns, and longer ones.
    return take_turns(asks, rounds, seconds), take_turns(asks, rounds // 2, seconds * 2, TOGETHER)


def _times(what: str, ours: Result, bare: Result, *, most: float | None = None) -> Row:
    here, there = (milliseconds(result.p50, result.p95) for result in (ours, bare))
    return times(what, here, there, ours.times_slower(bare), ours.times_the_processor(bare), most=most)


def _rates(what: str, ours: Result, bare: Result, *, least: float | None = None) -> Row:
    return times(what, per_second(ours.rate), per_second(bare.rate), ours.times_the_rate(bare), least=least)


def _bare_replies(numbers: list[int]) -> Iterator[bytes]:
    for number, minutes in zip(cycle(numbers), count(1), strict=False):
        fields = {"number": str(number), "body": "Thank you, that was it.", "minutes": str(minutes % 60)}
        yield request("POST", "/reply", fields)

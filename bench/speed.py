"""How quick pages and writes are, beside the bare limit of each."""

import gzip
from collections.abc import Iterator
from itertools import count, cycle, islice, repeat

from bench.bench import Bench
from bench.client import ask, request
from bench.compare import Ask, Result, take_turns
from bench.load import drive
from bench.queries import counts
from bench.table import Row, at_most, milliseconds, times

TOGETHER = 8  # connections


def board(bench: Bench) -> list[Row]:
    trackr = bench.trackr
    body = ask(trackr.port, next(trackr.board())).body
    plain = ask(bench.bare.port, request("GET", "/board")).body
    return [
        *_page(bench, "board, 200 cards", trackr.board(), "board", most=2, least=0.75),
        _board_anew(bench),
        at_most("board: queries", counts(trackr.data)["board"], 8),
        at_most("board: HTML", len(body) / 1000, 70, "kB", digits=1, bare=f"{len(plain) / 1000:.1f} kB"),
        at_most("board: HTML, compressed", len(gzip.compress(body, 6)) / 1000, 9, "kB", digits=1),
    ]


def ticket(bench: Bench) -> list[Row]:
    return [
        *_page(bench, "ticket, 5 comments, 5 entries", bench.trackr.ticket(), "ticket", most=2.2),
        at_most("ticket: queries", counts(bench.trackr.data)["ticket"], 10),
    ]


def tickets(bench: Bench) -> list[Row]:
    return [
        *_page(bench, "list, 50 tickets", bench.trackr.list(), "list"),
        Row("list: queries", str(counts(bench.trackr.data)["list"])),
    ]


def pulse(bench: Bench) -> list[Row]:
    here = Ask(bench.trackr.port, bench.trackr.pulse(), status=204)
    there = Ask(bench.bare.port, repeat(request("GET", "/empty")), status=204)
    return [
        _alone(bench, "pulse without news", here, there, most=1.5),
        _together(bench, "pulse", here, there),
        at_most("pulse: queries, the session's too", counts(bench.trackr.data)["pulse"], 2),
    ]


def reply(bench: Bench) -> list[Row]:
    trackr = bench.serve(bench.copy("replies"))
    here = Ask(trackr.port, trackr.replies())
    there = Ask(bench.bare.port, _bare_replies(trackr.numbers))
    row = _alone(bench, "reply with time, on disk", here, there, most=3)
    number = bench.effort.replies
    ours, theirs = (
        drive(side.port, islice(side.requests, number), connections=TOGETHER, strict=False) for side in (here, there)
    )
    what = f"{number:,} replies by {TOGETHER} writers"
    for problem in ours.errors[:3]:
        bench.say(problem)
    lost = number - len(ours.answers) + len(ours.errors)
    return [
        row,
        times(what, _per_second(ours.rate), _per_second(theirs.rate), ours.rate / theirs.rate),
        at_most(f"{what}: errors", lost, 0),
    ]


def _page(
    bench: Bench, what: str, requests: Iterator[bytes], name: str, *, most: float | None = None, least: float | None = None
) -> list[Row]:
    """A page beside the bare pages of its rows, alone and at eight connections."""
    here = Ask(bench.trackr.port, requests)
    by_flask, by_strings = (
        Ask(bench.bare.port, cycle([request("GET", f"/{path}?number={number}") for number in bench.trackr.numbers]))
        for path in (name, f"raw/{name}")
    )
    return [
        _alone(bench, what, here, by_flask, most=most),
        _alone(bench, f"{name}: beside a bare callable", here, by_strings),
        _together(bench, name, here, by_flask, least=least),
        _together(bench, f"{name}, beside a bare callable", here, by_strings),
    ]


def _board_anew(bench: Bench) -> Row:
    """The board after a change: what is kept of it must be made anew."""
    here = Ask(bench.trackr.port, bench.trackr.board(), before=bench.trackr.replies())
    there = Ask(bench.bare.port, repeat(request("GET", "/board")))
    return _alone(bench, "board: first after a change", here, there)


def _alone(bench: Bench, what: str, here: Ask, there: Ask, *, most: float | None = None) -> Row:
    """One request after the other, in milliseconds."""
    bench.say(what)
    ours, bare = take_turns([here, there], bench.effort.rounds, bench.effort.seconds)
    return times(what, _time(ours), _time(bare), ours.times_slower(bare), most=most)


def _together(bench: Bench, what: str, here: Ask, there: Ask, *, least: float | None = None) -> Row:
    """At eight connections, in answers per second."""
    what = f"{what}, {TOGETHER} connections"
    bench.say(what)
    ours, bare = take_turns([here, there], bench.effort.rounds // 2, bench.effort.seconds * 2, TOGETHER)
    return times(what, _per_second(ours.rate), _per_second(bare.rate), ours.times_the_rate(bare), least=least)


def _time(result: Result) -> str:
    return milliseconds(result.p50, result.p95)


def _per_second(rate: float) -> str:
    return f"{rate:,.0f}/s"


def _bare_replies(numbers: list[int]) -> Iterator[bytes]:
    for number, minutes in zip(cycle(numbers), count(1)):
        fields = {"number": str(number), "body": "Thank you, that was it.", "minutes": str(minutes % 60)}
        yield request("POST", "/reply", fields)

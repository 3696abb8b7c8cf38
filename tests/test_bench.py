"""The tools of the benchmarks: a client that reads answers right, and the arithmetic of what they tell. Untimed."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import repeat
from pathlib import Path

import pytest

from bench.client import BadAnswer, Connection, Reader, request
from bench.compare import Result
from bench.figures import percentile, ratio
from bench.frames import MARKS, NoRows, cut
from bench.load import Timings, Unexpected, drive
from bench.table import BEGIN, END, at_most, markdown, times, write
from tests.conftest import SignIn
from tests.people import Cast

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Name: it\r\n\r\nhello"
EMPTY = b"HTTP/1.1 204 NO CONTENT\r\nX-Name: it\r\n\r\n"
LAST = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello"
BROKEN = b"HTTP/1.1 500 SORRY\r\nContent-Length: 0\r\n\r\n"


@contextmanager
def answering(answer: bytes, times: int = 1) -> Iterator[int]:
    """A server on this port that answers so many requests on each connection, then closes it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    for _ in range(times):
                        if connection.recv(65536):
                            connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)
    thread.join()


def test_an_answer_is_whole_however_it_arrives() -> None:
    for piece in range(1, len(ANSWER)):
        reader = Reader()
        parts = [ANSWER[start : start + piece] for start in range(0, len(ANSWER), piece)]
        answers = [reader.feed(part) for part in parts]
        assert answers[:-1] == [None] * (len(parts) - 1)
        assert answers[-1] is not None and (answers[-1].status, answers[-1].text) == (200, "hello")


def test_an_answer_without_a_body_ends_with_its_headers() -> None:
    reader = Reader()
    for _ in range(2):
        answer = reader.feed(EMPTY)
        assert answer is not None and (answer.status, answer.body, answer.header("x-name")) == (204, b"", "it")


@pytest.mark.parametrize(
    "data", [ANSWER + b"more", b"SSH-2.0-OpenSSH\r\n\r\n", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"]
)
def test_what_cannot_be_read_is_no_answer(data: bytes) -> None:
    with pytest.raises(BadAnswer):
        Reader().feed(data)


def test_a_form_is_sent_with_its_length() -> None:
    message = request("POST", "/reply", {"body": "é & more"}, HX_Request="true")
    head, _, body = message.partition(b"\r\n\r\n")
    assert body == b"body=%C3%A9+%26+more"
    assert head.startswith(b"POST /reply HTTP/1.1\r\n") and b"\r\nHX-Request: true\r\n" in head
    assert head.endswith(b"\r\nContent-Length: %d" % len(body))


def test_a_connection_that_the_server_closes_is_made_anew() -> None:
    with answering(LAST) as port, Connection(port) as connection:
        answers = [connection.ask(request("GET", "/")) for _ in range(3)]
    assert [answer.text for answer in answers] == ["hello"] * 3


def test_every_request_is_answered_once() -> None:
    with answering(ANSWER, times=100) as port:
        timings = drive(port, iter([request("GET", "/")] * 20))
    assert (len(timings.answers), timings.errors) == (20, [])
    assert 0 < sum(timings.answers) <= timings.took


def test_an_answer_with_another_status_is_an_error() -> None:
    with answering(BROKEN, times=100) as port:
        with pytest.raises(Unexpected, match="500"):
            drive(port, iter([request("GET", "/")]))
        counted = drive(port, iter([request("GET", "/")] * 2), strict=False)
    assert len(counted.errors) == 2


def test_a_connection_that_breaks_is_counted_and_the_run_goes_on_to_its_end() -> None:
    with answering(ANSWER, times=3) as port:
        timings = drive(port, repeat(request("GET", "/"), 10), strict=False)
    assert (len(timings.answers), len(timings.errors)) == (3, 1)


def test_a_percentile_is_one_of_the_values() -> None:
    values = [float(value) for value in range(20, 0, -1)]
    assert [percentile(values, share) for share in (0, 0.05, 0.5, 0.95, 1)] == [1, 1, 10, 19, 20]
    assert percentile([float(value) for value in range(30)], 0.1) == 2
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)


def test_a_ratio_is_that_of_the_middle_round() -> None:
    # One round of three was disturbed on both sides, one on the measured side alone.
    assert ratio([[2.0, 2.0], [8.0], [40.0]], [[1.0], [4.0, 4.0], [2.0]]) == 2


def test_rates_compare_by_round_too() -> None:
    ours, bare = (
        Result([Timings(answers=[0.1] * count, took=1.0) for count in counts])
        for counts in ([30, 60, 10], [10, 20, 10])
    )
    assert (ours.times_the_rate(bare), ours.rate, ours.p50) == (3, 30, 0.1)


def test_a_row_says_whether_its_aim_is_reached() -> None:
    rows = [
        at_most("size", 70.04, 70, "kB", digits=1),
        times("page", "2 ms", "1 ms", 2.0, most=2),
        times("rate", "3/s", "5/s", 0.6, least=0.75),
        times("other", "3/s", "5/s", 0.6),
    ]
    assert [row.is_reached for row in rows] == [False, True, False, None]
    assert "| size  | 70.0 kB  |      |       |              | at most 70 kB | **over** |" in markdown(rows)


def test_the_table_takes_the_place_of_the_last_one(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    write(page, r"new \1")
    assert page.read_text(encoding="utf-8") == f"before\n{BEGIN}\nnew \\1\n{END}\nafter\n"
    page.write_text("no marks", encoding="utf-8")
    with pytest.raises(ValueError, match="once"):
        write(page, "new")


def test_the_rows_of_every_measured_page_can_be_cut_out(people: Cast, sign_in: SignIn) -> None:
    ticket = people.ticket(title="Where the rows are")
    people.comment(ticket, text="What the rows say")
    addresses = {"board": "/projects/intranet", "list": "/projects/intranet/tickets", "ticket": f"/tickets/{ticket.id}"}
    told = {"board": "Where the rows are", "list": "Where the rows are", "ticket": "What the rows say"}
    assert addresses.keys() == MARKS.keys()
    for name, address in addresses.items():
        page = sign_in(people.sam).get(address).text
        before, after = cut(name, page)
        assert page.startswith(before) and page.endswith(after)
        assert told[name] in page[len(before) : -len(after)]
        assert told[name] not in after
    with pytest.raises(NoRows):
        cut("board", "<p>another page</p>")

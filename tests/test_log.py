"""Log lines: one a line, key=value, and what comes from outside neither breaks out nor lets anyone in."""

import io
import logging
from collections.abc import Iterator

import pytest

from trackr import log

logger = logging.getLogger("trackr.test")


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the tested lines are written to, without the time at their head."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(log.Logfmt())
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield stream
    logger.removeHandler(handler)


def line(stream: io.StringIO) -> str:
    (whole,) = stream.getvalue().splitlines()
    time, _, rest = whole.partition(" ")
    assert time.startswith("ts=20")
    assert time.endswith("Z")
    return rest


def test_an_event_is_a_line_of_fields(written: io.StringIO) -> None:
    log.event(logger, "request", method="GET", path="/tickets/12", status=200, ms=8.2, htmx=False, person=None)
    assert line(written) == "level=info event=request method=GET path=/tickets/12 status=200 ms=8.2 htmx=false"


def test_a_line_of_a_library_is_an_event_too(written: io.StringIO) -> None:
    logger.warning("%d things, 100%% odd", 3)
    assert line(written) == 'level=warning event=trackr.test message="3 things, 100% odd"'


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("two words", '"two words"'),
        ("", '""'),
        ("a=b", '"a=b"'),
        ('say "hi"\\', r'"say \"hi\"\\"'),
        ("x\nts=1 event=forged", r'"x\nts=1 event=forged"'),
        ("x\r\u2028\x85y", r'"x\r\u2028\x85y"'),
        ("\x1b[31mred\x07", r'"\x1b[31mred\x07"'),
        ("\u202egnp.exe", r'"\u202egnp.exe"'),
        ("\ud800", r'"\ud800"'),
        ("Zoé à l'été", '"Zoé à l\'été"'),
    ],
)
def test_a_value_stays_in_its_place(written: io.StringIO, value: str, shown: str) -> None:
    log.event(logger, "seen", value=value)
    assert line(written) == f"level=info event=seen value={shown}"


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/search?q=secret", "/search?[hidden]"),
        ("/sign-in/Vb7xq2LkPz0aRt5YwN3mCg", "/sign-in/[hidden]"),
        ("/sign-in/eyJhIjoxfQ.aGVsbG8.c2VjcmV0c2VjcmV0/x", "/sign-in/[hidden]/x"),
        ("/invitations/0123456789abcdef0123456789abcdef", "/invitations/[hidden]"),
        ("/feeds/vZ4m0Xq-Ty6pW_rN1sK8bA3cL5dE7fG9hJ2iU0oQxYk.ics", "/feeds/[hidden]"),
        ("/projects/a-project-with-a-long-name/tickets", "/projects/a-project-with-a-long-name/tickets"),
    ],
)
def test_what_lets_one_in_is_not_written_down(written: io.StringIO, path: str, shown: str) -> None:
    log.event(logger, "request", path=path)
    logger.error("Exception while serving %s", path)
    first, second = written.getvalue().splitlines()
    assert f"path={shown}" in first
    assert f'message="Exception while serving {shown}"' in second


def test_a_password_in_an_address_is_not_written_down(written: io.StringIO) -> None:
    log.event(logger, "mail", server="smtp://olive:sesame@example.org")
    assert line(written) == "level=info event=mail server=smtp://***@example.org"


def test_a_traceback_stays_on_its_line(written: io.StringIO) -> None:
    try:
        raise ValueError("two\nlines")
    except ValueError:
        log.event(logger, "failed", level=logging.ERROR, exc_info=True)
    assert line(written).startswith(r'level=error event=failed traceback="Traceback (most recent call last):\n')
    assert line(written).endswith(r'ValueError: two\nlines"')


def test_a_flood_is_cut(written: io.StringIO) -> None:
    log.event(logger, "request", path="/" + "a b" * 100_000)
    assert len(line(written)) < 5000

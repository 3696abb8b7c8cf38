"""A server that is killed in the middle of writes, again and again, keeps everything that it has acknowledged."""

import http.client
import shutil
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from threading import Event

import pytest

from tests.people import PASSWORD, cast
from tests.served import SECONDS, Answer, Visit, log_of, started, started_often
from trackr import db
from trackr.doctor import Verdict, examine
from trackr.settings import Settings

KILLS = 50
KILLS_WITH_FILES = 12
WRITERS = 3  # beside the one thread of the server that is left for others
LONGEST = 300  # seconds for all of it; a machine with nothing else to do takes about one


@pytest.fixture
def data(empty_instance: Path, tmp_path: Path) -> Iterator[Path]:
    """An instance with packs that will be used up, time within review, and Sam, who can sign in."""
    data = tmp_path / "data"
    shutil.copytree(empty_instance, data)
    db.open_database(Settings.load({}, data))
    people = cast()
    people.sam.set_password(PASSWORD)
    people.sam.save()
    people.intranet.change(people.olive, review_hours=1)
    for hours in (5, 20, 40):
        people.pack(hours, bought_on=people.intranet.today() - timedelta(days=30))
    for _ in range(WRITERS):
        people.ticket()
    db.database.close()
    yield data
    db.database.close()


class Writer:
    """Writes replies with time on one ticket. Text and form key of a reply tell it from all others."""

    def __init__(self, ticket: int) -> None:
        self.ticket = ticket
        self.acknowledged: list[str] = []
        self._random = Random(ticket)
        self._waiting: dict[str, str] = {}  # sent, and not answered

    def write(self, port: int, cookie: str, begun: Event) -> bool:
        """Write until the server is gone. True if a reply was under way then. `begun` is set by the first answer."""
        try:
            with Visit(port, cookie) as visit:
                while True:
                    again = bool(self._waiting)
                    self._waiting = self._waiting or self._reply()
                    answer = self.send(visit, self._waiting)
                    # One that was stored before the kill is not stored twice when it is sent again.
                    assert answer.status == 303 or (again and answer.status == 422), answer
                    self.acknowledged.append(self._waiting["body"])
                    self._waiting = {}
                    begun.set()
        except (OSError, http.client.HTTPException):
            return bool(self._waiting)
        finally:
            begun.set()  # a writer that fails is not waited for

    def send(self, visit: Visit, reply: dict[str, str]) -> Answer:
        return visit.post(f"/tickets/{self.ticket}/comments", **reply)

    def _reply(self) -> dict[str, str]:
        minutes = self._random.randrange(10, 60)
        body = f"{minutes} min of work, reply {len(self.acknowledged)} on ticket {self.ticket}"
        reply = {"body": body, "duration": f"{minutes}m", "form_key": f"{self.ticket}-{len(self.acknowledged)}"}
        if self._random.random() < 0.04:  # for a day before: what came after it is drawn anew
            reply["day"] = (datetime.now(UTC) - timedelta(days=self._random.randrange(1, 4))).date().isoformat()
        return reply


class Sender(Writer):
    """Writes replies that bring a file each, whose content says which reply it is of."""

    def send(self, visit: Visit, reply: dict[str, str]) -> Answer:
        content = f"{reply['body']}\n".encode() * 2000
        return visit.upload(f"/tickets/{self.ticket}/comments", "plan.txt", content, **reply)


def assert_kept(data: Path, writers: list[Writer]) -> None:
    """Every acknowledged reply is there with its time, nothing is there by half or twice, and the hours add up."""
    address = f"{(data / 'trackr.db').as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as connection, connection:

        def ask(query: str) -> list[tuple[object, ...]]:
            return connection.execute(query).fetchall()

        assert ask("PRAGMA integrity_check") == [("ok",)]
        replies = ask("SELECT body, spent_minutes FROM comment LEFT JOIN entry ON entry.comment_id = comment.id")
        texts = [str(body) for body, _ in replies]
        assert {text for writer in writers for text in writer.acknowledged} <= set(texts)
        assert len(texts) == len(set(texts))
        assert [(body, spent) for body, spent in replies if not str(body).startswith(f"{spent} min")] == []
        assert ask("SELECT id FROM entry WHERE comment_id IS NULL") == []
        assert ask("SELECT SUM(valued_minutes) FROM entry") == ask(
            "SELECT -SUM(minutes) FROM ledger_line WHERE kind IN ('drawn', 'overdrawn')"
        )
        assert ask("SELECT SUM(minutes) FROM ledger_line") == ask(
            "SELECT (SELECT SUM(left_minutes) FROM purchase) - (SELECT SUM(deficit_minutes) FROM meter)"
        )


def assert_files_kept(data: Path) -> None:
    """Every reply has its file, and every file is whole; what else there is belongs to nobody, and is harmless."""
    address = f"{(data / 'trackr.db').as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as connection, connection:
        rows = connection.execute(
            "SELECT body, digest, size FROM comment LEFT JOIN attachment ON attachment.comment_id = comment.id"
        ).fetchall()
    for body, digest, size in rows:
        content = (data / "files" / digest[:2] / digest).read_bytes()
        assert (content, len(content)) == (f"{body}\n".encode() * 2000, size)
        assert sha256(content).hexdigest() == digest


def wrongs(data: Path) -> list[str]:
    return [str(finding) for finding in examine({}, data) if finding.verdict is Verdict.WRONG]


def test_what_was_acknowledged_outlives_fifty_kills(data: Path) -> None:
    random, began = Random(50), time.monotonic()
    writers = [Writer(ticket) for ticket in range(1, WRITERS + 1)]
    under_way = 0
    with started(data) as (_, port), Visit(port) as visit:
        cookie = visit.sign_in("sam@cobalt.example")
    for number in range(1, KILLS + 1):
        with started_often(data) as (process, port), ThreadPoolExecutor(WRITERS) as pool:
            assert_kept(data, writers)
            if number % 10 == 0:
                assert wrongs(data) == []
            begun = Event()
            writing = [pool.submit(writer.write, port, cookie, begun) for writer in writers]
            assert begun.wait(SECONDS)
            time.sleep(random.uniform(0, 0.25))
            process.kill()
            under_way += sum(written.result() for written in writing)
        assert time.monotonic() - began < LONGEST, f"only {number} kills in {LONGEST} s"
    with started(data):
        assert_kept(data, writers)
        assert wrongs(data) == []
    assert sum(len(writer.acknowledged) for writer in writers) > KILLS
    assert under_way > KILLS
    assert "event=fault" not in log_of(data).read_text()


def test_what_was_acknowledged_with_a_file_outlives_kills_too(data: Path) -> None:
    random = Random(51)
    senders = [Sender(ticket) for ticket in range(1, WRITERS + 1)]
    with started(data) as (_, port), Visit(port) as visit:
        cookie = visit.sign_in("sam@cobalt.example")
    for _ in range(KILLS_WITH_FILES):
        with started_often(data) as (process, port), ThreadPoolExecutor(WRITERS) as pool:
            begun = Event()
            writing = [pool.submit(sender.write, port, cookie, begun) for sender in senders]
            assert begun.wait(SECONDS)
            time.sleep(random.uniform(0, 0.25))
            process.kill()
            wait(writing)
        assert_kept(data, list(senders))
        assert_files_kept(data)
    assert wrongs(data) == []
    assert sum(len(sender.acknowledged) for sender in senders) > KILLS_WITH_FILES
    assert "event=fault" not in log_of(data).read_text()

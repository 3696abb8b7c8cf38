"""What the machine can do to Trackr: a start that cannot work is one line, and a disk that is full loses nothing.

More that stands in the way of a start is in tests/test_serve.py, with a small application, and tests/test_database.py.
"""

import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest
from flask import Request

from tests.conftest import SignIn
from tests.people import PASSWORD, Cast, cast
from tests.served import ROOT, SECONDS, Visit, clean, log_of, started
from trackr import db, sqlite
from trackr.db import database
from trackr.files import store
from trackr.locks import held
from trackr.models import Attachment, Comment, Entry, Event, Line, Ticket
from trackr.settings import Settings

SERVE = [sys.executable, "-m", "trackr", "serve", "--port", "0", "--data"]

# The real command as a user who may not write everywhere; what it is made of is read while it still may.
AS_SOMEBODY = """
import os
import trackr.backup, trackr.cli, trackr.demo, trackr.enrol, trackr.jobs, trackr.seed, trackr.serve
if os.geteuid() == 0:
    os.seteuid(65534)
trackr.cli.main()
"""
SERVE_AS_SOMEBODY = [sys.executable, "-c", AS_SOMEBODY, *SERVE[3:]]


def refusal(command: list[str], data: Path, before: Callable[[], None] | None = None) -> str:
    """The one line of a start that did not succeed. `before` is called in the new process."""
    done = subprocess.run(
        [*command, str(data)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=clean(),
        timeout=SECONDS,
        preexec_fn=before,
    )
    assert (done.returncode, done.stdout) == (1, ""), done.stderr
    line = [each for each in done.stderr.splitlines() if not each.startswith("ts=")]
    assert len(line) == 1, done.stderr
    return line[0]


def largest_file(size: int) -> Callable[[], None]:
    """A disk that has room for files of that many bytes."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that others can reach, unlike those of pytest."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield folder
        folder.chmod(0o700)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_folder_that_cannot_be_written(folder: Path) -> None:
    folder.chmod(0o555)
    assert refusal(SERVE_AS_SOMEBODY, folder) == f"trackr: TRACKR_DATA is '{folder}': this user cannot write there"
    assert names(folder) == set()


def test_a_folder_that_cannot_be_made(folder: Path) -> None:
    folder.chmod(0o555)
    assert "Permission denied" in refusal(SERVE_AS_SOMEBODY, folder / "new")


def test_a_secret_that_cannot_be_read(folder: Path, empty_instance: Path) -> None:
    shutil.copytree(empty_instance, folder, dirs_exist_ok=True)
    folder.chmod(0o777)
    (folder / "secret_key").chmod(0)
    assert "secret_key cannot be read" in refusal(SERVE_AS_SOMEBODY, folder)


def test_a_database_of_another_program(empty_instance: Path, tmp_path: Path) -> None:
    data = Path(shutil.copytree(empty_instance, tmp_path / "data"))
    with closing(sqlite3.connect(data / "trackr.db")) as other:
        other.execute("PRAGMA application_id = 7")
    content = (data / "trackr.db").read_bytes()
    assert "is the database of another program. Nothing was changed." in refusal(SERVE, data)
    assert (data / "trackr.db").read_bytes() == content


def test_a_backup_that_is_being_restored(empty_instance: Path, tmp_path: Path) -> None:
    data = Path(shutil.copytree(empty_instance, tmp_path / "data"))
    with held(data / "serve.lock"):
        assert "a backup is being restored" in refusal(SERVE, data)


@pytest.mark.parametrize(("room", "said"), [(0, "secret_key cannot be read or made"), (4096, "the disk is full")])
def test_a_disk_that_is_full_from_the_start_on(tmp_path: Path, room: int, said: str) -> None:
    data = tmp_path / "data"
    assert said in refusal(SERVE, data, largest_file(room))
    with started(data) as (_, port), Visit(port) as visit:  # once there is room again
        assert visit.get("/setup").status == 200


@pytest.fixture
def data(empty_instance: Path, tmp_path: Path) -> Iterator[Path]:
    """An instance with a pack, a ticket, and Sam, who can sign in."""
    data = Path(shutil.copytree(empty_instance, tmp_path / "data"))
    db.open_database(Settings.load({}, data))
    people = cast()
    people.sam.set_password(PASSWORD)
    people.sam.save()
    people.pack()
    people.ticket()
    yield data
    database.close()


def counts() -> list[int]:
    return [model.select().count() for model in (Comment, Entry, Event, Line)]


def test_a_disk_that_becomes_full_while_people_write(data: Path) -> None:
    with started(data) as (process, port), Visit(port) as visit:
        visit.sign_in("sam@cobalt.example")
        assert visit.post("/tickets/1/comments", body="Before", duration="15m").status == 303
        before = counts()
        # No file may grow beyond what the journal has now.
        full = (data / "trackr.db-wal").stat().st_size
        unlimited = resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (full, resource.RLIM_INFINITY))
        for _ in range(6):  # more than there are threads
            answer = visit.post("/tickets/1/comments", body="Meanwhile", duration="15m")
            assert answer.status == 500
            assert "Nothing that was saved is lost" in answer.text
        assert counts() == before
        assert visit.get("/tickets/1").status == 200
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, unlimited)
        assert visit.post("/tickets/1/comments", body="After", duration="15m").status == 303
        assert "Meanwhile" not in visit.get("/tickets/1").text
    assert counts() == [2, 2, before[2] + 2, 3]
    faults = [line for line in log_of(data).read_text().splitlines() if "event=fault" in line]
    assert len(faults) == 6
    assert all("disk I/O error" in line for line in faults)


def test_a_disk_that_becomes_full_while_a_file_is_sent(data: Path) -> None:
    with started(data) as (process, port), Visit(port) as visit:
        visit.sign_in("sam@cobalt.example")
        before = [*counts(), Attachment.select().count()]
        # What is written meanwhile is less than waitress and werkzeug lay down on the disk themselves.
        unlimited = resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
        answer = visit.upload("/tickets/1/comments", "plan.pdf", b"x" * 400_000, body="Nearly sent")
        assert answer.status == 422
        assert "The disk of this instance is full: nothing was saved." in answer.text and "Nearly sent" in answer.text
        assert [*counts(), Attachment.select().count()] == before
        assert [path for path in (data / "files").rglob("*") if path.is_file()] == []
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, unlimited)
        assert visit.upload("/tickets/1/comments", "plan.pdf", b"x" * 400_000, body="After").status == 303
    assert Attachment.select().count() == 1
    assert "event=disk_full" in log_of(data).read_text()


def test_a_disk_that_has_no_room_to_take_a_form_apart(
    ticket: Ticket, people: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Request, "_get_file_stream", full)
    files = {"body": "Hello", "files": (BytesIO(b"A plan"), "plan.pdf")}
    answer = sign_in(people.sam).post(f"/tickets/{ticket.id}/comments", data=files)
    assert answer.status_code == 507 and "The disk of this instance is full" in answer.text
    assert Comment.select().count() == 0


def test_a_database_that_is_full_leaves_no_file_behind(ticket: Ticket, people: Cast, sign_in: SignIn) -> None:
    reply = {"body": "A long story. " * 5000, "files": (BytesIO(b"A plan"), "plan.pdf")}
    database.pragma("max_page_count", database.pragma("page_count"))
    answer = sign_in(people.sam).post(f"/tickets/{ticket.id}/comments", data=reply)
    assert answer.status_code == 500
    assert Attachment.select().count() == 0
    assert list(store.digests()) == []


@pytest.fixture
def ticket(people: Cast) -> Ticket:
    people.pack()
    return people.ticket()


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "htmx"])
def test_a_database_that_is_full_refuses_a_reply_whole(
    ticket: Ticket, people: Cast, sign_in: SignIn, headers: dict[str, str]
) -> None:
    client = sign_in(people.sam)
    reply = {"body": "A long story. " * 5000, "duration": "15m"}
    before = counts()
    database.pragma("max_page_count", database.pragma("page_count"))
    answer = client.post(f"/tickets/{ticket.id}/comments", data=reply, headers=headers)
    assert answer.status_code == 500
    assert "Nothing that was saved is lost" in answer.text
    assert counts() == before
    assert client.get(f"/tickets/{ticket.id}").status_code == 200
    database.pragma("max_page_count", 2**30)
    assert client.post(f"/tickets/{ticket.id}/comments", data=reply, headers=headers).status_code in (200, 303)
    assert counts() == [1, 1, before[2] + 2, before[3] + 1]


def test_a_database_that_another_program_keeps_locked_refuses_a_reply_whole(
    ticket: Ticket, people: Cast, sign_in: SignIn, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.1)
    database.close()
    db.open_database(settings)
    client, before = sign_in(people.sam), counts()
    with closing(sqlite3.connect(settings.database_path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert client.get(f"/tickets/{ticket.id}").status_code == 200
        assert client.post(f"/tickets/{ticket.id}/comments", data={"body": "Hello"}).status_code == 500
    assert counts() == before
    assert client.post(f"/tickets/{ticket.id}/comments", data={"body": "Hello"}).status_code == 303

"""`trackr serve` starts from an empty folder, says in a line what is in the way, and stops without losing a request."""

import http.client
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest

from trackr import serve
from trackr.db import CannotStart, migrate, open_database
from trackr.serve import listen
from trackr.settings import Settings

ROOT = Path(serve.__file__).parents[1]

# The real command with a small application in the place of Trackr's, and a table in the place of its tables.
PROGRAM = """
import sys, threading, time
from pathlib import Path
import trackr
from trackr import paths, sqlite

paths.migrations = Path(sys.argv[1])
sqlite.BUSY_SECONDS = 3
freed = threading.Event()

def app(environ, start_response):
    from trackr.db import database

    path = environ["PATH_INFO"]
    length = int(environ.get("CONTENT_LENGTH") or 0)
    body = str(len(environ["wsgi.input"].read(length))).encode()
    if path == "/slow":
        time.sleep(0.5)
    if path == "/hold":
        body = b"let go" if freed.wait(20) else b"forgotten"
    if path == "/free":
        freed.set()
    if path == "/large":
        body = b"x" * 8_000_000
    if path == "/write":
        database.connect(reuse_if_open=True)
        database.execute_sql("INSERT INTO entry VALUES (?)", (environ["QUERY_STRING"],))
    if path == "/broken":
        raise RuntimeError("sesame")
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]

trackr.create_app = lambda settings: app
from trackr import jobs
from trackr.cli import main

jobs.JOBS = ()  # which know other tables
main(sys.argv[2:])
"""


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    folder = tmp_path / "migrations"
    folder.mkdir()
    text = "def up(migrator, db):\n    db.execute_sql('CREATE TABLE entry (name TEXT)')\n"
    (folder / "0001_entries.py").write_text(text)
    return folder


def command(migrations: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-c", PROGRAM, str(migrations), *arguments]


def clean() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("TRACKR_")}


@contextmanager
def running(migrations: Path, data: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A server process and its port; killed at the end, should it still run."""
    arguments = command(migrations, "serve", "--port", "0", "--data", str(data))
    pipe = subprocess.PIPE
    with subprocess.Popen(arguments, stdout=pipe, stderr=pipe, text=True, cwd=ROOT, env=clean()) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            address = re.search(r"http://127\.0\.0\.1:(\d+)", line)
            assert address is not None, (line, process.stderr and process.stderr.read())
            yield process, int(address[1])
        finally:
            process.kill()


def get(port: int, path: str) -> tuple[int, bytes]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()


def ask(port: int, text: str) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=30)
    connection.sendall(text.replace("\n", "\r\n").encode())
    return connection


def read_all(connection: socket.socket) -> bytes:
    with connection, connection.makefile("rb") as stream:
        return stream.read()


def stop(process: subprocess.Popen[str], number: int = signal.SIGTERM) -> tuple[int, str]:
    """Its exit code and its log."""
    process.send_signal(number)
    _, log = process.communicate(timeout=30)
    return process.returncode, log


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_instance_starts_from_nothing_and_stops_when_told(migrations: Path, tmp_path: Path, number: int) -> None:
    with running(migrations, tmp_path / "data") as (process, port):
        assert get(port, "/") == (200, b"0")
        names = {path.name for path in (tmp_path / "data").iterdir()}
        assert {"trackr.db", "secret_key"} < names
        code, log = stop(process, number)
    assert code == 0
    events = re.findall(r"^ts=\S+Z level=info event=(\w+)", log, re.MULTILINE)
    assert events == ["migrated", "serving", "stopping", "stopped"]
    assert len(log.splitlines()) == 4
    # The journal is folded in: the database is the one file again.
    assert not (tmp_path / "data" / "trackr.db-wal").exists()


def test_a_slow_request_holds_nobody_up(migrations: Path, tmp_path: Path) -> None:
    with running(migrations, tmp_path / "data") as (_, port), ThreadPoolExecutor(1) as pool:
        held = pool.submit(get, port, "/hold")
        time.sleep(0.1)
        assert get(port, "/free") == (200, b"0")
        assert held.result() == (200, b"let go")


def test_requests_that_run_or_wait_at_the_stop_are_answered(migrations: Path, tmp_path: Path) -> None:
    with running(migrations, tmp_path / "data") as (process, port), ThreadPoolExecutor(12) as pool:
        answers = [pool.submit(get, port, "/slow") for _ in range(12)]
        time.sleep(0.25)
        code, log = stop(process)
        assert [answer.result() for answer in answers] == [(200, b"0")] * 12
        assert code == 0
        assert "unanswered=0" in log
        with pytest.raises(ConnectionRefusedError):
            get(port, "/")


def test_requests_sent_at_the_moment_of_the_stop_are_answered_or_refused(migrations: Path, tmp_path: Path) -> None:
    acknowledged: list[str] = []

    def write(number: int) -> None:
        try:
            if get(port, f"/write?{number}")[0] == 200:
                acknowledged.append(str(number))
        except ConnectionError:
            return  # after the stop; what is refused is not written either

    with running(migrations, tmp_path / "data") as (process, port), ThreadPoolExecutor(8) as pool:
        writes = [pool.submit(write, number) for number in range(500)]
        time.sleep(0.3)
        assert stop(process)[0] == 0
        for written in writes:
            written.result()
    assert acknowledged
    assert sorted(entries(tmp_path / "data")) == sorted(acknowledged)


def test_a_large_answer_to_a_slow_reader_is_finished(migrations: Path, tmp_path: Path) -> None:
    with running(migrations, tmp_path / "data") as (process, port):
        connection = ask(port, "GET /large HTTP/1.1\nHost: localhost\n\n")
        time.sleep(0.2)
        process.terminate()
        time.sleep(0.5)
        head, _, body = read_all(connection).partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200 OK")
        assert len(body) == 8_000_000
        assert process.wait(timeout=10) == 0


def test_a_request_that_is_half_sent_at_the_stop_is_answered(migrations: Path, tmp_path: Path) -> None:
    with running(migrations, tmp_path / "data") as (process, port):
        connection = ask(port, "POST / HTTP/1.1\nHost: localhost\nContent-Length: 4\n\nab")
        time.sleep(0.2)
        process.terminate()
        time.sleep(0.5)
        connection.sendall(b"cd")
        answer = read_all(connection)
        assert answer.startswith(b"HTTP/1.1 200 OK")
        assert b"Connection: close" in answer
        assert process.wait(timeout=10) == 0


def test_an_idle_connection_does_not_hold_up_the_stop(migrations: Path, tmp_path: Path) -> None:
    with running(migrations, tmp_path / "data") as (process, port):
        kept = http.client.HTTPConnection("127.0.0.1", port)
        kept.request("GET", "/")
        assert kept.getresponse().read() == b"0"
        with socket.create_connection(("127.0.0.1", port)):
            began = time.monotonic()
            assert stop(process)[0] == 0
            assert time.monotonic() - began < 3
        kept.close()


def test_what_was_acknowledged_survives_a_kill(migrations: Path, tmp_path: Path) -> None:
    acknowledged: list[str] = []

    def write(number: int) -> None:
        try:
            if get(port, f"/write?{number}")[0] == 200:
                acknowledged.append(str(number))
        except (ConnectionError, http.client.HTTPException):
            return  # killed before it answered

    with running(migrations, tmp_path / "data") as (process, port), ThreadPoolExecutor(4) as pool:
        writes = [pool.submit(write, number) for number in range(2000)]
        time.sleep(0.7)
        process.kill()
        for written in writes:
            written.result()
    assert acknowledged
    with running(migrations, tmp_path / "data") as (process, port):
        assert get(port, "/write?after")[0] == 200
        assert stop(process)[0] == 0
    assert {*acknowledged, "after"} <= set(entries(tmp_path / "data"))


def entries(data: Path) -> list[str]:
    with closing(sqlite3.connect(data / "trackr.db")) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM entry")]


def test_a_request_that_outlasts_the_stop_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "STOP_SECONDS", 0.3)
    release = threading.Event()

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        os.kill(os.getpid(), signal.SIGTERM)
        release.wait(10)
        return []

    with listen("127.0.0.1", 0) as listener, ask(listener.getsockname()[1], "GET / HTTP/1.0\n\n"):
        assert serve.serve(app, listener, Settings(data=tmp_path, secret_key=b"")) == 1
    release.set()


def test_a_fault_of_the_application_shows_nothing_of_it(migrations: Path, tmp_path: Path) -> None:
    with running(migrations, tmp_path / "data") as (process, port):
        status, body = get(port, "/broken")
        _, log = stop(process)
    assert status == 500
    assert b"sesame" not in body
    assert "level=error event=waitress" in log
    assert "sesame" in log
    assert all(line.startswith("ts=") for line in log.splitlines())


def test_a_request_of_more_than_the_files_that_are_taken_is_refused(migrations: Path, tmp_path: Path) -> None:
    length = Settings(data=tmp_path, secret_key=b"").largest_request + 1
    with running(migrations, tmp_path / "data") as (_, port):
        answer = read_all(ask(port, f"POST / HTTP/1.1\nHost: localhost\nContent-Length: {length}\n\n"))
    assert answer.startswith(b"HTTP/1.1 413 ")


def failing(migrations: Path, *arguments: str, **environ: str) -> str:
    """The one line of a command that cannot do its work."""
    done = subprocess.run(
        command(migrations, *arguments), capture_output=True, text=True, cwd=ROOT, env=clean() | environ, timeout=60
    )
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("trackr: ")
    return line


def test_an_occupied_port_is_one_line_and_touches_nothing(migrations: Path, tmp_path: Path) -> None:
    with listen("127.0.0.1", 0) as other:
        port = str(other.getsockname()[1])
        line = failing(migrations, "serve", "--port", port, "--data", str(tmp_path / "data"))
    assert f"cannot listen on port {port} of 127.0.0.1: another program uses it" in line
    assert not (tmp_path / "data" / "trackr.db").exists()


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid", "a..b"])
def test_an_address_of_another_machine_is_refused(host: str) -> None:
    with pytest.raises(CannotStart, match="no such address"):
        listen(host, 0)


def test_a_wrong_setting_is_one_line(migrations: Path, tmp_path: Path) -> None:
    line = failing(migrations, "serve", "--data", str(tmp_path / "data"), TRACKR_BASEURL="x")
    assert "did you mean TRACKR_BASE_URL?" in line


def test_a_data_folder_that_is_a_file_is_one_line(migrations: Path, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("mine")
    assert "TRACKR_DATA is" in failing(migrations, "serve", "--data", str(tmp_path / "data"))
    assert (tmp_path / "data").read_text() == "mine"


def test_what_is_no_database_is_one_line(migrations: Path, tmp_path: Path) -> None:
    (tmp_path / "trackr.db").write_text("Dear diary, " * 100)
    line = failing(migrations, "serve", "--port", "0", "--data", str(tmp_path))
    assert "it is not an SQLite database" in line
    assert (tmp_path / "trackr.db").read_text() == "Dear diary, " * 100


@pytest.fixture
def instance(migrations: Path, tmp_path: Path) -> Settings:
    """An instance that is not running."""
    settings = Settings.load({}, tmp_path / "data")
    open_database(settings)
    migrate(settings, migrations)
    return settings


def test_a_newer_database_is_one_line(migrations: Path, instance: Settings) -> None:
    (migrations / "0001_entries.py").rename(migrations / "0000_before.py")
    line = failing(migrations, "serve", "--port", "0", "--data", str(instance.data))
    assert "made by a newer Trackr (0001_entries); this program knows up to 0000_before. Nothing was changed." in line


def test_a_locked_database_is_one_line(migrations: Path, instance: Settings) -> None:
    with closing(sqlite3.connect(instance.database_path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        line = failing(migrations, "serve", "--port", "0", "--data", str(instance.data))
    assert "another program has locked it" in line


def test_a_backup_is_made_and_restored_from_the_shell(migrations: Path, instance: Settings, tmp_path: Path) -> None:
    copy, data = str(tmp_path / "copy.db"), ("--data", str(instance.data))

    def run(*arguments: str) -> Any:
        return subprocess.run(command(migrations, *arguments, *data), capture_output=True, text=True, cwd=ROOT)

    with running(migrations, instance.data):
        assert run("backup", copy).returncode == 0
        assert "exists already" in failing(migrations, "backup", copy, *data)
        assert run("backup", copy, "--force").returncode == 0
        assert "stop it, then restore" in failing(migrations, "restore", copy, *data)
    assert "before-restore-" in run("restore", copy).stdout
    assert "there is no folder" in failing(migrations, "backup", copy, "--data", str(tmp_path / "typo"))


def test_help_is_quick_for_it_loads_no_more_than_it_says() -> None:
    code = "import sys; import trackr.cli; print({'flask', 'peewee', 'waitress'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "set()\n"


def test_app_py_serves() -> None:
    done = subprocess.run([sys.executable, "app.py", "--help"], capture_output=True, text=True, check=True, cwd=ROOT)
    assert "Usage: trackr serve [OPTIONS]" in done.stdout

"""Trackr as people run it: the real command in a process of its own, and somebody who is signed in to it."""

import http.client
import multiprocessing
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from urllib.parse import urlencode

from tests.people import PASSWORD
from trackr.cli import main

ROOT = Path(__file__).parents[1]
SECONDS = 60  # for a start or an answer, on a machine that has much else to do


def clean() -> dict[str, str]:
    """The environment without settings of whoever runs the tests."""
    return {name: value for name, value in os.environ.items() if not name.startswith("TRACKR_")}


@contextmanager
def started(data: Path) -> Iterator[tuple["subprocess.Popen[str]", int]]:
    """A server of the instance in `data`, and its port. Killed at the end, should it still run.

    Its log goes on in the file `data`.log.
    """
    command = [sys.executable, "-m", "trackr", "serve", "--port", "0", "--data", str(data)]
    with (
        log_of(data).open("ab") as log,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, cwd=ROOT, env=clean()) as process,
    ):
        overdue = threading.Timer(SECONDS, process.kill)
        overdue.start()
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            overdue.cancel()
            address = re.search(r"http://127\.0\.0\.1:(\d+)", line)
            assert address is not None, (line, log_of(data).read_text()[-2000:])
            yield process, int(address[1])
        finally:
            overdue.cancel()
            process.kill()


# Starts beyond the first take a process that has loaded the program already, as it is when it has just been loaded.
_loaded = multiprocessing.get_context("forkserver")
_loaded.set_forkserver_preload(["trackr.cli", "trackr.views", "trackr.jobs", "trackr.serve", "trackr.web.pages"])


@contextmanager
def started_often(data: Path) -> Iterator[tuple[BaseProcess, int]]:
    """As `started`, for who starts it again and again: it forgoes the half second in which modules are loaded."""
    mine, its = _loaded.Pipe(duplex=False)
    process = _loaded.Process(target=_serve, args=(data, its))
    process.start()
    its.close()
    try:
        assert mine.poll(SECONDS), log_of(data).read_text()[-2000:]
        address = re.search(r"http://127\.0\.0\.1:(\d+)", os.read(mine.fileno(), 4096).decode())
        assert address is not None, log_of(data).read_text()[-2000:]
        yield process, int(address[1])
    finally:
        process.kill()
        process.join()


def _serve(data: Path, said: Connection) -> None:
    """Be the command: what it says goes to `said`, and its log on in the file."""
    for name in os.environ.keys() - clean().keys():
        del os.environ[name]
    os.dup2(said.fileno(), 1)
    log = os.open(log_of(data), os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.dup2(log, 2)
    main(["serve", "--port", "0", "--data", str(data)])


def log_of(data: Path) -> Path:
    return data.with_name(f"{data.name}.log")


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    location: str
    text: str


class Visit:
    """One connection to a server, and the cookie of whoever is signed in there."""

    def __init__(self, port: int, cookie: str = "") -> None:
        self.cookie = cookie
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)

    def __enter__(self) -> "Visit":
        return self

    def __exit__(self, *_problem: object) -> None:
        self._connection.close()

    def sign_in(self, email: str) -> str:
        """Sign in by the form, and return the cookie, which is good for later visits too."""
        assert self.post("/sign-in", email=email, password=PASSWORD).status == 303
        return self.cookie

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, **fields: str) -> Answer:
        return self._ask("POST", path, urlencode(fields), {"Content-Type": "application/x-www-form-urlencoded"})

    def upload(self, path: str, name: str, content: bytes, **fields: str) -> Answer:
        """A form with one file in it."""
        part = '--line\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
        text = "".join(part.format(field, value) for field, value in fields.items())
        head = f'--line\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
        body = f"{text}{head}".encode() + content + b"\r\n--line--\r\n"
        return self._ask("POST", path, body, {"Content-Type": "multipart/form-data; boundary=line"})

    def _ask(
        self, method: str, path: str, body: str | bytes | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        self._connection.request(method, path, body, {"Cookie": self.cookie, **(headers or {})})
        answer = self._connection.getresponse()
        cookie = answer.getheader("Set-Cookie")
        if cookie:
            self.cookie = cookie.partition(";")[0]
        return Answer(answer.status, answer.getheader("Location") or "", answer.read().decode())

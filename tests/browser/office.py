"""An instance that is really served, by the command that serves it for people, in a process of its own."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from tests.people import Cast
from trackr.models import Person, Session
from trackr.settings import Settings


@dataclass(frozen=True)
class Office:
    """An instance under test: its address, its data folder, and the cast where there is one."""

    url: str
    data: Path
    _people: Cast | None = None

    @property
    def people(self) -> Cast:
        assert self._people is not None
        return self._people

    def session(self, person: Person) -> str:
        """The cookie that the person would have after signing in; signing in itself is slow, and counted."""
        app = Flask(__name__)
        app.secret_key = Settings.load({}, self.data).secret_key
        serializer = SecureCookieSessionInterface().get_signing_serializer(app)
        assert serializer is not None
        return str(serializer.dumps({"_user_id": Session.begin(person), "_fresh": True, "_permanent": True}))


@contextmanager
def served(data: Path, people: Cast | None = None, port: int = 0) -> Iterator[Office]:
    """Serve the instance in `data`; at the end the server is told to stop, and its log must tell of no fault."""
    log = data.with_name(f"{data.name}.log")
    command = [sys.executable, "-m", "trackr", "serve", "--port", str(port), "--data", str(data)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TRACKR_")}
    with (
        log.open("wb") as errors,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment) as process,
    ):
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            address = re.search(r"http://127\.0\.0\.1:\d+", line)
            assert address is not None, (line, log.read_text())
            yield Office(address[0], data, people)
        finally:
            process.terminate()
            code = process.wait(timeout=30)
    assert code == 0
    assert [line for line in log.read_text().splitlines() if "event=fault" in line] == []

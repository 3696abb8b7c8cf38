"""An instance to measure: a data folder full of rows, Trackr serving it, and somebody of the staff signed in."""

import re
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import cycle, repeat
from pathlib import Path

from bench.client import ask, request
from bench.servers import Server, trackr
from bench.stand_in import EMAIL, PASSWORD, fill

PROJECT = "/projects/load"


class NotSignedIn(Exception):
    """The sign-in that was to be measured with was refused."""


def seed(data: Path, tickets: int) -> None:
    """Make a data folder with so many tickets, 200 of them open, and five comments and five entries on each."""
    fill(tickets, data)


@dataclass
class Instance:
    """A running Trackr, and the requests of a browser that is signed in there."""

    server: Server
    data: Path
    cookie: str = ""
    numbers: list[int] = field(default_factory=list)  # of the open tickets

    @property
    def port(self) -> int:
        return self.server.port

    @property
    def database(self) -> Path:
        return self.data / "trackr.db"

    def count(self, table: str) -> int:
        """How many rows a table holds."""
        with closing(sqlite3.connect(self.database)) as connection:
            return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]

    def get(self, path: str, **headers: str) -> bytes:
        """A request for a page, as a browser sends it."""
        return request("GET", path, None, Cookie=self.cookie, **headers)

    def board(self) -> Iterator[bytes]:
        return repeat(self.get(PROJECT))

    def list(self) -> Iterator[bytes]:
        return repeat(self.get(f"{PROJECT}/tickets"))

    def ticket(self) -> Iterator[bytes]:
        """Each of the open tickets in turn: no page is asked for twice in a row."""
        return cycle([self.get(f"/tickets/{number}") for number in self.numbers])

    def meter(self) -> Iterator[bytes]:
        return repeat(self.get(f"{PROJECT}/meter", Accept="application/json"))

    def pulse(self) -> Iterator[bytes]:
        """What an open page asks for while nothing happens."""
        page = ask(self.port, self.get(PROJECT)).text
        address = re.search(r'data-pulse="([^"]+)"', page)
        if address is None:
            raise NotSignedIn("the board names no pulse")
        return repeat(self.get(address[1].replace("&amp;", "&"), HX_Request="true"))

    def replies(self) -> Iterator[bytes]:
        """Replies with a quarter of an hour, as htmx posts the composer: each to the next open ticket."""
        for number in cycle(self.numbers):
            fields = {
                "form_key": secrets.token_urlsafe(12),
                "internal": "0",
                "body": "Thank you, that was it: **the date** is kept now, and the page says so.",
                "duration": "15m",
                "valued": "",
                "day": "",
                "note": "Looked at the form",
                "internal_note": "",
            }
            path = f"/tickets/{number}/comments"
            yield request("POST", path, fields, Cookie=self.cookie, HX_Request="true")


@contextmanager
def serving(data: Path) -> Iterator[Instance]:
    """Serve the folder with Trackr, and sign in."""
    with trackr(data) as server:
        instance = Instance(server, data)
        answer = ask(server.port, request("POST", "/sign-in", {"email": EMAIL, "password": PASSWORD}))
        if answer.status != 303:
            raise NotSignedIn(f"the sign-in was answered with {answer.status}")
        instance.cookie = answer.header("Set-Cookie").partition(";")[0]
        with closing(sqlite3.connect(instance.database)) as connection:
            query = "SELECT id FROM ticket WHERE closed_at IS NULL AND project_id = 1 ORDER BY id"
            instance.numbers = [number for (number,) in connection.execute(query)]
        yield instance

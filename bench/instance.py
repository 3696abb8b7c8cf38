"""An instance to measure: a data folder full of rows, Trackr serving it, and somebody of the staff signed in."""

import re
import secrets
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import cycle, repeat
from pathlib import Path

from bench.client import ask, request
from bench.servers import ROOT, Server, trackr
from trackr.seed import SLUG, sign_ins

PROJECT = f"/projects/{SLUG}"
ITEMS = 5  # comments on each ticket, and entries on an average one
LATE_DAYS = 40  # back to a month that is closed
READ = 5  # tickets that are asked for in turn

OPEN = f"""
    SELECT id, (SELECT count(*) FROM entry WHERE ticket_id = ticket.id) = {ITEMS}
    FROM ticket WHERE closed_at IS NULL ORDER BY id"""


class NotMeasurable(Exception):
    """The instance does not answer as a seeded one does."""


def seed(data: Path, tickets: int) -> None:
    """Fill a data folder with so many tickets, 200 of them open, and five times as many comments and entries."""
    command = [sys.executable, "-c", "from trackr.cli import main; main()", "seed", "--data", str(data)]
    numbers = ["--tickets", str(tickets), "--entries", str(tickets * ITEMS)]
    subprocess.run([*command, *numbers], check=True, stdout=subprocess.DEVNULL, cwd=ROOT)


@dataclass
class Instance:
    """A running Trackr, and the requests of a browser that is signed in there."""

    server: Server
    data: Path
    cookie: str = ""
    read: list[int] = field(default_factory=list)  # open tickets with five comments and five entries
    written: list[int] = field(default_factory=list)  # the other open tickets, which take the replies

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

    def sign_in(self) -> None:
        """Sign in by the form, and look for the tickets to ask for. Raises NotMeasurable."""
        email, password = next((email, password) for role, email, password in sign_ins() if role == "staff")
        answer = ask(self.port, request("POST", "/sign-in", {"email": email, "password": password}))
        if answer.status != 303:
            raise NotMeasurable(f"the sign-in was answered with {answer.status}")
        self.cookie = answer.header("Set-Cookie").partition(";")[0]
        with closing(sqlite3.connect(self.database)) as connection:
            found = connection.execute(OPEN).fetchall()
        self.read = [number for number, is_average in found if is_average][:READ]
        self.written = [number for number, _ in found if number not in self.read]
        if len(self.read) < READ:
            raise NotMeasurable(f"fewer than {READ} open tickets have {ITEMS} entries")

    def get(self, path: str, **headers: str) -> bytes:
        """A request for a page, as a browser sends it."""
        return request("GET", path, None, Cookie=self.cookie, **headers)

    def board(self) -> Iterator[bytes]:
        return repeat(self.get(PROJECT))

    def list(self) -> Iterator[bytes]:
        return repeat(self.get(f"{PROJECT}/tickets"))

    def ticket(self) -> Iterator[bytes]:
        return cycle([self.get(f"/tickets/{number}") for number in self.read])

    def meter(self) -> Iterator[bytes]:
        return repeat(self.get(f"{PROJECT}/meter", Accept="application/json"))

    def pulse(self) -> Iterator[bytes]:
        """What an open page asks for while nothing happens."""
        page = ask(self.port, self.get(PROJECT)).text
        address = re.search(r'data-pulse="([^"]+)"', page)
        if address is None:
            raise NotMeasurable("the board names no pulse")
        return repeat(self.get(address[1].replace("&amp;", "&"), HX_Request="true"))

    def replies(self, days_ago: int | None = None) -> Iterator[bytes]:
        """Replies with a quarter of an hour, as htmx posts the composer: each to the next ticket."""
        day = "" if days_ago is None else (datetime.now(UTC).date() - timedelta(days=days_ago)).isoformat()
        for number in cycle(self.written):
            fields = {
                "form_key": secrets.token_urlsafe(12),
                "internal": "0",
                "body": "Thank you, that was it: **the date** is kept now, and the page says so.",
                "duration": "15m",
                "valued": "",
                "day": day,
                "note": "Looked at the form",
                "internal_note": "",
            }
            path = f"/tickets/{number}/comments"
            yield request("POST", path, fields, Cookie=self.cookie, HX_Request="true")

    def late_replies(self) -> Iterator[bytes]:
        """The same with the time of a day in a month that is closed."""
        return self.replies(LATE_DAYS)


@contextmanager
def serving(data: Path) -> Iterator[Instance]:
    """Serve the folder with Trackr, and sign in."""
    with trackr(data) as server:
        instance = Instance(server, data)
        instance.sign_in()
        yield instance

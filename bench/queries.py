"""How many queries a page costs, counted in a process of its own: `python -m bench.queries DATA` prints JSON."""

import functools
import io
import json
import re
import subprocess
import sys
from pathlib import Path

from flask.testing import FlaskClient

from bench.instance import PROJECT
from bench.servers import ROOT
from trackr import create_app, log
from trackr.db import database, migrate, open_database
from trackr.models import Person, Session, Ticket
from trackr.settings import Settings

QUERY = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")


@functools.cache
def counts(data: Path) -> dict[str, int]:
    """Queries of the first request for each page, when nothing is kept yet. The instance may be running."""
    command = [sys.executable, "-m", "bench.queries", str(data)]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout)


def count(data: Path) -> dict[str, int]:
    settings = Settings.load({}, data)
    log.configure(io.StringIO())
    open_database(settings)
    migrate(settings)
    client = create_app(settings).test_client()
    with database.connection_context():
        person = Person.select().where(Person.role == "staff").first()
        number = Ticket.open_ones().first().id
        token = Session.begin(person)
    with client.session_transaction() as session:
        session["_user_id"] = token
    _asked(client, "/account")  # what is set up by the first request of all
    pages = {"board": PROJECT, "ticket": f"/tickets/{number}", "list": f"{PROJECT}/tickets"}
    found = {name: _asked(client, path) for name, path in pages.items()}
    pulse = re.search(r'data-pulse="([^"]+)"', client.get(PROJECT).text)
    assert pulse is not None
    return found | {"pulse": _asked(client, pulse[1])}


def _asked(client: FlaskClient, path: str) -> int:
    """How many queries an answer takes."""
    queries: list[str] = []
    connection = database.connection()
    connection.set_trace_callback(queries.append)
    answer = client.get(path)
    connection.set_trace_callback(None)
    assert answer.status_code < 400, answer.status
    return sum(query.lstrip().upper().startswith(QUERY) for query in queries)


if __name__ == "__main__":
    print(json.dumps(count(Path(sys.argv[1]))))

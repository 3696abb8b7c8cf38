"""The bare limit: the least that a Flask view, or a plain WSGI callable, does to answer the same.

    python -m bench.bare DATABASE FRAMES WRITTEN THREADS

serves on a free port of 127.0.0.1 by waitress, with so many threads: `/board`, `/list` and `/ticket` by
Flask, Jinja and sqlite3, the same below `/raw/` by a callable that joins strings, `/empty` (204) and `/reply`, which
stores one row in the file WRITTEN. No sign-in, no languages, no rights, no log. DATABASE is Trackr's own; FRAMES is
the folder of `bench.frames`.
"""

import socket
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import waitress
from flask import Flask, render_template, request

from bench import rows
from bench.frames import read_frames

BACKLOG = 1024  # connections that wait to be taken, as in Trackr

PAGES = {"board": rows.board, "list": rows.newest, "ticket": rows.ticket}

WRITTEN = "CREATE TABLE IF NOT EXISTS reply (id INTEGER PRIMARY KEY, ticket INTEGER, body TEXT, minutes INTEGER)"

_local = threading.local()


def connection(path: str, *, writes: bool = False) -> sqlite3.Connection:
    """This thread's connection to the file, made the first time and kept, as Trackr keeps its own."""
    name = "writer" if writes else "reader"
    if not hasattr(_local, name):
        made = sqlite3.connect(path, timeout=60, isolation_level=None)
        if writes:
            made.execute("PRAGMA journal_mode = WAL")
            made.execute("PRAGMA synchronous = FULL")
        setattr(_local, name, made)
    return getattr(_local, name)


def make_flask(database: str, frames: Path, written: str) -> Flask:
    """The Flask application; its pages take `number`, the ticket's, from the query string."""
    app = Flask("bench")
    app.jinja_env.auto_reload = False
    framed = {name: read_frames(frames, name) for name in PAGES}
    connection(written, writes=True).execute(WRITTEN)

    def page(name: str) -> str:
        found = PAGES[name](connection(database), request.args.get("number", 0, int))
        return render_template(f"{name}.html", found=found, frame=framed[name])

    def reply() -> tuple[str, int]:
        form = request.form
        values = (form["number"], form["body"], form["minutes"])
        writer = connection(written, writes=True)
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("INSERT INTO reply (ticket, body, minutes) VALUES (?, ?, ?)", values)
        writer.execute("COMMIT")
        return "stored", 200

    app.add_url_rule("/<any(board, list, ticket):name>", view_func=page)
    app.add_url_rule("/empty", "empty", lambda: ("", 204))
    app.add_url_rule("/reply", view_func=reply, methods=["POST"])
    return app


def make_raw(database: str, frames: Path, beside: WSGIApplication) -> WSGIApplication:
    """Pages as joined strings below `/raw/`; whatever else is asked for goes to the application beside it."""
    drawn: dict[str, Callable[[rows.Found], Iterable[str]]] = {
        "board": rows.draw_board,
        "list": rows.draw_newest,
        "ticket": rows.draw_ticket,
    }
    framed = {name: read_frames(frames, name) for name in PAGES}

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if not path.startswith("/raw/"):
            return beside(environ, start_response)
        name = path.removeprefix("/raw/")
        number = int(environ["QUERY_STRING"].removeprefix("number=") or 0)
        before, after = framed[name]
        found = PAGES[name](connection(database), number)
        body = "".join([before, *drawn[name](found), after]).encode()
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))])
        return [body]

    return answer


def main(database: str, frames: str, written: str, threads: str) -> None:
    app = make_raw(database, Path(frames), make_flask(database, Path(frames), written))
    listener = socket.create_server(("127.0.0.1", 0), backlog=BACKLOG)
    print(f"Bare pages on http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    waitress.serve(app, sockets=[listener], threads=int(threads), asyncore_use_poll=True)


if __name__ == "__main__":
    main(*sys.argv[1:])

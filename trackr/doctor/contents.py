"""The database: whether the file is whole, ours and up to date; if so, what it holds is looked at too."""

import sqlite3
from collections import Counter
from collections.abc import Iterator

from peewee import PeeweeException

from trackr import sqlite
from trackr.db import CannotStart, database, known_migrations, open_to_read, recognise, transaction
from trackr.doctor import attachments, hours, instants, mail
from trackr.doctor.finding import Finding, Verdict, ok, wrong
from trackr.models import search
from trackr.settings import Settings

COMPLAINTS = 3  # who has thousands needs no list


def examine(settings: Settings) -> Iterator[Finding]:
    path = settings.database_path
    try:
        contents = recognise(path)
        if contents.is_empty:
            yield wrong("database", f"there is none at {path}: is this the right folder? `trackr serve` makes one")
            return
        open_to_read(settings)
        with database.connection_context():
            yield from _look_into(contents, settings)
    except CannotStart as problem:
        yield wrong("database", str(problem))
    except (sqlite3.Error, PeeweeException, OSError) as problem:
        yield wrong("database", sqlite.explain_at(problem, path))
    except (ArithmeticError, TypeError, ValueError) as problem:
        yield wrong("database", f"it holds what Trackr never stores ({problem}): {hours.REMEDY}")


def _look_into(contents: sqlite.Contents, settings: Settings) -> Iterator[Finding]:
    complaints = [line for (line,) in database.execute_sql(f"PRAGMA integrity_check({COMPLAINTS})")]
    if complaints != ["ok"]:
        yield wrong("database", f"it is damaged ({'; '.join(complaints)}): restore a backup")
        return
    yield ok("database", "SQLite finds the file whole")
    missing = [name for name in known_migrations() if name not in contents.migrations]
    if missing:
        yield wrong("migrations", f"{', '.join(missing)} not applied: start this version of Trackr once, which does it")
        return
    yield ok("migrations", "all are applied")
    yield from attachments.examine(settings)
    with transaction():  # one moment, whatever others write meanwhile
        yield from _references()
        yield from _search()
        clock = instants.examine()
        yield clock
        if clock.verdict is Verdict.OK:  # else there is no saying what should have opened, expired or been confirmed
            yield from hours.examine()
        yield from mail.examine_outbox()


def _references() -> Iterator[Finding]:
    """Rows that refer to others which do not exist."""
    orphans = Counter((table, parent) for table, _, parent, _ in database.execute_sql("PRAGMA foreign_key_check"))
    for (table, parent), count in orphans.items():
        yield wrong("references", f"{table} has rows whose {parent} does not exist ({count}): {hours.REMEDY}")
    if not orphans:
        yield ok("references", "every row that another refers to exists")


def _search() -> Iterator[Finding]:
    """Whether the search has read all that was written, and nothing else."""
    lacks = search.lacks()
    for table, count in lacks.items():
        faults = f"{table} has {abs(count)} {'too few' if count > 0 else 'too many'}"
        remedy = f"INSERT INTO {table} ({table}) VALUES ('rebuild')"  # noqa: S608 -- told, not done
        yield wrong("search", f"{faults}: make it anew, in `sqlite3 trackr.db` by `{remedy}`")
    if not lacks:
        yield ok("search", "it knows every ticket, comment and note")

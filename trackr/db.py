"""The database: SQLite, opened so that what was answered is kept, and brought up to date before anyone is served."""

import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from peewee import DatabaseError, DatabaseProxy, PeeweeException, SqliteDatabase
from playhouse.migrations import Migration, Runner

from trackr import log, paths, sqlite
from trackr.files import store
from trackr.locks import Busy, held
from trackr.ownership import hand_over
from trackr.settings import Settings

COPIES_KEPT = 5
LOCK_SECONDS = 30  # how long a start waits for another one that is migrating

database = DatabaseProxy()
_turn = threading.Lock()
Unanswered = DatabaseError  # what a question to it raises, for those who need not know peewee
logger = logging.getLogger(__name__)


class CannotStart(Exception):
    """One line for the person at the shell: what is in the way, and what to do about it."""


class Sqlite(SqliteDatabase):
    def rollback(self) -> None:
        # Where the disk is full or fails, SQLite has taken the transaction back by itself: that error is to be told,
        # and not that there is nothing to take back.
        if self.connection().in_transaction:
            super().rollback()


def open_database(settings: Settings) -> None:
    """Point `database` at the instance's file, and `store` at its folder. Each thread connects for itself, and stays
    connected.
    """
    store.open(settings)
    database.initialize(
        Sqlite(
            str(settings.database_path),
            timeout=sqlite.BUSY_SECONDS,
            # Transactions take the write lock when they begin: one that takes it halfway fails at once under load.
            lock_type="immediate",
            pragmas={
                "journal_mode": "wal",
                "synchronous": "full",  # what was answered survives a power cut
                "foreign_keys": 1,
                "secure_delete": 1,  # what was deleted is written over, also where SQLite was not built to do so
                "cache_size": -2000,  # KiB, for each thread
                "temp_store": "memory",
                "mmap_size": 0,
            },
        )
    )


def open_to_read(settings: Settings) -> None:
    """Point `database` at the instance's file, whoever uses it, for queries alone: what would write is refused."""
    address = f"{settings.database_path.absolute().as_uri()}?mode=ro"
    database.initialize(Sqlite(address, uri=True, timeout=sqlite.BUSY_SECONDS))


@contextmanager
def transaction() -> Iterator[None]:
    """All that is done within, or nothing. Within another transaction it is part of that one, and costs nothing.

    The threads of this process take turns here: SQLite lets one write at a time, and would let the others doze.
    """
    if database.in_transaction():
        yield
    else:
        with _turn, database.atomic():
            yield


def empty_journal() -> None:
    """Leave nothing in the write-ahead log of what was written before; SQLite does so by itself, but much later.

    Nothing happens within a transaction, and less where somebody is just reading from the log.
    """
    if not database.in_transaction():
        database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def in_use(settings: Settings) -> Iterator[None]:
    """Tell other processes that this one works with the instance: nobody restores a backup meanwhile."""
    lock = settings.data / "serve.lock"
    with ExitStack() as stack:
        try:
            stack.enter_context(held(lock, shared=True))
        except Busy:
            raise CannotStart(f"a backup is being restored in {settings.data}: try again when that is done") from None
        except OSError as problem:
            raise CannotStart(sqlite.explain_at(problem, lock)) from problem
        yield


def migrate(settings: Settings, migrations: Path | None = None) -> list[str]:
    """Make the database, or bring it up to date, and return the names of the migrations applied.

    All of them or none: they share one transaction, and a database that holds something is copied to `backups`
    first. Raises CannotStart, and then nothing was changed. Closes this thread's connection.
    """
    path = settings.database_path
    try:
        with held(settings.data / "migrate.lock", wait=LOCK_SECONDS):
            migrations = migrations or paths.migrations
            recognise(path, migrations)
            if not path.exists():
                sqlite.make(path)
            database.close()
            with database.connection_context():
                applied = _bring_up_to_date(settings, Runner(database.obj, str(migrations)))
    except Busy:
        raise CannotStart(f"another process has been migrating {path} for {LOCK_SECONDS} s: try again later") from None
    except (sqlite3.Error, PeeweeException, OSError) as problem:
        raise CannotStart(sqlite.explain_at(problem, path)) from problem
    for name in applied:
        log.event(logger, "migrated", name=name)
    return applied


def recognise(path: Path, migrations: Path | None = None) -> sqlite.Contents:
    """Look into a database file; raises CannotStart where it is another program's, or a newer Trackr's."""
    known = known_migrations(migrations)
    contents = sqlite.look(path)
    if not contents.is_empty and not contents.is_ours:
        raise CannotStart(f"{path} is the database of another program. Nothing was changed.")
    unknown = contents.migrations - set(known)
    if unknown:
        raise CannotStart(
            f"this database was made by a newer Trackr ({max(unknown)}); this program knows up to {known[-1]}."
            " Nothing was changed."
        )
    return contents


def known_migrations(migrations: Path | None = None) -> list[str]:
    """The names of the migrations of this version, in order; raises CannotStart where there are none."""
    migrations = migrations or paths.migrations
    known = [migration.name for migration in Migration.load_directory(str(migrations))]
    if not known:
        raise CannotStart(f"there are no migrations in {migrations}: Trackr is not installed whole")
    return known


def name_copy(settings: Settings, why: str) -> Path:
    """A new name in the instance's `backups`, which is made if missing."""
    folder = settings.data / "backups"
    if not folder.exists():
        folder.mkdir(mode=0o700)
        hand_over(folder)
    return folder / f"{why}-{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}.db"


def _bring_up_to_date(settings: Settings, runner: Runner) -> list[str]:
    applied = runner.applied()
    pending = [migration.name for migration in runner.migrations() if migration.name not in applied]
    # A table that is rebuilt is dropped on the way: what refers to it must stay. Not possible inside a transaction.
    database.pragma("foreign_keys", 0)
    # Nor are triggers of other tables, which name it, read while it is away.
    database.pragma("legacy_alter_table", 1)
    # Begun even when nothing is to be done: a file that cannot be written, or is locked, is found out now.
    with database.atomic():
        if pending and applied:
            _keep_copy(settings, max(applied))
        if not applied:
            database.pragma("application_id", sqlite.APPLICATION_ID)
        for name in pending:
            _apply(runner, name)
    return pending


def _apply(runner: Runner, name: str) -> None:
    try:
        runner.up(name)
        orphan = database.execute_sql("PRAGMA foreign_key_check").fetchone()
        if orphan:
            raise ValueError(f"it leaves a row of {orphan[0]} that refers to nothing")
    except Exception as problem:
        reason = sqlite.explain(problem)
        raise CannotStart(f"migration {name} failed: {reason}. The database is as it was before.") from problem


def _keep_copy(settings: Settings, last: str) -> None:
    copy = name_copy(settings, f"before-{last}")
    sqlite.copy(settings.database_path, copy)
    copies = sorted(copy.parent.glob("before-[0-9]*.db"), key=lambda copy: copy.stem.rsplit("-", 1)[-1])
    for old in copies[:-COPIES_KEPT]:
        old.unlink()

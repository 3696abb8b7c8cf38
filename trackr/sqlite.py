"""SQLite files as files: whose they are, what went wrong with one, and a verified copy of one that is in use."""

import errno
import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from trackr.ownership import hand_over

APPLICATION_ID = 0x54726B72  # "Trkr", in the file's header: how a database of Trackr is told from any other
BUSY_SECONDS = 10

# What SQLite says, and what it means to the person at the shell.
REASONS = {
    "not a database": "it is not an SQLite database",
    "malformed": "it is damaged: restore a backup",
    "locked": f"another program has locked it (waited {BUSY_SECONDS} s): stop that program, then try again",
    "readonly": "this user may not write to it",
    "unable to open": "it cannot be opened: does its folder exist, and may this user write there?",
    "disk is full": "the disk is full",
    "disk I/O error": "the disk is full, or fails",
}


@dataclass(frozen=True)
class Contents:
    """What a database file holds."""

    is_empty: bool
    is_ours: bool
    migrations: frozenset[str]


NOTHING = Contents(is_empty=True, is_ours=False, migrations=frozenset())


class Damaged(sqlite3.DatabaseError):
    """A copy did not pass SQLite's integrity check."""


def explain(problem: Exception) -> str:
    """A reason that a person can act on, for an error of SQLite, of peewee or of the file system."""
    text = str(problem)
    for said, meant in REASONS.items():
        if said in text:
            return meant
    if isinstance(problem, OSError) and problem.strerror:
        text = problem.strerror
    return " ".join(text.split()) or type(problem).__name__


def explain_at(problem: Exception, path: Path) -> str:
    """The same, with the file in question: the one that the system names, else `path`."""
    return f"{getattr(problem, 'filename', None) or path}: {explain(problem)}"


def look(path: Path) -> Contents:
    """What is in the database at `path`, which is not changed by looking; raises sqlite3.Error and OSError."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not path.exists():
        return NOTHING
    with closing(_read_only(path)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        applied = connection.execute("SELECT name FROM schema_migration") if "schema_migration" in tables else ()
        return Contents(
            is_empty=not tables,
            is_ours=connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,),
            migrations=frozenset(name for (name,) in applied),
        )


def copy(source: Path, target: Path) -> None:
    """Copy a database that may be in use to the new file `target`: one file, verified, and safe on the disk.

    The copy is the state of one instant, the writes of others notwithstanding. Raises sqlite3.Error and OSError;
    then there is no target.
    """
    make(target)
    try:
        with closing(_read_only(source)) as origin, closing(sqlite3.connect(target, isolation_level=None)) as twin:
            origin.backup(twin, progress=_give_up_when_locked)
            # Out of WAL mode, so that the one file is all there is.
            twin.execute("PRAGMA journal_mode = DELETE")
            complaints = [line for (line,) in twin.execute("PRAGMA integrity_check(3)")]
        if complaints != ["ok"]:
            raise Damaged(f"it is damaged: {'; '.join(complaints)}")
        sync(target)
    except BaseException:
        target.unlink()
        raise


def make(path: Path) -> None:
    """Make an empty file that only its owner can read; raises OSError, also where there is one."""
    path.touch(mode=0o600, exist_ok=False)
    hand_over(path)


def leave_wal(path: Path) -> None:
    """Bring the journal into the file, so that it is all there is; raises sqlite3.Error, too where it is in use."""
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def sync(path: Path) -> None:
    """Have the disk hold what was written to a file, or the names in a folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)


def _give_up_when_locked(status: int, _remaining: int, _total: int) -> None:
    # Python would try again for ever.
    if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        raise sqlite3.OperationalError("database is locked")

"""A verified copy of an instance while it runs, its database and its files, and its return."""

import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from trackr import archive, sqlite
from trackr.db import name_copy, recognise
from trackr.files import Store
from trackr.locks import Busy, held
from trackr.ownership import hand_over
from trackr.settings import Settings

JOURNALS = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a file


class CannotCopy(Exception):
    """One line for the person at the shell: why there is no backup, or nothing was restored."""


def backup(target: Path, settings: Settings, *, force: bool = False) -> int:
    """Copy the instance to the file `target`, which is whole and verified or not there; raises CannotCopy.

    The copy is a database, or where that refers to files an archive of both; returns how many of the files were not
    there. A file that is there already is kept, unless `force`.
    """
    source, store, missing = settings.database_path, Store(settings), 0
    with _explained(source), store.unchanged(), _draft(target) as draft, _draft(target) as packed:
        if not source.exists():
            raise CannotCopy(f"there is no database at {source}: nothing was copied")
        if _is_part_of(target, source):
            raise CannotCopy(f"{target} is the database in use: choose another file")
        if target.exists() and not (force and target.is_file()):
            raise CannotCopy(f"{target} exists already: choose another name, or replace a file with --force")
        if not target.parent.is_dir():
            raise CannotCopy(f"there is no folder {target.parent}: nothing was copied")
        sqlite.copy(source, draft)
        if digests := archive.digests_in(draft):
            missing = archive.write(packed, draft, digests, store)
        (packed if digests else draft).replace(target)
        sqlite.sync(target.parent)
    return missing


def restore(source: Path, settings: Settings, migrations: Path | None = None) -> Path | None:
    """Put the backup `source` in the place of the database; raises CannotCopy or CannotStart, and changes nothing.

    Nobody may be using the instance. Returns the file that keeps what was there, or None where there was nothing; the
    files of what was there stay for a while too. A backup of an older Trackr is brought up to date by the next start.
    """
    target, store = settings.database_path, Store(settings)
    with _explained(source), _alone(settings), _draft(target) as draft, _draft(target) as unpacked:
        if not source.is_file():
            raise CannotCopy(f"there is no file {source}: nothing was restored")
        if _is_part_of(source, target):
            raise CannotCopy(f"{source} is the database in use: nothing was restored")
        is_archive = archive.is_archive(source)
        if is_archive:
            archive.unpack_database(source, unpacked)
        database = unpacked if is_archive else source
        if not recognise(database, migrations).is_ours:
            raise CannotCopy(f"{source} is not a database of Trackr: nothing was restored")
        sqlite.copy(database, draft)
        store.touch()
        if is_archive:
            archive.unpack_files(source, store)
        with _explained(target):
            kept = _set_aside(target, settings)
            draft.replace(target)
            sqlite.sync(target.parent)
    return kept


def _is_part_of(path: Path, database: Path) -> bool:
    parts = [database.with_name(database.name + ending) for ending in ("", *JOURNALS)]
    return any(part.exists() and path.exists() and part.samefile(path) for part in parts)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError, archive.Faulty) as problem:
        raise CannotCopy(sqlite.explain_at(problem, path)) from problem


@contextmanager
def _draft(target: Path) -> Iterator[Path]:
    """A name beside `target`, on the same file system, for what becomes `target`; removed unless renamed."""
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        yield draft
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    try:
        with held(settings.data / "serve.lock"):
            yield
    except Busy:
        raise CannotCopy(f"Trackr is running in {settings.data}: stop it, then restore") from None


def _set_aside(current: Path, settings: Settings) -> Path | None:
    """Keep what is there before it is replaced, and leave no journal that SQLite would apply to its successor."""
    kept = None
    if current.exists():
        kept = name_copy(settings, "before-restore")
        try:
            contents = sqlite.look(current)
            if not contents.is_empty and not contents.is_ours:
                raise CannotCopy(f"{current} is the database of another program: nothing was restored")
            sqlite.copy(current, kept)
            sqlite.leave_wal(current)
        except sqlite3.OperationalError:
            raise  # locked, full: not a matter of what the file holds
        except sqlite3.DatabaseError:
            _keep_bytes(current, kept)
        sqlite.sync(kept.parent)
    for ending in JOURNALS:
        current.with_name(current.name + ending).unlink(missing_ok=True)
    return kept


def _keep_bytes(damaged: Path, kept: Path) -> None:
    for ending in ("", *JOURNALS):
        part = damaged.with_name(damaged.name + ending)
        if part.exists():
            shutil.copy2(part, twin := kept.with_name(kept.name + ending))
            hand_over(twin)
            sqlite.sync(twin)

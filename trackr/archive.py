"""Backups that hold files: a tar of the database and of every content that it refers to.

Of an archive only names of these two kinds are read; nothing is ever unpacked to where its name points.
"""

import re
import shutil
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from trackr import sqlite
from trackr.files import Store
from trackr.files.contents import DIGEST, PREVIEW, measure

DATABASE = "trackr.db"
NAME = re.compile(r"files/[0-9a-f]{2}/([0-9a-f]{64})(\.preview)?", re.ASCII)
LOGOS = """SELECT logo FROM agency
    UNION SELECT substr(document, instr(document, '"logo":"') + 8, 64) FROM statement"""
HEAD_OF_SQLITE = b"SQLite format 3\0"


class Faulty(Exception):
    """What is wrong with an archive."""


def digests_in(database: Path) -> list[str]:
    """The contents that a database refers to; none where it is of a time before there were files."""
    with closing(sqlite3.connect(database)) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'attachment'").fetchone():
            return []
        query = "SELECT digest FROM attachment WHERE deleted_at IS NULL"
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'received_mail'").fetchone():
            query += " UNION SELECT digest FROM received_mail WHERE digest <> ''"
        digests = {digest for (digest,) in connection.execute(query)}
        if any(name == "logo" for _, name, *_ in connection.execute("PRAGMA table_info(agency)")):
            digests |= {digest for (digest,) in connection.execute(LOGOS) if DIGEST.fullmatch(digest)}
        return sorted(digests)


def write(target: Path, database: Path, digests: list[str], store: Store) -> int:
    """Write the new file `target`, verified and safe on the disk; returns how many contents were not there.

    Raises OSError and Faulty; then there is no target.
    """
    sqlite.make(target)
    try:
        there = [digest for digest in digests if store.has(digest)]
        with tarfile.open(target, "w") as tar:
            tar.add(database, DATABASE)
            for digest in there:
                paths = (store.path(digest), store.preview_path(digest))
                for path in filter(Path.is_file, paths):
                    tar.add(path, f"files/{digest[:2]}/{path.name}")
        _verify(target, there)
        sqlite.sync(target)
    except BaseException:
        target.unlink()
        raise
    return len(digests) - len(there)


def is_archive(path: Path) -> bool:
    """Whether the file is an archive, and no database by itself."""
    with path.open("rb") as file:
        return file.read(len(HEAD_OF_SQLITE)) != HEAD_OF_SQLITE and tarfile.is_tarfile(path)


def unpack_database(archive: Path, target: Path) -> None:
    """Lay the database down in the new file `target`; raises OSError and Faulty."""
    with _members(archive) as members:
        for name, content in members:
            if name == DATABASE:
                sqlite.make(target)
                with target.open("wb") as file:
                    shutil.copyfileobj(content, file)
                return
    raise Faulty("it holds no database of Trackr")


def unpack_files(archive: Path, store: Store) -> None:
    """Put the contents into the store, beside those that are there; raises OSError and Faulty."""
    with _members(archive) as members:
        for name, content in members:
            if found := NAME.fullmatch(name):
                digest, ending = found.groups()
                if ending == PREVIEW:
                    store.put_preview(digest, content.read())
                elif store.put(content) != digest:
                    raise Faulty(f"{name} in it is damaged")


def _verify(archive: Path, digests: list[str]) -> None:
    with _members(archive) as members:
        found = {name for name, content in members if name.endswith(measure(content)[0])}
    if len(found) < len(digests):
        raise Faulty("what was written is not what was read: does the disk fail?")


@contextmanager
def _members(archive: Path) -> Iterator[Iterator[tuple[str, BinaryIO]]]:
    """The names and contents of the plain files in an archive, one after the other."""
    try:
        with tarfile.open(archive) as tar:
            yield ((member.name, cast(BinaryIO, tar.extractfile(member))) for member in tar if member.isreg())
    except tarfile.TarError as problem:
        raise Faulty(f"it is damaged ({problem})") from problem

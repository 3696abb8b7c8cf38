"""Contents below the data folder, each under the SHA-256 of what it holds: equal ones are stored once.

`files/ab/abcdef…` is a content, `files/ab/abcdef….preview` the picture of it. A content is whole or not there, and
never changes; which ones are in use, the rows that name them say.
"""

import errno
import hashlib
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from trackr import sqlite
from trackr.locks import Busy, held
from trackr.ownership import hand_over
from trackr.settings import MEGABYTE, Settings

DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
PIECE = 1024 * 1024  # bytes read at a time
PREVIEW, DRAFT = ".preview", ".part"
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)  # what a disk without room says
ABANDONED_SECONDS = 24 * 3600  # after which what is half written belongs to nobody any more


class Store:
    """The contents of one instance, and how much of them it takes."""

    folder: Path
    largest: int  # bytes of a file
    most: int  # files of one form
    quota: int  # bytes of all of them

    def __init__(self, settings: Settings | None = None) -> None:
        if settings:
            self.open(settings)

    def open(self, settings: Settings) -> None:
        self.folder = settings.data / "files"
        self.largest, self.most = settings.file_mb * MEGABYTE, settings.files_per_form
        self.quota = settings.quota_mb * MEGABYTE

    def path(self, digest: str) -> Path:
        return self.folder / digest[:2] / digest

    def preview_path(self, digest: str) -> Path:
        return self.folder / digest[:2] / f"{digest}{PREVIEW}"

    def has(self, digest: str) -> bool:
        return self.path(digest).is_file()

    def put(self, content: BinaryIO) -> str:
        """Have the disk hold the content, and return its digest; raises OSError, and then there is nothing of it."""
        digest, size = measure(content)
        path = self.path(digest)
        # One that a failing disk has cut short is written anew.
        if not path.is_file() or path.stat().st_size != size:
            self._write(path, content)
        return digest

    def put_preview(self, digest: str, picture: bytes) -> None:
        self._write(self.preview_path(digest), BytesIO(picture))

    def remove(self, digest: str) -> None:
        self.preview_path(digest).unlink(missing_ok=True)
        self.path(digest).unlink(missing_ok=True)

    def digests(self) -> Iterator[str]:
        """Of all contents that are there."""
        for path in sorted(self.folder.glob("??/*")):
            if DIGEST.fullmatch(path.name):
                yield path.name

    def abandoned(self, used: set[str], seconds: float) -> list[str]:
        """Contents that nothing uses, and that nobody has touched for so long."""
        before = time.time() - seconds
        unused = [digest for digest in self.digests() if digest not in used]
        return [digest for digest in unused if self.path(digest).stat().st_mtime < before]

    def clear_drafts(self) -> None:
        """Remove what was half written when a process ended."""
        before = time.time() - ABANDONED_SECONDS
        for path in self.folder.glob(f"??/.*{DRAFT}"):
            if path.stat().st_mtime < before:
                path.unlink(missing_ok=True)

    def touch(self) -> None:
        """Let everything count as just written: nothing of it is abandoned for a while."""
        for digest in self.digests():
            os.utime(self.path(digest))

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        """Let nothing be removed meanwhile; what should have been is swept later."""
        if not self.folder.is_dir():
            yield
        else:
            with held(self.folder / ".lock", shared=True):
                yield

    @contextmanager
    def removing(self) -> Iterator[bool]:
        """Whether contents may be removed now: not while they are being copied."""
        try:
            with held(self.folder / ".lock"):
                yield True
        except (Busy, FileNotFoundError):
            yield False

    def _write(self, path: Path, content: BinaryIO) -> None:
        for folder in (self.folder, path.parent):
            _make(folder)
        draft = path.with_name(f".{secrets.token_hex(8)}{DRAFT}")
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                content.seek(0)
                shutil.copyfileobj(content, file, PIECE)
                file.flush()
                os.fsync(file.fileno())
            hand_over(draft)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        sqlite.sync(path.parent)


def measure(content: BinaryIO) -> tuple[str, int]:
    """The digest and the size of what is in the stream, from its beginning."""
    content.seek(0)
    sha256, size = hashlib.sha256(), 0
    while piece := content.read(PIECE):
        sha256.update(piece)
        size += len(piece)
    return sha256.hexdigest(), size


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        return
    hand_over(folder)
    sqlite.sync(folder.parent)

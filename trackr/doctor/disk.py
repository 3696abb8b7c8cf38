"""Room on the disk: for what people write, and for the copies that upgrades and backups make."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from trackr.doctor.finding import Finding, hint, ok, wrong
from trackr.settings import Settings

MEGABYTE = 1024 * 1024
ENOUGH, ENOUGH_COPIES = 500 * MEGABYTE, 10
TOO_LITTLE, TOO_FEW_COPIES = 50 * MEGABYTE, 2  # the copy that an upgrade sets aside, and the journal of its changes


def examine(settings: Settings) -> Iterator[Finding]:
    database = settings.database_path
    size = database.stat().st_size if database.is_file() else 0
    for folder in _disks(settings.data, database.parent):
        free = shutil.disk_usage(folder).free  # what this user may use of it
        told = f"{free // MEGABYTE} MB are free for {folder}, and the database takes {-(-size // MEGABYTE)}"
        if free < max(TOO_LITTLE, TOO_FEW_COPIES * size):
            yield wrong(
                "disk", f"{told}: an upgrade has no room for its copy, and soon nothing more can be written. Make room"
            )
        elif free < max(ENOUGH, ENOUGH_COPIES * size):
            yield hint("disk", f"{told}: make room before it is needed")
        else:
            yield ok("disk", told)


def _disks(*folders: Path) -> list[Path]:
    """One folder of each disk that the existing ones are on."""
    found = {folder.stat().st_dev: folder for folder in reversed(folders) if folder.is_dir()}
    return list(found.values())

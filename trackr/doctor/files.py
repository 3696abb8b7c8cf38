"""The files of the instance: who may read them, and whose they are."""

import stat
from collections.abc import Iterator
from pathlib import Path

from trackr.doctor.finding import Finding, ok, wrong
from trackr.settings import Settings


def examine(settings: Settings) -> Iterator[Finding]:
    yield _secret(settings)
    faults = [*_readable_by_others(settings), *_of_somebody_else(settings)]
    yield from faults
    if not faults:
        yield ok("files", "they belong to the owner of the folder, and nobody else can read them")


def _secret(settings: Settings) -> Finding:
    path = settings.data / "secret_key"
    if not settings.secret_key:
        again = "restore it from a copy, or start Trackr, which makes a new one: then everybody signs in again"
        return wrong("secret", f"{path} is missing, and TRACKR_SECRET_KEY is not given here: {again}")
    if path.exists() and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        return wrong("secret", f"whoever reads it can sign in as anybody, and others may read it: chmod 600 {path}")
    return ok("secret", "only its owner may read it" if path.exists() else "it is given by TRACKR_SECRET_KEY")


def _readable_by_others(settings: Settings) -> Iterator[Finding]:
    for path in (*_database(settings), settings.data / "trackr.toml"):
        reachable = path.parent.stat().st_mode & stat.S_IXOTH
        if path.exists() and reachable and path.stat().st_mode & stat.S_IROTH:
            yield wrong("files", f"every user of this machine may read {path}: chmod o-rwx {path}")


def _of_somebody_else(settings: Settings) -> Iterator[Finding]:
    """What belongs to root, say, cannot be used by a service that runs as the owner of the folder."""
    mine = [settings.data / name for name in ("secret_key", "serve.lock", "migrate.lock")]
    for path in (*_database(settings), *mine):
        if path.exists() and path.stat().st_uid != path.parent.stat().st_uid:
            remedy = f"chown --reference={path.parent} {path}"
            yield wrong("files", f"{path} does not belong to the owner of its folder: {remedy}")


def _database(settings: Settings) -> list[Path]:
    path = settings.database_path
    return [path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")]

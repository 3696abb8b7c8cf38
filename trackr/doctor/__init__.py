"""The doctor: looks at an instance, which may be running, without changing anything, and says what is wrong with it."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from trackr.doctor import contents, disk, files, front, lmtp, mail, mailbox, provider
from trackr.doctor.finding import Finding, Verdict, ok, wrong
from trackr.settings import Settings, SettingsError

__all__ = ["Finding", "Verdict", "examine"]


def examine(environ: Mapping[str, str], data: Path | None = None) -> Iterator[Finding]:
    """Look at the instance that `Settings.load` would find: settings, files, proxy, disk, mail, database, clock, hours.

    What builds on something that is wrong is not looked at. The database is opened for reading alone.
    """
    try:
        settings = Settings.load(environ, data, create=False)
    except SettingsError as problem:
        yield wrong("settings", str(problem))
        return
    yield ok("settings", f"those of {settings.data} can be read")
    yield from files.examine(settings)
    yield from front.examine(settings)
    yield from disk.examine(settings)
    yield from mail.examine_server(settings)
    yield from mailbox.examine(settings)
    yield from lmtp.examine(settings)
    yield from provider.examine(settings)
    yield from contents.examine(settings)

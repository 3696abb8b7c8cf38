"""A backup is one verified file, made while Trackr runs; a restore puts it back, or changes nothing."""

import multiprocessing
import os
import shutil
import sqlite3
import stat
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest

from tests.people import cast
from trackr import sqlite
from trackr.backup import CannotCopy, backup, restore
from trackr.db import CannotStart, database, in_use, migrate, open_database
from trackr.doctor import Verdict, examine
from trackr.files import Upload
from trackr.locks import held
from trackr.models import Attachment, Person, Ticket
from trackr.models.attachment import sweep
from trackr.settings import Settings

PLAN = sha256(b"A plan").hexdigest()
FIRST = "def up(migrator, db):\n    db.execute_sql('CREATE TABLE entry (minutes INTEGER)')\n"


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "0001_entries.py").write_text(FIRST)
    return folder


@pytest.fixture
def settings(tmp_path: Path, migrations: Path) -> Iterator[Settings]:
    """An instance with one entry of 90 minutes, which nobody is using."""
    folder = tmp_path / "data"
    folder.mkdir()
    settings = Settings(data=folder, secret_key=b"x" * 32)
    open_database(settings)
    migrate(settings, migrations)
    write(90)
    database.close()
    yield settings
    database.close()


def write(minutes: int) -> None:
    database.execute_sql("INSERT INTO entry VALUES (?)", (minutes,))


def entries(path: Path) -> list[int]:
    with closing(sqlite3.connect(path)) as connection:
        return [minutes for (minutes,) in connection.execute("SELECT minutes FROM entry")]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_is_one_file(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "copies").mkdir()
    target = tmp_path / "copies" / "monday.db"
    backup(target, settings)
    assert names(target.parent) == ["monday.db"]
    assert entries(target) == [90]
    assert names(target.parent) == ["monday.db"]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_a_backup_holds_what_was_written_a_moment_ago(settings: Settings, tmp_path: Path) -> None:
    write(15)
    with in_use(settings):
        backup(tmp_path / "copy.db", settings)
    assert entries(tmp_path / "copy.db") == [90, 15]


def test_a_backup_during_a_transaction_holds_the_state_before_it(settings: Settings, tmp_path: Path) -> None:
    with database.atomic():
        write(15)
        backup(tmp_path / "copy.db", settings)
    assert entries(tmp_path / "copy.db") == [90]


def test_a_backup_while_others_write_is_whole(settings: Settings, tmp_path: Path) -> None:
    done = threading.Event()

    def work() -> None:
        while not done.is_set():
            with database.atomic():
                write(10)
                write(-10)
        database.close()

    thread = threading.Thread(target=work)
    thread.start()
    for number in range(5):
        backup(tmp_path / f"{number}.db", settings)
    done.set()
    thread.join()
    assert [sum(entries(tmp_path / f"{number}.db")) for number in range(5)] == [90] * 5


def test_a_backup_replaces_a_file_only_when_told_to(settings: Settings, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    target.write_text("Sunday's")
    with pytest.raises(CannotCopy, match="exists already"):
        backup(target, settings)
    assert target.read_text() == "Sunday's"
    backup(target, settings, force=True)
    assert entries(target) == [90]


@pytest.mark.parametrize("ending", ["", "-wal"])
def test_a_backup_does_not_replace_the_database(settings: Settings, ending: str) -> None:
    write(15)  # so that there is a journal
    with pytest.raises(CannotCopy, match="is the database in use"):
        backup(settings.data / f"trackr.db{ending}", settings, force=True)
    assert entries(settings.database_path) == [90, 15]


def test_a_backup_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotCopy, match="there is no database"):
        backup(tmp_path / "copy.db", Settings(data=tmp_path, secret_key=b""))
    assert names(tmp_path) == []


def test_a_backup_into_no_folder_is_refused(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(CannotCopy, match="there is no folder"):
        backup(tmp_path / "none" / "copy.db", settings)


def test_a_damaged_database_yields_no_backup(settings: Settings, tmp_path: Path) -> None:
    damage(settings.database_path)
    with pytest.raises(CannotCopy, match="it is damaged"):
        backup(tmp_path / "copy.db", settings)
    assert names(tmp_path) == ["data", "migrations"]


def test_a_locked_database_is_not_waited_for_for_ever(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(settings.database_path, isolation_level=None)) as other:
        other.executescript("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE")
        with pytest.raises(CannotCopy, match="another program has locked it"):
            backup(tmp_path / "copy.db", settings)


def damage(path: Path) -> None:
    """Spoil a page in the middle, as a failing disk does."""
    with database.atomic():
        for minutes in range(5000):
            write(minutes)
    database.close()
    with path.open("r+b") as file:
        file.seek(4096 * 5)
        file.write(b"\xff" * 4096)


def test_a_backup_comes_back(settings: Settings, migrations: Path, tmp_path: Path) -> None:
    backup(tmp_path / "copy.db", settings)
    write(15)
    database.close()
    kept = restore(tmp_path / "copy.db", settings, migrations)
    assert entries(settings.database_path) == [90]
    assert kept is not None
    assert kept.parent == settings.data / "backups"
    assert entries(kept) == [90, 15]
    assert stat.S_IMODE(settings.database_path.stat().st_mode) == 0o600


def test_a_backup_comes_back_into_an_empty_folder(settings: Settings, migrations: Path, tmp_path: Path) -> None:
    backup(tmp_path / "copy.db", settings)
    (tmp_path / "elsewhere").mkdir()
    elsewhere = Settings(data=tmp_path / "elsewhere", secret_key=b"")
    assert restore(tmp_path / "copy.db", elsewhere, migrations) is None
    assert entries(elsewhere.database_path) == [90]


def test_the_journal_of_what_was_there_does_not_reach_its_successor(
    settings: Settings, migrations: Path, tmp_path: Path
) -> None:
    backup(tmp_path / "copy.db", settings)
    killed = multiprocessing.get_context("spawn").Process(target=write_and_die, args=(settings,))
    killed.start()
    killed.join()
    assert (settings.data / "trackr.db-wal").stat().st_size > 0
    kept = restore(tmp_path / "copy.db", settings, migrations)
    assert names(settings.data) == ["backups", "migrate.lock", "serve.lock", "trackr.db"]
    assert entries(settings.database_path) == [90]
    assert kept is not None
    assert entries(kept) == [90, 15]


def write_and_die(settings: Settings) -> None:
    open_database(settings)
    write(15)
    os.kill(os.getpid(), 9)


def test_a_damaged_database_is_replaced_and_its_bytes_are_kept(
    settings: Settings, migrations: Path, tmp_path: Path
) -> None:
    backup(tmp_path / "copy.db", settings)
    damage(settings.database_path)
    before = settings.database_path.read_bytes()
    kept = restore(tmp_path / "copy.db", settings, migrations)
    assert entries(settings.database_path) == [90]
    assert kept is not None
    assert kept.read_bytes() == before


def test_what_is_no_database_any_more_is_replaced_too(settings: Settings, migrations: Path, tmp_path: Path) -> None:
    backup(tmp_path / "copy.db", settings)
    settings.database_path.write_text("overwritten")
    kept = restore(tmp_path / "copy.db", settings, migrations)
    assert entries(settings.database_path) == [90]
    assert kept is not None
    assert kept.read_text() == "overwritten"


def test_a_restored_backup_of_an_older_trackr_is_brought_up_to_date(
    settings: Settings, migrations: Path, tmp_path: Path
) -> None:
    backup(tmp_path / "copy.db", settings)
    (migrations / "0002_later.py").write_text("def up(migrator, db):\n    pass\n")
    restore(tmp_path / "copy.db", settings, migrations)
    assert migrate(settings, migrations) == ["0002_later"]


def test_an_older_trackr_may_take_back_its_own_backup(settings: Settings, migrations: Path, tmp_path: Path) -> None:
    backup(tmp_path / "copy.db", settings)
    (migrations / "0002_later.py").write_text("def up(migrator, db):\n    pass\n")
    migrate(settings, migrations)
    (migrations / "0002_later.py").unlink()
    restore(tmp_path / "copy.db", settings, migrations)
    assert migrate(settings, migrations) == []


def test_nothing_is_restored_while_trackr_runs(settings: Settings, migrations: Path, tmp_path: Path) -> None:
    backup(tmp_path / "copy.db", settings)
    with in_use(settings), pytest.raises(CannotCopy, match="stop it, then restore"):
        restore(tmp_path / "copy.db", settings, migrations)


def test_nothing_is_restored_under_a_program_that_has_the_file_open(
    settings: Settings, migrations: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.1)
    backup(tmp_path / "copy.db", settings)
    write(15)
    with pytest.raises(CannotCopy, match="another program has locked it"):
        restore(tmp_path / "copy.db", settings, migrations)
    assert entries(settings.database_path) == [90, 15]


def other_programs(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE entry (minutes)")


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO schema_migration (name, applied) VALUES ('0009_x', '')")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda copy: copy.write_text("Dear diary"), "it is not an SQLite database"),
        (lambda copy: copy.write_text(""), "is not a database of Trackr"),
        (other_programs, "is the database of another program"),
        (newer, r"made by a newer Trackr \(0009_x\); this program knows up to 0001_entries"),
        (Path.unlink, "there is no file"),
    ],
)
def test_what_is_no_backup_is_refused(
    settings: Settings, migrations: Path, tmp_path: Path, spoil: Callable[[Path], object], said: str
) -> None:
    backup(tmp_path / "copy.db", settings)
    spoil(tmp_path / "copy.db")
    before = settings.database_path.read_bytes()
    with pytest.raises((CannotCopy, CannotStart), match=said):
        restore(tmp_path / "copy.db", settings, migrations)
    assert settings.database_path.read_bytes() == before
    assert "backups" not in names(settings.data)


def test_a_damaged_backup_is_refused(settings: Settings, migrations: Path, tmp_path: Path) -> None:
    shutil.copytree(settings.data, tmp_path / "other")
    damage(settings.database_path)
    before = entries(tmp_path / "other" / "trackr.db")
    with pytest.raises(CannotCopy, match="it is damaged"):
        restore(settings.database_path, Settings(data=tmp_path / "other", secret_key=b""), migrations)
    assert entries(tmp_path / "other" / "trackr.db") == before


def test_the_database_is_no_backup_of_itself(settings: Settings, migrations: Path) -> None:
    with pytest.raises(CannotCopy, match="is the database in use"):
        restore(settings.database_path, settings, migrations)


def test_the_database_of_another_program_is_not_replaced(settings: Settings, migrations: Path, tmp_path: Path) -> None:
    backup(tmp_path / "copy.db", settings)
    other_programs(settings.database_path)
    with pytest.raises(CannotCopy, match="is the database of another program"):
        restore(tmp_path / "copy.db", settings, migrations)


def test_nobody_starts_while_a_backup_is_restored(settings: Settings) -> None:
    with held(settings.data / "serve.lock"), pytest.raises(CannotStart, match="being restored"), in_use(settings):
        pass


@pytest.fixture
def office(tmp_path: Path, empty_instance: Path) -> Iterator[Settings]:
    """A whole instance, with two files on a ticket: a plan, and an image."""
    settings = Settings.load({}, Path(shutil.copytree(empty_instance, tmp_path / "office")))
    open_database(settings)
    people = cast()
    ticket = people.ticket()
    people.file(ticket, name="plan.txt", content=b"A plan")
    people.file(ticket)
    database.close()
    yield settings
    database.close()


def stored_in(settings: Settings) -> dict[str, bytes]:
    paths = [path for path in (settings.data / "files").rglob("*") if path.is_file() and path.name != ".lock"]
    return {path.name: path.read_bytes() for path in paths}


def wrongs(settings: Settings) -> list[str]:
    return [str(finding) for finding in examine({}, settings.data) if finding.verdict is Verdict.WRONG]


def test_a_backup_of_an_instance_with_files_brings_them_back(office: Settings, tmp_path: Path) -> None:
    assert backup(tmp_path / "copy.tar", office) == 0
    before = stored_in(office)
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    elsewhere = Settings.load({}, tmp_path / "elsewhere")
    restore(tmp_path / "copy.tar", elsewhere)
    assert stored_in(elsewhere) == before and len(before) == 3
    assert wrongs(elsewhere) == []
    assert stat.S_IMODE((tmp_path / "copy.tar").stat().st_mode) == 0o600
    assert names(tmp_path / "elsewhere") == ["files", "secret_key", "serve.lock", "trackr.db"]


def test_what_a_restore_replaces_keeps_its_files(office: Settings, tmp_path: Path) -> None:
    backup(tmp_path / "copy.tar", office)
    open_database(office)
    Attachment.bring(Ticket.get(), Person.get(), [Upload("new.txt", 3, BytesIO(b"New"))])
    Attachment.get(name="plan.txt").remove(Person.get())
    database.close()
    assert b"A plan" not in stored_in(office).values()
    for path in (office.data / "files").rglob("*"):
        os.utime(path, (0, 0))
    restore(tmp_path / "copy.tar", office)
    open_database(office)
    sweep()
    assert {b"A plan", b"New"} <= set(stored_in(office).values())
    assert wrongs(office) == []


def test_a_backup_tells_of_files_that_are_lost(office: Settings, tmp_path: Path) -> None:
    (office.data / "files" / PLAN[:2] / PLAN).unlink()
    assert backup(tmp_path / "copy.tar", office) == 1
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    restore(tmp_path / "copy.tar", Settings.load({}, tmp_path / "elsewhere"))


@pytest.mark.parametrize("spoil", ["content", "end", "database", "name"])
def test_an_archive_that_is_damaged_is_refused(office: Settings, tmp_path: Path, spoil: str) -> None:
    copy = tmp_path / "copy.tar"
    backup(copy, office)
    content = copy.read_bytes()
    at = {"content": content.index(b"A plan"), "end": 0, "database": content.index(b"SQLite"), "name": 0}[spoil]
    if spoil == "end":
        copy.write_bytes(content[: len(content) // 2])
    elif spoil == "name":
        with tarfile.open(copy, "w") as tar:
            tar.add(office.database_path, "../trackr.db")
    else:
        copy.write_bytes(content[:at] + b"X" + content[at + 1 :])
    before = office.database_path.read_bytes()
    with pytest.raises((CannotCopy, CannotStart)):
        restore(copy, office)
    assert office.database_path.read_bytes() == before
    assert not (tmp_path / "trackr.db").exists()


def test_nothing_of_an_archive_is_written_to_where_its_names_point(office: Settings, tmp_path: Path) -> None:
    copy = tmp_path / "copy.tar"
    with tarfile.open(copy, "w") as tar:
        tar.add(office.database_path, "trackr.db")
        for name in ("../outside", "/tmp/outside", f"files/../../{PLAN}", "files/ab/link"):
            member = tarfile.TarInfo(name)
            member.type, member.linkname = (tarfile.SYMTYPE, "/etc/passwd") if "link" in name else (tarfile.REGTYPE, "")
            tar.addfile(member, BytesIO())
    restore(copy, office)
    assert names(tmp_path) == ["copy.tar", "office"]
    assert "link" not in stored_in(office)

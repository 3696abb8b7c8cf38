"""The database is made and migrated at the start, whole or not at all, and what is not Trackr's is left alone."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from peewee import IntegrityError

from trackr import db, sqlite
from trackr.db import CannotStart, database, in_use, migrate, open_database
from trackr.locks import held
from trackr.settings import Settings

FIRST = "def up(migrator, db):\n    db.execute_sql('CREATE TABLE project (id INTEGER PRIMARY KEY, name TEXT)')\n"
SECOND = """
def up(migrator, db):
    reference = "INTEGER REFERENCES project (id) ON DELETE CASCADE"
    db.execute_sql(f"CREATE TABLE ticket (id INTEGER PRIMARY KEY, project {reference})")
"""
REBUILD = """
def up(migrator, db):
    db.execute_sql("CREATE TABLE project_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL)")
    db.execute_sql("INSERT INTO project_new SELECT * FROM project")
    db.execute_sql("DROP TABLE project")
    db.execute_sql("ALTER TABLE project_new RENAME TO project")
"""


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    folder = tmp_path / "data"
    folder.mkdir()
    settings = Settings(data=folder, secret_key=b"x" * 32)
    open_database(settings)
    yield settings
    database.close()


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "0001_projects.py").write_text(FIRST)
    (folder / "0002_tickets.py").write_text(SECOND)
    return folder


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def copies(settings: Settings) -> list[Path]:
    return sorted((settings.data / "backups").glob("*"))


def start(settings: Settings, migrations: Path) -> subprocess.CompletedProcess[str]:
    """Migrate in a process of its own, which prints how many migrations it applied."""
    code = (
        "import sys; from pathlib import Path; from trackr.settings import Settings;"
        "from trackr.db import migrate, open_database;"
        "settings = Settings(data=Path(sys.argv[1]), secret_key=b'x'); open_database(settings);"
        "print(len(migrate(settings, Path(sys.argv[2]))))"
    )
    command = [sys.executable, "-c", code, str(settings.data), str(migrations)]
    return subprocess.run(command, capture_output=True, text=True, cwd=Path(db.__file__).parents[1])


def refusal(settings: Settings, migrations: Path) -> str:
    with pytest.raises(CannotStart) as refused:
        migrate(settings, migrations)
    line = str(refused.value)
    assert "\n" not in line
    return line


def test_a_database_is_made_where_there_is_none(settings: Settings, migrations: Path) -> None:
    assert migrate(settings, migrations) == ["0001_projects", "0002_tickets"]
    assert {"project", "ticket"} < set(database.get_tables())
    assert stat.S_IMODE(settings.database_path.stat().st_mode) == 0o600
    assert sqlite.look(settings.database_path).is_ours


def test_an_empty_file_is_a_database_to_be_made(settings: Settings, migrations: Path) -> None:
    settings.database_path.touch()
    assert len(migrate(settings, migrations)) == 2
    assert copies(settings) == []


def test_migrating_again_changes_nothing(settings: Settings, migrations: Path) -> None:
    migrate(settings, migrations)
    before = dump(settings.database_path)
    assert migrate(settings, migrations) == []
    assert dump(settings.database_path) == before
    assert copies(settings) == []


def test_every_connection_keeps_what_it_wrote(settings: Settings, migrations: Path) -> None:
    migrate(settings, migrations)
    read = {}

    def look() -> None:
        database.connect(reuse_if_open=True)
        for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "cache_size", "mmap_size"):
            read[name] = database.pragma(name)
        database.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert read == {
        "journal_mode": "wal",
        "synchronous": 2,  # full
        "foreign_keys": 1,
        "busy_timeout": 10_000,
        "cache_size": -2000,
        "mmap_size": 0,
    }


def test_references_are_held_after_migrating(settings: Settings, migrations: Path) -> None:
    migrate(settings, migrations)
    with pytest.raises(IntegrityError):
        database.execute_sql("INSERT INTO ticket (project) VALUES (99)")


def test_a_transaction_takes_the_write_lock_when_it_begins(settings: Settings, migrations: Path) -> None:
    migrate(settings, migrations)
    other = sqlite3.connect(settings.database_path, timeout=0)
    with closing(other), database.atomic(), pytest.raises(sqlite3.OperationalError, match="locked"):
        other.execute("BEGIN IMMEDIATE")


def test_an_upgrade_keeps_a_copy_of_what_was_there(settings: Settings, migrations: Path) -> None:
    migrate(settings, migrations)
    database.execute_sql("INSERT INTO project (name) VALUES ('Site')")
    before = dump(settings.database_path)
    (migrations / "0003_rebuild.py").write_text(REBUILD)
    assert migrate(settings, migrations) == ["0003_rebuild"]
    (copy,) = copies(settings)
    assert copy.name.startswith("before-0002_tickets-20")
    assert copy.suffix == ".db"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert dump(copy) == before


def test_the_last_five_copies_are_kept(settings: Settings, migrations: Path) -> None:
    migrate(settings, migrations)
    for number in range(3, 10):
        (migrations / f"000{number}_step.py").write_text("def up(migrator, db):\n    pass\n")
        migrate(settings, migrations)
    assert [copy.name[:11] for copy in copies(settings)] == [f"before-000{number}" for number in range(4, 9)]


def test_rebuilding_a_table_leaves_what_refers_to_it(settings: Settings, migrations: Path) -> None:
    migrate(settings, migrations)
    database.execute_sql("INSERT INTO project (id, name) VALUES (7, 'Site')")
    database.execute_sql("INSERT INTO ticket (project) VALUES (7)")
    (migrations / "0003_rebuild.py").write_text(REBUILD)
    migrate(settings, migrations)
    assert database.execute_sql("SELECT project FROM ticket").fetchall() == [(7,)]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("raise RuntimeError('no such\\nluck')", "no such"),
        ("db.execute_sql('SELECT * FROM nowhere')", "no such table: nowhere"),
        ("db.execute_sql('INSERT INTO ticket (project) VALUES (99)')", "a row of ticket that refers to nothing"),
        (
            "db.pragma('max_page_count', 1); db.execute_sql('CREATE TABLE t AS SELECT zeroblob(9999)')",
            "the disk is full",
        ),
    ],
)
def test_a_failed_upgrade_leaves_the_database_as_it_was(
    settings: Settings, migrations: Path, body: str, said: str
) -> None:
    migrate(settings, migrations)
    database.execute_sql("INSERT INTO project (name) VALUES ('Site')")
    database.close()
    before = dump(settings.database_path)
    (migrations / "0003_good.py").write_text("def up(migrator, db):\n    db.execute_sql('CREATE TABLE good (id)')\n")
    (migrations / "0004_bad.py").write_text(f"def up(migrator, db):\n    {body}\n")
    with pytest.raises(CannotStart, match=r"migration 0004_bad failed: .*as it was before") as refused:
        migrate(settings, migrations)
    assert said in str(refused.value)
    assert dump(settings.database_path) == before


def test_a_database_of_a_newer_trackr_is_refused(settings: Settings, migrations: Path) -> None:
    (migrations / "0003_later.py").write_text("def up(migrator, db):\n    pass\n")
    migrate(settings, migrations)
    (migrations / "0003_later.py").unlink()
    before = settings.database_path.read_bytes()
    assert refusal(settings, migrations) == (
        "this database was made by a newer Trackr (0003_later); this program knows up to 0002_tickets."
        " Nothing was changed."
    )
    assert settings.database_path.read_bytes() == before


def test_the_database_of_another_program_is_refused(settings: Settings, migrations: Path) -> None:
    with closing(sqlite3.connect(settings.database_path)) as other:
        other.execute("CREATE TABLE schema_migration (name)")
    before = settings.database_path.read_bytes()
    assert "is the database of another program" in refusal(settings, migrations)
    assert settings.database_path.read_bytes() == before


@pytest.mark.parametrize("content", [b"Dear diary, " * 500, b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_file_that_is_no_database_is_refused(settings: Settings, migrations: Path, content: bytes) -> None:
    settings.database_path.write_bytes(content)
    assert f"{settings.database_path}: it is" in refusal(settings, migrations)
    assert settings.database_path.read_bytes() == content


def test_a_folder_in_the_place_of_the_database_is_refused(settings: Settings, migrations: Path) -> None:
    settings.database_path.mkdir()
    assert refusal(settings, migrations) == f"{settings.database_path}: Is a directory"


def test_a_database_that_cannot_be_written_is_refused(migrations: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:  # which is not below a folder that only root may enter
        settings = Settings(data=Path(folder), secret_key=b"x" * 32)
        migrations = Path(shutil.copytree(migrations, settings.data / "migrations"))
        open_database(settings)
        migrate(settings, migrations)
        settings.database_path.chmod(0o444)
        (settings.data / "migrate.lock").chmod(0o666)
        settings.data.chmod(0o755)
        user = os.geteuid()
        if user == 0:
            os.seteuid(65534)  # what root may do is no matter
        try:
            assert "may not write" in refusal(settings, migrations)
        finally:
            os.seteuid(user)
            database.close()


@pytest.mark.parametrize("lock", ["BEGIN IMMEDIATE", "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE"])
def test_a_locked_database_is_refused(
    settings: Settings, migrations: Path, monkeypatch: pytest.MonkeyPatch, lock: str
) -> None:
    migrate(settings, migrations)
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.1)
    open_database(settings)
    with closing(sqlite3.connect(settings.database_path, isolation_level=None)) as other:
        other.executescript(lock)
        assert "another program has locked it" in refusal(settings, migrations)


def test_an_installation_without_migrations_is_refused(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert "not installed whole" in refusal(settings, tmp_path / "empty")
    assert not settings.database_path.exists()


def test_two_starts_at_once_migrate_once(settings: Settings, migrations: Path) -> None:
    (migrations / "0001_projects.py").write_text("import time\ntime.sleep(0.3)\n" + FIRST)
    with ThreadPoolExecutor(3) as pool:
        starts = list(pool.map(lambda _: start(settings, migrations), range(3)))
    assert sorted(done.stdout for done in starts) == ["0\n", "0\n", "2\n"]


def test_a_start_killed_in_the_middle_of_an_upgrade_has_done_nothing(settings: Settings, migrations: Path) -> None:
    migrate(settings, migrations)
    before = dump(settings.database_path)
    (migrations / "0003_rebuild.py").write_text(REBUILD)
    (migrations / "0004_kill.py").write_text("import os\n\n\ndef up(migrator, db):\n    os.kill(os.getpid(), 9)\n")
    assert start(settings, migrations).returncode == -9
    assert dump(settings.database_path) == before
    (migrations / "0004_kill.py").unlink()
    assert start(settings, migrations).stdout == "1\n"


def test_a_start_does_not_wait_for_ever_for_another(
    settings: Settings, migrations: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "LOCK_SECONDS", 0.2)
    with held(settings.data / "migrate.lock"):
        assert "another process has been migrating" in refusal(settings, migrations)


def test_writers_in_many_threads_wait_for_each_other(settings: Settings, migrations: Path) -> None:
    migrate(settings, migrations)

    def write(number: int) -> None:
        with database.atomic():
            (count,) = database.execute_sql("SELECT count(*) FROM project").fetchone()
            database.execute_sql("INSERT INTO project (name) VALUES (?)", (str(count),))
        database.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(100)))
    names = {name for (name,) in database.execute_sql("SELECT name FROM project")}
    assert len(names) == 100


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make files for others")
def test_what_root_makes_belongs_to_the_owner_of_the_folder(settings: Settings, migrations: Path) -> None:
    os.chown(settings.data, 65534, 65534)
    with in_use(settings):
        migrate(settings, migrations)
        (migrations / "0003_rebuild.py").write_text(REBUILD)
        migrate(settings, migrations)
        database.execute_sql("INSERT INTO project (name) VALUES ('Site')")
        made = list(settings.data.rglob("*"))
        assert {path.name for path in made} > {"trackr.db", "trackr.db-wal", "serve.lock", "migrate.lock", "backups"}
        assert {path.stat().st_uid for path in made} == {65534}


def test_a_lock_of_somebody_else_is_one_line(settings: Settings) -> None:
    (settings.data / "serve.lock").mkdir()
    with pytest.raises(CannotStart, match=r"serve\.lock: Is a directory"), in_use(settings):
        pass

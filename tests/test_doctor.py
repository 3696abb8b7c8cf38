"""The doctor finds each kind of damage and names it, is content with what Trackr does, and changes nothing."""

import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from tests.clock import Clock
from tests.people import Cast
from trackr import db, paths
from trackr.cli import main
from trackr.db import database, open_database
from trackr.doctor import Verdict, hours
from trackr.files import store
from trackr.models import Entry, Mail, Purchase, ledger
from trackr.settings import Settings

Doctor = Callable[..., list[str]]


@pytest.fixture(autouse=True)
def stand_still(clock: Clock) -> None:
    pass


@pytest.fixture
def instance(settings: Settings, people: Cast) -> Settings:
    """An instance with two packs, both used up, and time beyond them, some of it within review."""
    people.pack(1, bought_on=date(2026, 3, 1), expires_on=date(2026, 3, 31))
    people.pack(2, bought_on=date(2026, 3, 2))
    ticket = people.ticket()
    people.comment(ticket)
    people.entry(ticket, 90, day=date(2026, 3, 10))
    people.intranet.change(people.olive, review_hours=48)
    people.entry(ticket, 60)
    people.entry(people.ticket(), 45)
    database.close()
    return settings


@pytest.fixture
def doctor(settings: Settings) -> Doctor:
    """Run the command, and give the lines that are not ok; the exit code must tell whether one is wrong."""

    def doctor(**environ: str) -> list[str]:
        database.close()
        answer = CliRunner().invoke(main, ["doctor", "--data", str(settings.data)], env=environ)
        open_database(settings)
        lines = answer.stdout.splitlines()
        assert {line.split(" ")[0] for line in lines} <= set(Verdict)
        assert answer.exit_code == any(line.startswith("wrong ") for line in lines), answer.output
        return [line for line in lines if not line.startswith("ok ")]

    return doctor


def damage(settings: Settings, statement: str) -> None:
    """What another program may do to the file, for which no reference holds."""
    with closing(sqlite3.connect(settings.database_path)) as connection, connection:
        assert connection.execute(statement).rowcount > 0


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_healthy_instance_is_told_so_line_by_line(instance: Settings) -> None:
    answer = CliRunner().invoke(main, ["doctor", "--data", str(instance.data)])
    assert answer.exit_code == 0, answer.output
    assert [line.split(":")[0] for line in answer.stdout.splitlines()] == [
        "ok settings",
        "ok secret",
        "ok files",
        "ok proxy",
        "ok disk",
        "ok mail",
        "ok database",
        "ok migrations",
        "ok attachments",
        "ok quota",
        "ok references",
        "ok search",
        "ok clock",
        "ok hours of intranet",
        "ok hours of shop",
        "ok outbox",
    ]


def test_files_that_are_lost_or_changed_are_named(instance: Settings, people: Cast, doctor: Doctor) -> None:
    ticket = people.ticket()
    lost = people.file(ticket, name="lost.txt", content=b"Lost")
    changed = people.file(ticket, name="changed.txt", content=b"Changed")
    store.path(lost.digest).unlink()
    store.path(changed.digest).write_bytes(b"changed")
    said = " ".join(doctor())
    assert f"lost.txt of ticket {ticket.id} ({lost.digest[:12]}…): its content is not there" in said
    assert f"changed.txt of ticket {ticket.id} ({changed.digest[:12]}…): its content has changed" in said


def test_a_quota_that_is_nearly_used_up_is_hinted_at(instance: Settings, people: Cast, doctor: Doctor) -> None:
    people.file(people.ticket(), name="large.bin", content=b"x" * 950_000)
    assert doctor() == []
    assert "files take 1 MB of the 1 that TRACKR_QUOTA_MB allows" in doctor(TRACKR_QUOTA_MB="1")[0]


def test_a_provider_that_cannot_be_asked_is_named(instance: Settings, doctor: Doctor) -> None:
    half = {"TRACKR_OIDC_ISSUER": "http://127.0.0.1:9", "TRACKR_OIDC_CLIENT_ID": "trackr"}
    assert "without TRACKR_BASE_URL nobody signs in" in " ".join(doctor(**half))
    assert "http://127.0.0.1:9 cannot be asked" in " ".join(doctor(TRACKR_BASE_URL="http://localhost", **half))


CHANGED = {
    "a line's minutes": (
        "UPDATE ledger_line SET minutes = -5 WHERE id = 3",
        "purchase 1, entry 1, -5 min) and should be (2026-03-10 drawn, purchase 1, entry 1, -60 min)",
    ),
    "a line's purchase": ("UPDATE ledger_line SET purchase_id = 2 WHERE id = 3", "line 3 of the open ledger is"),
    "a line's place": ("UPDATE ledger_line SET sequence = 9 WHERE id = 3", "line 3 of the open ledger is"),
    "a line's day": ("UPDATE ledger_line SET day = 'never' WHERE id = 3", "line 3 of the open ledger is"),
    "a line that is gone": (
        "DELETE FROM ledger_line WHERE kind = 'overdrawn'",
        "line 7 of the open ledger is no line and should be (2026-03-14 overdrawn, deficit, entry 3, -15 min)",
    ),
    "a line too many": (
        "INSERT INTO ledger_line (project_id, day, sequence, kind, minutes) VALUES (2, '2026-03-14', 0, 'gift', 9)",
        "hours of shop: line 1 of the open ledger is (2026-03-14 gift, deficit, 9 min) and should be no line",
    ),
    "hours left": (
        "UPDATE purchase SET left_minutes = 30 WHERE id = 1",
        "purchase 1 has 30 min left and 0 pending and should have 0 min left and 0 pending",
    ),
    "hours pending": (
        "UPDATE purchase SET pending_minutes = 0 WHERE id = 2",
        "purchase 2 has 0 min left and 0 pending and should have 0 min left and 90 pending",
    ),
    "hours bought": ("UPDATE purchase SET minutes = 600 WHERE id = 1", "purchase 1, 600 min)"),
    "no hours bought": ("UPDATE purchase SET minutes = 0 WHERE id = 1", "(purchase 1 holds no minute)"),
    "a balance": ("UPDATE meter SET balance_minutes = 600", "balance_minutes of the meter is 600 and should be -15"),
    "a deficit": ("UPDATE meter SET deficit_minutes = 0", "deficit_minutes of the meter is 0 and should be 15"),
    "a deficit under review": ("UPDATE meter SET pending_deficit_minutes = 1", "of the meter is 1 and should be 15"),
    "the day it began": ("UPDATE meter SET over_since = NULL", "of the meter is None and should be 2026-03-14"),
    "a meter that is gone": ("DELETE FROM meter WHERE project_id = 1", "there is no meter"),
    "time spent": (
        "UPDATE ticket SET spent_minutes = 0 WHERE id = 1",
        "ticket 1 has 0 min spent and 150 valued, and should have 150 and 150",
    ),
    "time valued": (
        "UPDATE ticket SET valued_minutes = 1 WHERE id = 2",
        "ticket 2 has 45 min spent and 1 valued, and should have 45 and 45",
    ),
    "an entry": ("UPDATE entry SET valued_minutes = 15 WHERE id = 3", "ticket 2 has 45 min spent and 45 valued"),
    "an entry's day": ("UPDATE entry SET day = 'never' WHERE id = 3", "hours of intranet: they cannot be worked out"),
    "an entry that is gone": ("DELETE FROM entry WHERE id = 1", "ledger_line has rows whose entry does not exist (2)"),
    "a ticket that is gone": ("DELETE FROM ticket WHERE id = 1", "comment has rows whose ticket does not exist (1)"),
    "an instant": (
        "UPDATE comment SET created_at = created_at + 86400000",
        "it is 2026-03-14 15:09:26 UTC, but comment.created_at holds 2026-03-15 15:09:26 UTC: the clock went back",
    ),
    "an instant that is none": ("UPDATE comment SET created_at = 1e17", "it holds what Trackr never stores"),
    "the pace of a week": (
        "UPDATE pace SET valued_minutes = 7 WHERE week_on = '2026-03-09'",
        "the week of 2026-03-09 has 7 min and should have 195",
    ),
    "a week that is gone": ("DELETE FROM pace", "the week of 2026-03-09 has 0 min and should have 195"),
    "a week too many": (
        "INSERT INTO pace (project_id, week_on, valued_minutes) VALUES (2, '2026-03-02', 5)",
        "hours of shop: the week of 2026-03-02 has 5 min and should have 0",
    ),
    "a time zone": ("UPDATE project SET timezone = 'Nowhere' WHERE id = 1", "hours of intranet: they cannot be worked"),
}


@pytest.mark.parametrize(("statement", "said"), CHANGED.values(), ids=CHANGED)
def test_what_another_program_changed_is_found(instance: Settings, doctor: Doctor, statement: str, said: str) -> None:
    damage(instance, statement)
    lines = doctor()
    assert any(said in line for line in lines)
    assert all(line.startswith("wrong ") and ("Restore a backup" in line or "Set it" in line) for line in lines)


TRIGGERS = [f"{table}_closed_{verb}" for table in ("entry", "ledger_line") for verb in ("update", "delete")]
TRIGGERS += ["statement_update"]
# Purchase 1 and entry 1 are on statement 1, purchase 2 and entry 2 on statement 2, purchase 3 on none.
ON_STATEMENTS = {
    "a closed line": (
        "UPDATE ledger_line SET minutes = -5 WHERE entry_id = 1",
        "entry 1 is on a statement with 5 min and has 60",
    ),
    "a closed line that is gone": (
        "DELETE FROM ledger_line WHERE entry_id = 1",
        "entry 1 is on a statement with 0 min and has 60",
    ),
    "a closed entry": ("UPDATE entry SET valued_minutes = 50 WHERE id = 1", "with 60 min and has 50"),
    "a line taken off its statement": (
        "UPDATE ledger_line SET statement_id = NULL WHERE entry_id = 1",
        "is not on the same statement as its entry 1",
    ),
    "a line on another statement": (
        "UPDATE ledger_line SET statement_id = 2 WHERE entry_id = 1",
        "is not on the same statement as its entry 1",
    ),
    "an entry on an earlier statement": (
        "UPDATE entry SET statement_id = 1 WHERE id = 2",
        "entry 2 is on statement 1, where it does not belong",
    ),
    "a line of another project": (
        "UPDATE statement SET project_id = 2 WHERE id = 2",
        "is on statement 2, where it does not belong",
    ),
    "the minutes of a closed purchase": (
        "UPDATE purchase SET minutes = 130 WHERE id = 1",
        "purchase 1 is on a statement with 120 min and has 130",
    ),
    "what is bought on a statement": (
        "UPDATE ledger_line SET minutes = 130 WHERE kind = 'bought' AND purchase_id = 1",
        "purchase 1 is on a statement with 130 min and has 120",
    ),
    "more drawn than was bought": (
        "UPDATE ledger_line SET minutes = -130 WHERE entry_id = 1",
        "purchase 1 has -70 min left on its statements",
    ),
    "a purchase on a later statement": (
        "UPDATE purchase SET statement_id = 2 WHERE id = 1",
        "purchase 1 is not on the statement that tells it first",
    ),
    "a purchase that is on none": (
        "UPDATE purchase SET statement_id = 1 WHERE id = 3",
        "purchase 3 is on a statement that does not tell it",
    ),
    "a gap between periods": (
        "UPDATE statement SET first_day = '2026-02-03' WHERE id = 2",
        "statement 2 begins on 2026-02-03, the one before ends on 2026-01-31",
    ),
    "a period that ends before it begins": (
        "UPDATE statement SET first_day = '2026-02-03' WHERE id = 1",
        "statement 1 ends on 2026-01-31, before it begins",
    ),
    "a document": (
        "UPDATE statement SET document = replace(document, 'Intranet', 'Internet') WHERE id = 1",
        "the document of statement 1 is not the one that was sealed",
    ),
    "a document with its seal": (
        "UPDATE statement SET digest = 'another' WHERE id = 1",
        "the document of statement 2 does not name the statement before",
    ),
    "a document taken away": (
        "UPDATE statement SET document = '' WHERE id = 2",
        "statement 2 has no document, as the one before has",
    ),
    "a number left out": ("UPDATE statement SET number = 7 WHERE id = 2", "statements: statement 7 follows 1"),
}


@pytest.fixture
def closed(settings: Settings, people: Cast) -> Settings:
    """Two closed months, each with a purchase and an entry, and the running one with a purchase."""
    ticket = people.ticket()
    for month, last in ((1, 31), (2, 28)):
        people.pack(2, bought_on=date(2026, month, 2))
        people.entry(ticket, 60, day=date(2026, month, 9))
        ledger.close(people.intranet, date(2026, month, last))
    people.pack(1)
    database.close()
    return settings


def test_closed_periods_are_in_order(closed: Settings, doctor: Doctor) -> None:
    assert doctor() == []


@pytest.mark.parametrize(("statement", "said"), ON_STATEMENTS.values(), ids=ON_STATEMENTS)
def test_what_another_program_changed_on_a_statement_is_found(
    closed: Settings, doctor: Doctor, statement: str, said: str
) -> None:
    with sqlite3.connect(closed.database_path) as connection:
        connection.executescript("".join(f"DROP TRIGGER {name};" for name in TRIGGERS))
    connection.close()
    damage(closed, statement)
    lines = doctor()
    assert any(said in line for line in lines), lines
    assert all(line.startswith("wrong ") for line in lines)


def test_what_is_stored_breaks_no_line(instance: Settings, doctor: Doctor) -> None:
    damage(instance, "UPDATE project SET slug = 'in' || char(10) || 'tranet', timezone = char(10) WHERE id = 1")
    (line,) = doctor()
    assert line.startswith("wrong hours of in tranet: ")


def test_one_changed_line_is_the_one_thing_that_is_wrong(instance: Settings, doctor: Doctor) -> None:
    damage(instance, "UPDATE ledger_line SET minutes = -5 WHERE id = 3")
    (line,) = doctor()
    assert line.startswith("wrong hours of intranet: line 3 ")


def test_of_much_damage_a_few_lines_are_shown(instance: Settings, doctor: Doctor, people: Cast) -> None:
    for _ in range(9):
        people.ticket()
    database.close()
    damage(instance, "UPDATE ticket SET spent_minutes = 999")
    assert len(doctor()) == 3


def test_nothing_is_changed_by_looking(instance: Settings, doctor: Doctor) -> None:
    (instance.data / "secret_key").unlink()
    before = digest(instance.database_path)
    names = {path.name for path in instance.data.iterdir()}
    (line,) = doctor()
    assert "secret_key is missing" in line
    assert digest(instance.database_path) == before
    # SQLite lays out its journal even to read.
    assert {path.name for path in instance.data.iterdir()} - names <= {"trackr.db-wal", "trackr.db-shm"}
    assert not (instance.data / "trackr.db-wal").exists() or not (instance.data / "trackr.db-wal").stat().st_size


def test_others_may_write_meanwhile(instance: Settings, doctor: Doctor) -> None:
    with closing(sqlite3.connect(instance.database_path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE purchase SET left_minutes = 1")
        assert doctor() == []
        other.execute("COMMIT")
        assert "purchase 1 has 1 min left" in doctor()[0]


def test_the_doctor_cannot_write(instance: Settings) -> None:
    db.open_to_read(instance)
    with database.connection_context(), pytest.raises(db.PeeweeException, match="readonly"):
        Purchase.update(left_minutes=1).execute()


def test_what_is_due_is_not_wrong(instance: Settings, doctor: Doctor, people: Cast, clock: Clock) -> None:
    for hours_passed in (47, 2, 24 * 16, 24 * 400):
        clock.forward(hours=hours_passed)
        assert doctor() == []
        ledger.settle(people.intranet)
        assert doctor() == []


@pytest.mark.parametrize("seed", range(4))
def test_whatever_people_do_the_doctor_is_content(people: Cast, clock: Clock, seed: int) -> None:
    random, project = Random(seed), people.intranet
    project.change(people.olive, review_hours=24)
    ticket = people.ticket()
    for _ in range(40):
        clock.forward(hours=random.randrange(30))
        ledger.settle(project)
        day = date.fromordinal(project.today().toordinal() - random.randrange(9))
        entries = list(Entry.select())
        deed = random.choice(["log", "log", "log", "buy", "change", "remove"])
        if deed == "log":
            people.entry(ticket, random.randrange(1, 90), day=day)
        elif deed == "buy":
            last = random.choice([None, date.fromordinal(day.toordinal() + random.randrange(6))])
            people.pack(random.randrange(1, 3), bought_on=day, expires_on=last)
        elif entries and deed == "change":
            valued = random.randrange(90)
            random.choice(entries).change(
                people.sam, spent_minutes=valued, valued_minutes=valued, day=day, note="", internal_note=""
            )
        elif entries:
            random.choice(entries).remove(people.sam)
        assert [str(finding) for finding in hours.examine() if finding.verdict != Verdict.OK] == []


def test_while_the_clock_is_wrong_the_hours_are_not_blamed(instance: Settings, doctor: Doctor, clock: Clock) -> None:
    clock.forward(days=-40)
    (line,) = doctor()
    assert line.startswith("wrong clock: it is 2026-02-02 15:09:26 UTC, but ")


def test_a_damaged_file_is_found(instance: Settings, doctor: Doctor) -> None:
    content = bytearray(instance.database_path.read_bytes())
    content[8192:12288] = b"\xff" * 4096
    instance.database_path.write_bytes(content)
    (line,) = doctor()
    assert line.startswith("wrong database: ")
    assert "it is damaged" in line and "restore a backup" in line


@pytest.mark.parametrize("content", [b"Dear diary, " * 500, b""])
def test_what_is_no_database_is_found(instance: Settings, doctor: Doctor, content: bytes) -> None:
    instance.database_path.write_bytes(content)
    (line,) = doctor()
    assert line.startswith("wrong database: ")
    assert instance.database_path.read_bytes() == content


def test_a_database_that_awaits_its_upgrade_is_told(
    instance: Settings, doctor: Doctor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(paths.migrations, tmp_path / "migrations")
    (tmp_path / "migrations" / "0999_later.py").write_text("def up(migrator, db):\n    pass\n")
    monkeypatch.setattr(paths, "migrations", tmp_path / "migrations")
    (line,) = doctor()
    assert line.startswith("wrong migrations: 0999_later not applied: start this version")


def test_a_database_of_a_newer_trackr_is_told(instance: Settings, doctor: Doctor) -> None:
    damage(instance, "UPDATE schema_migration SET name = '0999_later' WHERE id = 2")
    (line,) = doctor()
    assert line.startswith("wrong database: this database was made by a newer Trackr (0999_later)")


@pytest.mark.parametrize("mode", [0o640, 0o604])
def test_a_secret_that_others_may_read_is_found(instance: Settings, doctor: Doctor, mode: int) -> None:
    (instance.data / "secret_key").chmod(mode)
    (line,) = doctor()
    assert line.startswith("wrong secret: ")
    assert line.endswith(f"chmod 600 {instance.data / 'secret_key'}")


def test_a_database_that_everybody_may_read_is_found(instance: Settings, doctor: Doctor) -> None:
    instance.database_path.chmod(0o644)
    instance.data.chmod(0o700)
    assert doctor() == []
    instance.data.chmod(0o755)
    assert f"chmod o-rwx {instance.database_path}" in doctor()[0]


def test_a_file_of_somebody_else_is_found(instance: Settings, doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    stat = Path.stat

    def of_root(path: Path, **options: bool) -> object:
        found = stat(path, **options)
        if path.name != "serve.lock":
            return found
        return SimpleNamespace(st_uid=found.st_uid + 1, st_mode=found.st_mode)

    (instance.data / "serve.lock").touch()
    monkeypatch.setattr(Path, "stat", of_root)
    assert f"chown --reference={instance.data} {instance.data / 'serve.lock'}" in doctor()[0]


@pytest.mark.parametrize(
    ("free", "verdict"), [(10**9, "ok"), (400 * 1024**2, "hint"), (10 * 1024**2, "wrong"), (0, "wrong")]
)
def test_a_disk_that_fills_up_is_told_before_it_is_full(
    instance: Settings, doctor: Doctor, monkeypatch: pytest.MonkeyPatch, free: int, verdict: str
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda folder: SimpleNamespace(free=free))
    assert [line.split(":")[0] for line in doctor()] == ([] if verdict == "ok" else [f"{verdict} disk"])


@pytest.mark.parametrize(
    ("environ", "said"),
    [
        ({"TRACKR_BASE_URL": "https://tickets.example.org"}, "TRACKR_TRUSTED_PROXIES names none"),
        ({"TRACKR_TRUSTED_PROXIES": "10.0.0.1, 0.0.0.0/0"}, "which is everybody"),
        ({"TRACKR_TRUSTED_PROXIES": "::/0"}, "which is everybody"),
    ],
)
def test_a_proxy_that_does_not_fit_is_a_hint(
    instance: Settings, doctor: Doctor, environ: dict[str, str], said: str
) -> None:
    (line,) = doctor(**environ)
    assert line.startswith("hint proxy: ")
    assert said in line


def test_a_proxy_that_is_named_is_fine(instance: Settings, doctor: Doctor) -> None:
    assert doctor(TRACKR_BASE_URL="https://tickets.example.org", TRACKR_TRUSTED_PROXIES="127.0.0.1") == []


def test_mail_that_cannot_go_is_told_and_so_is_what_failed(
    instance: Settings, doctor: Doctor, people: Cast, server: tuple[object, int]
) -> None:
    [line] = doctor(TRACKR_SMTP_URL="smtp://127.0.0.1:1")
    assert "without TRACKR_MAIL_FROM and TRACKR_BASE_URL nothing is sent" in line
    environ = {"TRACKR_MAIL_FROM": "desk@cobalt.example", "TRACKR_BASE_URL": "http://desk.example"}
    (line,) = doctor(TRACKR_SMTP_URL="smtp://127.0.0.1:1", **environ)
    assert line.startswith("wrong mail: Nothing answers on port 1 of 127.0.0.1")
    assert doctor(TRACKR_SMTP_URL=f"smtp://127.0.0.1:{server[1]}", **environ) == []
    mail = Mail.create(kind="test", person=people.sam, address="", message_id="", due_at=0)
    assert "due for an hour: 1." in doctor(TRACKR_SMTP_URL=f"smtp://127.0.0.1:{server[1]}", **environ)[0]
    mail.fail("550 No such person")
    assert "that failed: 1." in doctor()[0]


def test_a_wrong_setting_is_all_that_is_said(instance: Settings, doctor: Doctor) -> None:
    (line,) = doctor(TRACKR_BASEURL="x")
    assert line.startswith("wrong settings: unknown setting 'TRACKR_BASEURL'")


def test_an_empty_folder_is_left_empty(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    for folder, said in (("new", "wrong database: there is none at"), ("typo", "there is no folder of that name")):
        answer = CliRunner().invoke(main, ["doctor", "--data", str(tmp_path / folder)])
        assert answer.exit_code == 1
        assert said in answer.stdout
    assert [path.name for path in tmp_path.rglob("*")] == ["new"]


def test_a_search_that_lacks_something_is_named(instance: Settings, doctor: Doctor) -> None:
    damage(instance, "DELETE FROM comment_search_docsize")
    lines = doctor()
    assert [line.split(":")[0] for line in lines] == ["wrong search"] and "comment_search has 1 too few" in lines[0]

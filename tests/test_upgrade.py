"""A database of the first version, with everything in it, comes to the whole hours without losing a minute."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from peewee import IntegrityError

from tests.clock import Clock
from trackr import db, paths
from trackr.doctor import Verdict, hours
from trackr.hours import allocation
from trackr.hours.allocation import Entry, Purchase
from trackr.models import Activity, Alert, Line, Meter, Pace, Project, ledger
from trackr.models import Entry as StoredEntry
from trackr.settings import Settings

TODAY = date(2026, 3, 14)
# Two years of Mondays and Sundays, each of which ends or begins a week.
DAYS = [TODAY - timedelta(days=number * 3) for number in range(240, -1, -1)]
PURCHASES = [
    Purchase(1, 3000, date(2024, 3, 1), date(2024, 3, 1), date(2025, 2, 28)),
    Purchase(2, 3000, date(2025, 3, 1), date(2025, 3, 1)),
    Purchase(3, 6000, date(2026, 3, 1), date(2026, 3, 1), date(2027, 2, 28)),
]
ENTRIES = [Entry(number, day, number * 7 % 60) for number, day in enumerate(DAYS, start=1)]


def upto(settings: Settings, number: int, folder: Path) -> None:
    """Migrate as far as the migration with this number."""
    for path in sorted(paths.migrations.glob("*.py"))[:number]:
        shutil.copy(path, folder)
    db.migrate(settings, folder)


@pytest.fixture
def old(tmp_path: Path, clock: Clock) -> Iterator[Settings]:
    """An instance as the first version left it; its database is open, and not brought up to date."""
    data, first = tmp_path / "data", tmp_path / "first"
    data.mkdir()
    first.mkdir()
    settings = Settings.load({}, data)
    db.open_database(settings)
    upto(settings, 1, first)
    with closing(sqlite3.connect(settings.database_path)) as connection, connection:
        fill(connection)
    yield settings
    db.database.close()


def put(connection: sqlite3.Connection, table: str, **values: object) -> None:
    """Insert a row; what is not told, and must be, is 0 or nothing."""
    columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
    texts = ("VARCHAR", "TEXT")
    rest = {
        name: "" if kind.startswith(texts) else 0
        for _, name, kind, required, default, is_id in columns
        if required and default is None and not is_id and name not in values
    }
    row = values | rest
    names, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
    connection.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(row.values()))


def fill(connection: sqlite3.Connection) -> None:
    """One project with a ticket, its packs, entries and ledger, as the rules derive it."""
    walked = allocation.walk(PURCHASES, ENTRIES, TODAY)
    valued = sum(entry.valued_minutes for entry in ENTRIES)
    put(connection, "agency", name="Atelier Cobalt", language="fr")
    put(connection, "person", id=1, email="olive@cobalt.example", name="Olive Owen", role="owner", active=1)
    put(
        connection, "project", id=1, slug="intranet", name="Intranet", client="Town hall", timezone="Europe/Paris",
        billing="prepaid", increment=1, per="entry", detail="day", language="fr",
    )  # fmt: skip
    put(connection, "board_column", id=1, project_id=1, name="New", role="new")
    put(
        connection, "ticket", id=1, project_id=1, column_id=1, title="The form loses the date", requester_id=1,
        spent_minutes=valued, valued_minutes=valued, kind="support", priority="normal",
    )  # fmt: skip
    for pack in PURCHASES:
        put(
            connection, "purchase", id=pack.id, project_id=1, minutes=pack.minutes, kind="pack", state="open",
            bought_on=str(pack.bought_on), valid_from=str(pack.valid_from), left_minutes=walked.left[pack.id],
            expires_on=pack.expires_on and str(pack.expires_on),
        )  # fmt: skip
    for entry in ENTRIES:
        put(
            connection, "entry", id=entry.id, project_id=1, ticket_id=1, person_id=1, day=str(entry.day),
            spent_minutes=entry.valued_minutes, valued_minutes=entry.valued_minutes, rule="{}",
        )  # fmt: skip
    for number, line in enumerate(walked.lines):
        put(
            connection, "ledger_line", project_id=1, day=str(line.day), sequence=number, kind=str(line.kind),
            purchase_id=line.purchase, entry_id=line.entry, minutes=line.minutes,
        )  # fmt: skip
    put(connection, "meter", project_id=1, deficit_minutes=walked.deficit, walked_on=str(TODAY))


def rows(settings: Settings) -> dict[str, list[dict[str, object]]]:
    with closing(sqlite3.connect(settings.database_path)) as connection:
        connection.row_factory = sqlite3.Row
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: [dict(row) for row in connection.execute(f'SELECT * FROM "{table}"')] for table in tables}


GONE = {"session_key"}  # sessions are rows of their own now: everybody signs in once again


def test_every_row_and_column_is_kept(old: Settings) -> None:
    before = rows(old)
    assert db.migrate(old) == [path.stem for path in sorted(paths.migrations.glob("*.py"))[1:]]
    after = rows(old)
    for table in before.keys() - {"schema_migration", "sqlite_sequence"}:
        were = [{name: value for name, value in row.items() if name not in GONE} for row in before[table]]
        kept = [{name: row[name] for name in known} for row, known in zip(after[table], were, strict=True)]
        assert kept == were, table


def test_the_pace_is_that_of_the_entries(old: Settings) -> None:
    db.migrate(old)
    expected: dict[date, int] = {}
    for entry in ENTRIES:
        week = entry.day - timedelta(days=entry.day.weekday())
        expected[week] = expected.get(week, 0) + entry.valued_minutes
    assert dict(Pace.select(Pace.week_on, Pace.valued_minutes).tuples()) == expected


def test_nobody_is_warned_of_what_is_long_used_up_and_there_are_activities(old: Settings) -> None:
    db.migrate(old)
    assert [name for (name,) in Activity.select(Activity.name).order_by(Activity.position).tuples()][:2] == [
        "Support", "Assistance",
    ]  # fmt: skip
    before = Alert.select().count()
    Meter.update(stale_at=0).execute()
    ledger.settle(Project.get())
    assert Alert.select().where(Alert.purchase.in_([1, 2])).count() == before


def test_afterwards_the_doctor_is_content_and_a_month_can_be_closed(old: Settings) -> None:
    db.migrate(old)
    project = Project.get()
    ledger.rewrite(project, TODAY)
    assert [str(finding) for finding in hours.examine() if finding.verdict != Verdict.OK] == []
    ledger.close(project, date(2026, 2, 28))
    assert [str(finding) for finding in hours.examine() if finding.verdict != Verdict.OK] == []
    assert StoredEntry.select().where(StoredEntry.statement.is_null(False)).count() == sum(
        entry.day <= date(2026, 2, 28) for entry in ENTRIES
    )
    assert Line.select().where(Line.day <= date(2026, 2, 28), Line.statement.is_null()).count() == 0


def test_names_that_stood_in_events_become_numbers_and_events_are_kept_again(old: Settings, tmp_path: Path) -> None:
    upto(old, 14, tmp_path / "first")
    was_told: list[tuple[str, str, str]] = [
        ("membership.granted", '{"person": "Léa Lindt"}', '{"person": 2}'),
        ("membership.revoked", '{"person": "Who was forgotten"}', '{"person": 0}'),
        ("participant.added", '{"person": "As she was called then", "id": 2}', '{"person": 2}'),
        ("participant.left", '{"person": ""}', '{"person": null}'),
        ("rates.changed", '{"people": ["Olive Owen", "Gone"]}', '{"people": [1]}'),
        ("ticket.changed", '{"assignee": [null, "Twin"]}', '{"assignee": [null, 4]}'),
        ("ticket.changed", '{"title": ["Twin", "Léa"]}', '{"title": ["Twin", "Léa"]}'),
        ("ticket.changed", '{"due_on": [null, "2026-03-14"]}', '{"due_on": [null, "2026-03-14"]}'),
        ("view.kept", '{"view": "Twin"}', '{"view": "Twin"}'),
    ]  # fmt: skip
    with closing(sqlite3.connect(old.database_path)) as connection, connection:
        for number, name in enumerate(("Léa Lindt", "Twin", "Twin"), start=2):
            put(connection, "person", id=number, email=f"{number}@x.example", name=name, role="client", active=1)
        put(connection, "membership", project_id=1, person_id=4, sees="all")
        for kind, data, _ in was_told:
            put(connection, "event", project_id=1, kind=kind, data=data, via="web")
    db.migrate(old)
    told = [row["data"] for row in rows(old)["event"]][-len(was_told) :]
    assert told == [expected for *_, expected in was_told]
    with pytest.raises(IntegrityError, match="stay as they were"):
        db.database.execute_sql("UPDATE event SET data = '{}'")

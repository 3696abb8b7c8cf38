"""Writing time costs the same whatever the history: no query of it scans, and SQLite takes as many steps."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.clock import Clock
from trackr import db
from trackr.db import database
from trackr.models import Entry, Meter, Person, Project, Purchase, Ticket, ledger
from trackr.models.base import now
from trackr.models.preview import preview
from trackr.reach import Reach
from trackr.reach.periods import Filters
from trackr.reach.timesheet import timesheet
from trackr.seed import seed
from trackr.settings import Settings

FEW, MANY = 500, 5000
HISTORY = {"entry", "ledger_line"}  # what grows for ever
AT = datetime(2026, 3, 1, 0, 30, tzinfo=UTC)  # the open month has just begun: history is all that differs


@pytest.fixture(scope="module")
def sown(empty_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Data folders with few and many entries in the same ten years, on as many tickets of the last weeks."""
    return {entries: sow(empty_instance, tmp_path_factory.mktemp("sown") / "data", entries) for entries in (FEW, MANY)}


def sow(empty: Path, data: Path, entries: int) -> Path:
    shutil.copytree(empty, data)
    db.open_database(Settings.load({}, data))
    seed(entries // 5, entries, AT)
    database.close()
    return data


def log(ago: int) -> Entry:
    ticket = Ticket.select().order_by(Ticket.id.desc()).get()
    day = ticket.project.today() - timedelta(days=ago)
    return Entry.log(ticket, Person.get(Person.role == "staff"), spent_minutes=15, day=day)


def change(ago: int) -> None:
    entry = log(ago)
    figures = {"spent_minutes": 20, "valued_minutes": 20, "day": entry.day, "note": "", "internal_note": ""}
    entry.change(entry.person, **figures)
    entry.remove(entry.person)


def correct() -> None:
    corrected = Entry.get((Entry.project == 1) & (Entry.statement == 1) & (Entry.valued_minutes > 2))
    Entry.log(corrected.ticket, corrected.person, spent_minutes=0, valued_minutes=-1, corrects=corrected)


def buy() -> None:
    project, owner = Project.get(), Person.get(Person.role == "owner")
    Purchase.add(project, owner, minutes=60, bought_on=project.today())


def settle() -> None:
    Meter.update(stale_at=now()).execute()
    ledger.settle(Project.get())


def look_ahead() -> None:
    preview(Project.get(), Project.get().today() - timedelta(days=400), 30)


DEEDS: dict[str, Callable[[], object]] = {
    "an entry of today": lambda: log(0),
    "an entry of a closed month": lambda: log(400),
    "an entry that is mended and removed": lambda: change(0),
    "a late one that is mended and removed": lambda: change(400),
    "a correction": correct,
    "a purchase": buy,
    "the meter settled": settle,
    "a preview of a late entry": look_ahead,
    "the meter read": lambda: Meter.of(Project.get()),
}


@pytest.fixture(autouse=True)
def just_after_a_closing(clock: Clock) -> None:
    clock.at = AT + timedelta(hours=1)


@pytest.mark.parametrize("deed", DEEDS)
def test_it_takes_as_many_steps_with_ten_times_the_history(
    deed: str, sown: dict[int, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = []
    for entries in (FEW, MANY):
        db.open_database(Settings.load({}, shutil.copytree(sown[entries], tmp_path / str(entries))))
        DEEDS[deed]()
        taken.append(steps(DEEDS[deed]))
        database.close()
    few, many = taken
    assert many < few * 1.1 + 50, taken


def test_the_hours_of_a_whole_history_take_steps_in_proportion_to_it(sown: dict[int, Path], tmp_path: Path) -> None:
    taken = []
    for entries in (FEW, MANY):
        db.open_database(Settings.load({}, shutil.copytree(sown[entries], tmp_path / str(entries))))
        reach = Reach(Person.get(Person.role == "staff"))
        project = reach.projects()[0]
        taken.append(steps(lambda: timesheet(reach, project, Filters("all"))))  # noqa: B023 -- done at once
        database.close()
    few, many = taken
    assert many < few * MANY / FEW * 1.5, taken


def steps(deed: Callable[[], object]) -> int:
    """How many steps SQLite's machine takes for it."""
    count = 0

    def step() -> None:
        nonlocal count
        count += 1

    database.connection().set_progress_handler(step, 1)
    deed()
    database.connection().set_progress_handler(None, 0)
    return count


@pytest.mark.parametrize("deed", DEEDS)
def test_none_of_its_queries_scans_entries_or_lines(deed: str, sown: dict[int, Path], tmp_path: Path) -> None:
    db.open_database(Settings.load({}, shutil.copytree(sown[FEW], tmp_path / "data")))
    asked: set[str] = set()
    database.connection().set_trace_callback(asked.add)
    DEEDS[deed]()
    database.connection().set_trace_callback(None)
    told = [sql for sql in asked if sql.startswith(("SELECT", "UPDATE", "DELETE")) and HISTORY & set(sql.split('"'))]
    plans = {sql: [plan for *_, plan in database.execute_sql(f"EXPLAIN QUERY PLAN {sql}")] for sql in told}
    database.close()
    assert told or deed == "the meter read"
    assert {sql: plan for sql, plan in plans.items() if any(step.startswith("SCAN") for step in plan)} == {}

"""`trackr seed`: bulk data that satisfies every check, the same each time."""

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from peewee import fn

from tests.people import Cast
from trackr import create_app, db
from trackr.doctor import Verdict, hours
from trackr.hours import allocation
from trackr.models import (
    Agency,
    Column,
    Comment,
    Entry,
    Line,
    Meter,
    Pace,
    Person,
    Project,
    Purchase,
    Statement,
    Ticket,
    ledger,
)
from trackr.models.base import now
from trackr.seed import NoOwner, seed, sign_ins
from trackr.settings import Settings

AT = now()
TICKETS, ENTRIES = 600, 3000


@pytest.fixture(scope="module")
def sown(empty_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the seeded project, to be copied."""
    return sow(empty_instance, tmp_path_factory.mktemp("sown") / "data")


def sow(empty: Path, data: Path) -> Path:
    shutil.copytree(empty, data)
    db.open_database(Settings.load({}, data))
    assert seed(TICKETS, ENTRIES, AT)
    db.database.close()
    return data


@pytest.fixture
def load(sown: Path, tmp_path: Path) -> Iterator[Project]:
    """The seeded project, its database open."""
    db.open_database(Settings.load({}, shutil.copytree(sown, tmp_path / "load")))
    yield Project.get()
    db.database.close()


def derived() -> list[object]:
    """What is derived from entries and purchases, and kept."""
    lines = Line.select(Line.day, Line.sequence, Line.kind, Line.purchase, Line.entry, Line.minutes)
    in_order = lines.order_by(Line.day, Line.sequence).tuples()
    return [*in_order, *Pace.select().tuples(), *Purchase.select().tuples(), *Meter.select().tuples()]


def test_the_ledger_and_the_meter_are_what_the_rules_derive_from_the_beginning(load: Project) -> None:
    before = derived()
    with db.database.atomic():
        ledger.rewrite(load, date.min)
    assert derived() == before
    assert Line.select().count() > ENTRIES * 0.9


def test_closed_months_are_what_the_rules_derive_from_all_there_is(load: Project) -> None:
    packs = [purchase.as_pack() for purchase in Purchase.of(load)]
    walked = allocation.walk(packs, [entry.as_draw() for entry in Entry.select()], load.today(AT))
    stored = Line.select(Line.day, Line.kind, Line.purchase, Line.entry, Line.minutes).order_by(Line.day, Line.sequence)
    assert [(line.day, str(line.kind), line.purchase, line.entry, line.minutes) for line in walked.lines] == list(
        stored.tuples()
    )


def test_every_month_that_is_over_is_on_a_statement_with_all_that_is_in_it(load: Project) -> None:
    statements = list(Statement.select().order_by(Statement.number))
    assert [statement.number for statement in statements] == list(range(1, len(statements) + 1))
    assert len(statements) in (120, 121)
    assert statements[-1].last_day == load.today(AT).replace(day=1) - timedelta(days=1)
    for model in (Entry, Line):
        for day, on in model.select(model.day, model.statement).tuples():
            assert on == next((one.id for one in statements if one.first_day <= day <= one.last_day), None)
    assert Purchase.select().where(Purchase.statement.is_null()).count() == 0


def test_the_doctor_is_content(load: Project) -> None:
    assert [str(finding) for finding in hours.examine() if finding.verdict != Verdict.OK] == []


def test_the_database_is_sound(load: Project) -> None:
    assert db.database.execute_sql("PRAGMA foreign_key_check").fetchall() == []
    assert db.database.execute_sql("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_there_are_as_many_rows_as_were_asked_for(load: Project) -> None:
    counts = [model.select().count() for model in (Ticket, Comment, Entry)]
    assert counts == [TICKETS, 5 * TICKETS, ENTRIES]
    assert Comment.select().where(Comment.internal).count() == TICKETS


def test_two_hundred_tickets_are_open_in_the_first_three_columns(load: Project) -> None:
    query = Ticket.open_ones().select(Column.role, fn.COUNT(Ticket.id)).join(Column).group_by(Column.role)
    counts = dict(query.tuples())
    assert sum(counts.values()) == 200
    assert {role: 65 < count < 70 for role, count in counts.items()} == dict.fromkeys(
        ("new", "active", "waiting"), True
    )
    assert not Ticket.select().join(Column).where((Column.role == "done") & Ticket.closed_at.is_null()).exists()


def test_titles_and_priorities_are_as_in_life(load: Project) -> None:
    assert 40 < Ticket.select(fn.AVG(fn.LENGTH(Ticket.title))).scalar() < 50
    assert Ticket.select().where(Ticket.priority != "normal").count() == TICKETS // 4


def test_the_days_go_over_ten_years_up_to_today(load: Project) -> None:
    first, last = Entry.select(fn.MIN(Entry.day), fn.MAX(Entry.day)).tuples().get()
    assert (last, (last - first).days // 365) == (load.today(AT), 10)
    early = Entry.select().join(Ticket).where(Entry.written_at < Ticket.opened_at)
    assert not early.exists()


def test_the_meter_is_ok_and_past_packs_are_used_or_expired(load: Project) -> None:
    reading = Meter.of(load).reading()
    assert (reading.state, reading.pending_minutes, reading.deficit_minutes) == ("ok", 0, 0)
    assert [pack.standing(load.today(AT)) for pack in Purchase.of(load)] == ["open"] + ["expired"] * 9


def test_a_ticket_has_the_sums_of_its_entries(load: Project) -> None:
    sums = Entry.select(fn.SUM(Entry.spent_minutes), fn.SUM(Entry.valued_minutes)).tuples().get()
    assert Ticket.select(fn.SUM(Ticket.spent_minutes), fn.SUM(Ticket.valued_minutes)).tuples().get() == sums
    ticket = Entry.get_by_id(1).ticket
    spent = sum(entry.spent_minutes for entry in Entry.select().where(Entry.ticket == ticket))
    assert ticket.spent_minutes == spent


def test_it_is_the_same_each_time(load: Project, empty_instance: Path, tmp_path: Path) -> None:
    def everything() -> list[object]:
        queries = [model.select().order_by(model.id).tuples() for model in (Ticket, Comment, Entry)]
        return [*derived(), *(row for query in queries for row in query)]

    before = everything()
    db.database.close()
    db.open_database(Settings.load({}, sow(empty_instance, tmp_path / "again")))
    assert everything() == before


def test_a_second_time_adds_nothing(load: Project) -> None:
    assert not seed(10, 10)
    assert (Project.select().count(), Ticket.select().count()) == (1, TICKETS)


def test_an_empty_instance_gets_an_agency_and_a_sign_in_for_each_role(load: Project) -> None:
    assert Agency.current() is not None
    people = {role: Person.authenticate(email, password) for role, email, password in sign_ins()}
    assert {role: person and person.role for role, person in people.items()} == {
        "owner": "owner", "staff": "staff", "client": "client",
    }  # fmt: skip


def test_beside_real_projects_it_brings_nobody_who_could_sign_in(people: Cast) -> None:
    ticket = people.ticket()
    assert seed(10, 20)
    assert Person.select().where(Person.password_hash.is_null(False)).count() == 0
    assert Person.select().where(Person.role == "owner").count() == 1
    assert not Person.get(Person.email == "jules@load.example").sees_every_project
    assert Ticket.select().where(Ticket.id > ticket.id).count() == 10


def test_an_instance_without_an_owner_is_refused(settings: Settings) -> None:
    Agency.found("Atelier Cobalt")
    with pytest.raises(NoOwner):
        seed(10, 10)


def test_tickets_alone_will_do(settings: Settings) -> None:
    assert seed(5, 0)
    assert (Ticket.select().count(), Meter.get().reading().state) == (5, "ok")


def test_its_pages_can_be_read(sown: Path, load: Project, tmp_path: Path) -> None:
    client = create_app(Settings.load({}, tmp_path / "load")).test_client()
    email, password = sign_ins()[2][1:]
    client.post("/sign-in", data={"email": email, "password": password})
    for path in ("/projects/load", "/projects/load/tickets", "/projects/load/hours", f"/tickets/{TICKETS}"):
        assert client.get(path).status_code == 200, path

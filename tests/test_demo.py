"""`trackr demo`: the same story each time, relative to today, which shows everything and gives nothing away."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.clock import Clock
from trackr import create_app, db, demo
from trackr.demo.stage import Stage
from trackr.demo.story import read_cast, read_plots
from trackr.demo.workdays import instant, workday
from trackr.doctor import Verdict, hours
from trackr.models import (
    Agency,
    Attachment,
    CannedReply,
    Comment,
    Entry,
    Estimate,
    Event,
    Line,
    Link,
    Meter,
    Person,
    Project,
    Purchase,
    SavedView,
    Statement,
    Tag,
    Target,
    Template,
    Ticket,
    Timer,
    ledger,
    search,
)
from trackr.models.base import now
from trackr.models.punctuality import kept_and_missed
from trackr.settings import Settings

PARIS = ZoneInfo("Europe/Paris")
AT = now()


@pytest.fixture(scope="module")
def told(empty_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the demonstration, to be copied."""
    return tell(empty_instance, tmp_path_factory.mktemp("told") / "data", AT)


def tell(empty: Path, data: Path, at: datetime) -> Path:
    shutil.copytree(empty, data)
    db.open_database(Settings.load({}, data))
    assert demo.make(at)
    db.database.close()
    return data


@pytest.fixture
def story(told: Path, tmp_path: Path) -> Iterator[Settings]:
    """The demonstration, its database open."""
    settings = Settings.load({}, shutil.copytree(told, tmp_path / "story"))
    db.open_database(settings)
    yield settings
    db.database.close()


def digest(at: datetime) -> list[object]:
    """Everything of the open story that people read, its instants counted back from today.

    But for what closes by itself: that goes by the calendar.
    """
    today = at.astimezone(PARIS).date()

    def ago(instant: datetime) -> tuple[int, time]:
        local = instant.astimezone(PARIS)
        return (today - local.date()).days, local.time()

    tickets = Ticket.select(Ticket.title, Ticket.priority, Ticket.column, Ticket.valued_minutes, Ticket.opened_at)
    comments = Comment.select(Comment.body_html, Comment.internal, Comment.created_at)
    entries = Entry.select(Entry.spent_minutes, Entry.valued_minutes, Entry.note, Entry.written_at)
    events = Event.select(Event.kind, Event.data, Event.created_at).where(
        (Event.kind != "statement.closed") & ~Event.data.contains("due_on")
    )
    return [(*row[:-1], ago(row[-1])) for query in (tickets, comments, entries, events) for row in query.tuples()]


def test_the_story_is_the_same_each_time_relative_to_today(
    story: Settings, empty_instance: Path, tmp_path: Path, clock: Clock
) -> None:
    first = digest(AT)
    a_week_ago = clock.at = AT - timedelta(days=7)
    db.database.close()
    db.open_database(Settings.load({}, tell(empty_instance, tmp_path / "again", a_week_ago)))
    assert digest(a_week_ago) == first


def test_it_happens_on_working_days_and_at_working_hours(story: Settings) -> None:
    told = Event.select(Event.created_at).where(Event.kind != "statement.closed")
    instants = [at.astimezone(PARIS) for (at,) in told.tuples()]
    assert max(instants).date() < AT.astimezone(PARIS).date()
    assert timedelta(days=115) < max(instants) - min(instants) < timedelta(days=125)
    assert {at.weekday() for at in instants} == set(range(5))
    assert all(time(8, 30) <= at.time() <= time(18) for at in instants)


@pytest.mark.parametrize(
    ("today", "before"), [("2026-06-08", "2026-06-05"), ("2026-06-07", "2026-06-05"), ("2026-06-09", "2026-06-08")]
)
def test_the_last_working_day_is_over_even_on_a_sunday_or_a_monday(today: str, before: str) -> None:
    assert workday(0, date.fromisoformat(today)) == date.fromisoformat(before)


@pytest.mark.parametrize("day", range(7))
def test_the_newest_time_is_still_to_be_confirmed_on_every_day_of_the_week(day: int) -> None:
    """And what was logged four working days before it is not, at no time of the day."""
    today = date(2026, 6, 8) + timedelta(days=day)
    midnight = datetime.combine(today, time.min, PARIS)
    town = next(plot for plot in read_plots() if "review_hours" in plot.settings)
    review = timedelta(hours=town.settings["review_hours"])
    logged = [step.at for scene in town.scenes for step in scene.then if step.time]
    newest = [at for at in logged if at.startswith("0 ")]
    assert len(newest) == 2
    assert all(instant(at, today, PARIS) + review > midnight + timedelta(days=1) for at in newest)
    assert all(instant(at, today, PARIS) + review < midnight for at in logged if at not in newest)


def test_one_project_has_targets_kept_missed_and_open(story: Settings) -> None:
    projects = list(Project.select().where(Project.first_targets != ""))
    tallies = kept_and_missed(projects, AT.date() - timedelta(days=130), AT.date())
    assert len(projects) == 1 and len({tally.month for tally in tallies}) >= 4
    assert sum(tally.kept for tally in tallies) > sum(tally.missed for tally in tallies) > 0
    assert {tally.kind for tally in tallies} == {"first", "next"}
    assert Target.select().where(Target.answered_at.is_null() & Target.paused_at.is_null()).count() >= 3


def test_every_state_of_the_meter_is_somewhere(story: Settings) -> None:
    readings = [meter.reading() for meter in Meter.select()]
    assert {reading.state for reading in readings} == {"ok", "low", "over", "none", "postpaid"}
    assert [reading.pending_minutes for reading in readings if reading.pending_minutes] == [90]
    assert [reading.committed_minutes for reading in readings if reading.committed_minutes] == [135]
    assert {estimate.state for estimate in Estimate.select()} == {"accepted", "proposed"}
    assert {pack.standing(pack.project.today()) for pack in Purchase.select()} == {"open", "used", "expired"}
    assert {pack.kind for pack in Purchase.select()} == {"pack", "gift"}
    kinds = {line.kind for line in Line.select()}
    assert kinds == {"bought", "drawn", "overdrawn", "settled", "expired", "returned", "billed"}
    assert Project.select().where(Project.archived_at.is_null(False)).count() == 1


def test_what_is_told_of_hours_is_somewhere(story: Settings) -> None:
    """Statements of a project with packs and of one without, a correction that says why, activities, a question."""
    assert {statement.project.billing for statement in Statement.select()} == {"prepaid", "postpaid"}
    correction = Entry.get(Entry.corrects.is_null(False))
    assert correction.corrects.is_closed
    assert correction.note and correction.valued_minutes == -15
    assert {entry.activity.name for entry in Entry.select() if entry.activity} >= {"Training", "Goodwill"}
    assert Project.select().where(Project.at_zero == "ask").count() == 1


def test_what_a_conversation_can_have_is_somewhere(story: Settings) -> None:
    town, shop = (Project.get(Project.slug == slug) for slug in ("mairie-de-lunel", "vignerons-shop"))
    assert {tag.name for tag in Tag.select()} == {"payment", "export", "accessibilité"}
    assert all(ticket.due_on > AT.date() for ticket in Ticket.select().where(Ticket.due_on.is_null(False)))
    assert Link.select().count() == 1 and CannedReply.select().count() == 4
    assert set(Template.of(town)) == {"support", "assistance"} and set(Template.of(shop)) == {"support"}
    assert SavedView.select().where(SavedView.shared).count() == 2
    assert Purchase.select().where(Purchase.state == "requested").count() == 1
    assert [timer.person.name for timer in Timer.select() if timer.is_running] == ["Tom Okafor"]
    assert [file.is_image for file in Attachment.select().order_by(Attachment.name)] == [True, False, False]
    html = "".join(comment.body_html for comment in Comment.select())
    assert 'type="checkbox"' in html and "<mark>@claire</mark>" in html
    assert search.lacks() == {}


@pytest.mark.parametrize("day", range(1, 7))
def test_it_is_told_on_every_day_of_the_week(day: int, settings: Settings, clock: Clock) -> None:
    clock.at = AT + timedelta(days=day)
    assert demo.make(clock.at)
    whole = [one for one in Statement.select() if one.last_day.month != (one.last_day + timedelta(days=1)).month]
    assert len(whole) >= 8 and not any(one.closed_by_id for one in whole)
    assert [str(finding) for finding in hours.examine() if finding.verdict != Verdict.OK] == []


def test_the_open_ledger_is_what_the_rules_derive(story: Settings) -> None:
    """What is on a statement stays; everything else is derived anew from there, or from the beginning."""

    def stored() -> list[object]:
        lines = Line.select(Line.project, Line.day, Line.sequence, Line.kind, Line.purchase, Line.entry, Line.minutes)
        in_order = lines.order_by(Line.project, Line.day, Line.sequence).tuples()
        meters = [(meter.reading(), meter.over_since, meter.stale_at) for meter in Meter.select()]
        return [*in_order, *Purchase.select().tuples(), *meters]

    before = stored()
    with db.database.atomic():
        for project in Project.select():
            ledger.rewrite(project, date.min)
    assert stored() == before
    assert db.database.execute_sql("PRAGMA foreign_key_check").fetchall() == []


def test_the_two_main_projects_are_rich_and_each_in_its_language(story: Settings) -> None:
    town, shop = (Project.get(Project.slug == slug) for slug in ("mairie-de-lunel", "vignerons-shop"))
    assert Ticket.select().where(Ticket.project == town).count() >= 35
    assert Ticket.select().where(Ticket.project == shop).count() >= 25
    assert [column.name for column in town.ordered_columns()][1] == "En cours"
    longest = Comment.select().where(Comment.ticket == Ticket.get(Ticket.title.startswith("Le formulaire de rés")))
    html = "".join(comment.body_html for comment in longest)
    assert longest.count() >= 10
    assert all(mark in html for mark in ("<pre>", "<li>", "<a href=", "<strong>"))
    assert "{#" not in html


def test_told_a_second_time_it_changes_nothing(story: Settings) -> None:
    events = Event.select().count()
    assert not demo.make()
    assert Event.select().count() == events


def test_a_real_instance_is_left_alone(settings: Settings) -> None:
    Person.create(email="olive@cobalt.test", name="Olive Owen", role="owner")
    with pytest.raises(demo.NotADemonstration):
        demo.make()
    assert Agency.current() is None


def test_a_telling_that_breaks_off_leaves_nothing(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_off(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Stage, "_archive", break_off)
    with pytest.raises(KeyboardInterrupt):
        demo.make(AT)
    assert Agency.current() is None
    assert Person.select().count() == Ticket.select().count() == 0


def test_the_sign_ins_work_and_there_is_one_for_each_role(story: Settings) -> None:
    people = [Person.authenticate(shown.email, shown.password) for shown in demo.sign_ins()]
    assert {person.role for person in people if person} == {"owner", "staff", "client"}
    assert None not in people
    assert len(demo.PASSWORD) >= 12


@pytest.mark.parametrize("email", ["claire@lunel.example", "marc@lunel.example"])
def test_no_client_reads_an_internal_note(story: Settings, email: str) -> None:
    client = create_app(story).test_client()
    client.post("/sign-in", data={"email": email, "password": demo.PASSWORD})
    numbers = [number for (number,) in Ticket.select(Ticket.id).tuples()]
    pages = [f"/tickets/{number}" for number in numbers] + ["/", "/projects/mairie-de-lunel"]
    read = "".join(answer.text for answer in map(client.get, pages) if answer.status_code == 200)
    assert "Les agents" in read or "La recherche" in read
    notes = [body for (body,) in Comment.select(Comment.body).where(Comment.internal).tuples()]
    notes += [note for (note,) in Entry.select(Entry.internal_note).where(Entry.internal_note != "").tuples()]
    assert len(notes) > 15
    assert not [note for note in notes if note[:25] in read]


def test_in_the_story_people_do_what_they_may_and_in_order() -> None:
    cast = read_cast()
    for plot in read_plots():
        own = {member.person for member in plot.members if member.sees == "own"}
        reading_hours = {member.person for member in plot.members if member.hours}
        seeing = {member.person for member in plot.members} | {"nadia", "tom"}
        for scene in plot.scenes:
            instants = [instant(one.at, AT.date(), PARIS) for one in (scene, *scene.then)]
            assert instants == sorted(instants), scene.title
            writers = {scene.by, *(step.by for step in scene.then)}
            assert writers <= seeing - (own - {scene.by}), scene.title
            for step in scene.then:
                if cast[step.by].role == "client":
                    assert not step.ceiling and (not step.answer or step.by in reading_hours), step
                    assert not (step.tags or step.due or step.link)
                    assert not (step.internal or step.time or step.assign or step.priority or step.kind), step
                    assert step.to in ("", "done", "active"), step


def test_instants_of_the_story_are_aware() -> None:
    assert instant("0 9:30", date(2026, 6, 10), PARIS).astimezone(UTC) == datetime(2026, 6, 9, 7, 30, tzinfo=UTC)

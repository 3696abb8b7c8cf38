"""Projects: made whole or not at all, changed and put away with a trace."""

from datetime import date
from typing import Any

import pytest

from tests.clock import Clock
from tests.people import Cast
from trackr.models import Column, Event, Meter, Project
from trackr.models.base import Refused, now


def last_event() -> Event:
    return Event.select().order_by(Event.id.desc()).get()


def opened(people: Cast, **more: Any) -> Project:
    return Project.open(people.olive, **{"name": "Website", "slug": "website", "client": "Town hall"} | more)


def fresh(project: Project) -> Project:
    return Project.get_by_id(project.id)


def test_a_project_has_four_columns_and_an_empty_meter(people: Cast) -> None:
    project = opened(people)
    assert [column.role for column in project.ordered_columns()] == ["new", "active", "waiting", "done"]
    assert Meter.of(project).reading().state == "none"
    assert (last_event().kind, last_event().project) == ("project.opened", project)


def test_the_columns_are_named_in_the_client_s_language(people: Cast) -> None:
    project = opened(people, column_names=("Nouveau", "En cours", "En attente", "Terminé"))
    assert [column.name for column in project.ordered_columns()] == ["Nouveau", "En cours", "En attente", "Terminé"]


def test_a_short_name_that_is_taken_is_refused_and_nothing_is_made(people: Cast) -> None:
    counts = Project.select().count(), Column.select().count(), Event.select().count()
    with pytest.raises(Refused, match="slug_taken") as refusal:
        opened(people, slug="shop")
    assert refusal.value.field == "slug"
    assert (Project.select().count(), Column.select().count(), Event.select().count()) == counts


def test_a_change_names_the_fields_that_changed(people: Cast) -> None:
    people.intranet.change(people.olive, increment=15, name="Intranet", detail="total")
    assert fresh(people.intranet).rule_for(None).increment == 15
    assert (last_event().kind, last_event().details) == ("project.changed", {"fields": ["detail", "increment"]})


def test_a_change_of_nothing_tells_nothing(people: Cast) -> None:
    count = Event.select().count()
    people.intranet.change(people.olive, name="Intranet", increment=1)
    assert Event.select().count() == count


def moved(people: Cast, **changes: Any) -> set[str]:
    """Which versions a change of the intranet project moves."""
    names = ("staff_version", "client_version", "meter_version", "shape_version")
    before = fresh(people.intranet)
    people.intranet.change(people.olive, **changes)
    after = fresh(people.intranet)
    return {name for name in names if getattr(before, name) != getattr(after, name)}


@pytest.mark.parametrize(
    "changes",
    [{"increment": 15}, {"minimum": 15}, {"per": "day"}, {"review_hours": 24}, {"at_zero": "ask"}, {"warn_days": "7"}],
    ids=str,
)
def test_clients_are_not_told_of_the_rules_by_which_time_is_valued(changes: dict[str, Any], people: Cast) -> None:
    assert moved(people, **changes) == {"staff_version"}


@pytest.mark.parametrize("changes", [{"name": "Site"}, {"detail": "total"}, {"billing": "postpaid"}], ids=str)
def test_clients_are_told_of_what_they_see(changes: dict[str, Any], people: Cast) -> None:
    assert moved(people, **changes) == {"staff_version", "shape_version"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"timezone": "UTC"}, True), ({"billing": "postpaid"}, True), ({"at_zero": "bill"}, True),
        ({"warn_percents": "50"}, True), ({"warn_days": ""}, True), ({"increment": 15}, False),
        ({"name": "Site"}, False),
    ],
    ids=str,
)  # fmt: skip
def test_the_meter_is_read_anew_after_a_change_that_may_move_it(
    changes: dict[str, Any], expected: bool, people: Cast
) -> None:
    people.intranet.change(people.olive, **changes)
    assert Meter.of(people.intranet).is_stale() is expected


def test_a_project_is_put_away_and_taken_out_again_once(people: Cast, clock: Clock) -> None:
    project, away = people.intranet, now()
    project.archive(people.olive)
    clock.forward(hours=1)
    project.archive(people.olive)
    assert (fresh(project).is_archived, fresh(project).archived_at) == (True, away)
    project.unarchive(people.olive)
    project.unarchive(people.olive)
    assert not fresh(project).is_archived
    kinds = [event.kind for event in Event.select().order_by(Event.id.desc()).limit(2)]
    assert kinds == ["project.unarchived", "project.archived"]


@pytest.mark.parametrize(
    ("zone", "day"),
    [("Europe/Paris", 15), ("UTC", 14), ("America/New_York", 14), ("Pacific/Kiritimati", 15)],
)
def test_today_is_the_day_in_the_project_s_time_zone(zone: str, day: int, people: Cast, clock: Clock) -> None:
    clock.set("2026-03-14 23:30")
    assert opened(people, timezone=zone).today() == date(2026, 3, day)


def test_a_project_read_again_has_its_versions_and_its_meter(people: Cast) -> None:
    project = people.intranet
    people.pack(1)
    project.refresh()
    assert project.meter.balance_minutes == 60
    assert project.meter_version == fresh(project).meter_version


def test_every_open_page_can_be_told_to_look_again(people: Cast) -> None:
    before = fresh(people.shop)
    Project.bump_all()
    after = fresh(people.shop)
    assert after.shape_version > before.shape_version and after.client_version > before.client_version

"""Activities: added, mended, put in order, archived and offered again, each with a trace."""

import pytest

from tests.people import Cast
from trackr.models import Activity, Event, Project
from trackr.models.base import Refused


def names() -> list[str]:
    return [activity.name for activity in Activity.offered()]


def named(name: str) -> Activity:
    return Activity.get(Activity.name == name)


def last_event() -> Event:
    return Event.select().order_by(Event.id.desc()).get()


def test_one_more_is_offered_after_the_others(people: Cast) -> None:
    audit = Activity.add(people.olive, name="Audit", percent=125, minimum=30)
    assert names()[-1] == "Audit" and (audit.percent, audit.minimum) == (125, 30)
    assert (last_event().kind, last_event().details) == ("activity.added", {"name": "Audit"})


def test_what_changes_is_named_and_what_stays_tells_nothing(people: Cast) -> None:
    support = named("Support")
    support.change(people.olive, name="Help", percent=100)
    assert last_event().details == {"name": "Help", "fields": ["name"]}
    count = Event.select().count()
    support.change(people.olive, name="Help", position=0)
    assert Event.select().count() == count


@pytest.mark.parametrize(
    ("position", "expected"),
    [(0, ["Training", "Support"]), (1, ["Support", "Training"]), (999, ["Support", "Assistance"])],
)
def test_it_stands_where_it_is_put(position: int, expected: list[str], people: Cast) -> None:
    named("Training").change(people.olive, position=position)
    assert names()[:2] == expected
    assert [activity.position for activity in Activity.offered()] == [0, 1, 2, 3, 4, 5]


def test_an_archived_one_stays_on_its_entries_and_is_not_offered(people: Cast) -> None:
    training = named("Training")
    entry = people.entry(people.ticket(), activity=training)
    training.archive(people.olive)
    training.archive(people.olive)
    assert "Training" not in names() and entry.activity == training
    assert [activity.name for activity in Activity.archived()] == ["Training"]
    training.unarchive(people.olive)
    training.unarchive(people.olive)
    assert names()[-1] == "Training"
    kinds = [event.kind for event in Event.select().order_by(Event.id.desc()).limit(2)]
    assert kinds == ["activity.unarchived", "activity.archived"]


def test_no_two_that_are_offered_go_by_one_name(people: Cast) -> None:
    training = named("Training")
    with pytest.raises(Refused, match="name_taken"):
        Activity.add(people.olive, name="SUPPORT")
    with pytest.raises(Refused, match="name_taken"):
        training.change(people.olive, name="Support")
    training.archive(people.olive)
    Activity.add(people.olive, name="Training")
    with pytest.raises(Refused, match="name_taken"):
        training.unarchive(people.olive)
    assert names().count("Training") == 1


def test_an_entry_keeps_the_rule_of_its_activity_as_it_was(people: Cast) -> None:
    night = named("Out of hours")
    entry = people.entry(people.ticket(), 60, activity=night)
    night.change(people.olive, percent=300)
    assert (entry.valued_minutes, '"percent":150' in entry.rule) == (90, True)


def test_staff_are_told_on_every_page_and_clients_are_not(people: Cast) -> None:
    before = Project.get(Project.slug == "shop")
    named("Training").change(people.olive, percent=50)
    after = Project.get(Project.slug == "shop")
    assert after.staff_version == before.staff_version + 1
    assert (after.client_version, after.meter_version) == (before.client_version, before.meter_version)

"""Events: a line for every change, and the versions of those who may see it."""

import pytest
from peewee import IntegrityError

from tests.people import Cast
from trackr.db import database
from trackr.models import Event, Project, Ticket
from trackr.models.event import coming

VERSIONS = ("staff_version", "client_version", "meter_version", "shape_version")


def versions(project: Project) -> dict[str, int]:
    project = Project.get_by_id(project.id)
    return {name: getattr(project, name) for name in VERSIONS}


@pytest.mark.parametrize(
    ("told", "moved"),
    [
        ({}, {"staff_version", "client_version"}),
        ({"client": False}, {"staff_version"}),
        ({"client": False, "meter": True}, {"staff_version", "meter_version"}),
        ({"client": False, "shape": True}, {"staff_version", "shape_version"}),
    ],
    ids=["to all", "to staff", "of the meter", "of the shape"],
)
def test_a_change_moves_the_versions_of_those_who_may_see_it(
    told: dict[str, bool], moved: set[str], people: Cast
) -> None:
    before = versions(people.intranet)
    Event.record(people.intranet, "ticket.ordered", people.sam, **told)
    after = versions(people.intranet)
    assert {name for name in VERSIONS if after[name] != before[name]} == moved


def test_a_change_leaves_other_projects_alone(people: Cast) -> None:
    before = versions(people.shop)
    Event.record(people.intranet, "ticket.ordered", people.sam, meter=True, shape=True)
    assert versions(people.shop) == before


def test_a_ticket_bears_the_newest_client_version_that_it_moved(people: Cast) -> None:
    ticket = people.ticket()
    people.ticket()
    Event.record(people.intranet, "note.written", people.sam, ticket=ticket, client=False)
    assert Ticket.get_by_id(ticket.id).client_version == versions(people.intranet)["client_version"] - 1
    Event.record(people.intranet, "comment.written", people.sam, ticket=ticket)
    assert Ticket.get_by_id(ticket.id).client_version == versions(people.intranet)["client_version"]


def test_what_is_told_of_a_change_comes_back_as_it_was(people: Cast) -> None:
    Event.record(people.intranet, "ticket.changed", people.sam, title=["Avant", "Après"], count=3)
    event = Event.select().order_by(Event.id.desc()).get()
    assert event.details == {"title": ["Avant", "Après"], "count": 3}
    assert (event.actor, event.project, event.ticket) == (people.sam, people.intranet, None)


def test_a_change_that_nobody_made_has_no_actor(people: Cast) -> None:
    Event.record(people.intranet, "meter.settled", None)
    assert Event.select().order_by(Event.id.desc()).get().actor is None


@pytest.mark.parametrize("sql", [
    "UPDATE event SET kind = 'other'",
    "DELETE FROM event",
    "INSERT OR REPLACE INTO event SELECT * FROM event LIMIT 1",
])  # fmt: skip
def test_what_was_told_is_neither_changed_nor_taken_away(sql: str, people: Cast) -> None:
    people.ticket()
    with pytest.raises(IntegrityError, match="stay as they were"):
        database.execute_sql(sql)


def test_events_go_with_their_ticket(people: Cast) -> None:
    ticket = people.ticket()
    ticket.change(people.sam, title="Another")
    before = Event.select().where(Event.ticket == ticket.id).count()
    database.execute_sql("DELETE FROM ticket WHERE id = ?", (ticket.id,))
    assert before and not Event.select().where(Event.ticket == ticket.id).count()


def test_an_event_says_from_where_it_came(people: Cast) -> None:
    people.ticket()
    with coming("cli"):
        people.ticket()
    people.ticket()
    assert [one.via for one in Event.select().order_by(Event.id.desc()).limit(3)] == ["web", "cli", "web"]

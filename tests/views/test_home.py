"""GET /: the home of whoever is signed in."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.clock import Clock
from tests.conftest import SignIn
from tests.people import Cast
from trackr.models import Membership, Person, Project
from trackr.reach import Reach
from trackr.reach.home import project_rows


def names(browser: FlaskClient) -> list[str]:
    """The projects that the page leads to."""
    text = browser.get("/").text
    return [slug for slug in ("intranet", "shop") if f'href="/projects/{slug}"' in text]


def test_the_agency_sees_every_project(olive: FlaskClient, sam: FlaskClient) -> None:
    assert names(olive) == names(sam) == ["intranet", "shop"]


def test_a_client_with_one_project_is_led_to_it(claire: FlaskClient) -> None:
    answer = claire.get("/")
    assert (answer.status_code, answer.location) == (303, "/projects/intranet")


def test_a_client_with_two_projects_chooses(people: Cast, claire: FlaskClient) -> None:
    Membership.create(project=people.shop, person=people.claire)
    assert names(claire) == ["intranet", "shop"]


def test_a_client_without_a_project_is_told(people: Cast, claire: FlaskClient) -> None:
    people.memberships["claire"].delete_instance()
    assert (claire.get("/").status_code, names(claire)) == (200, [])


def test_staff_who_are_limited_see_the_projects_they_take_part_in(people: Cast, sign_in: SignIn) -> None:
    lee = Person.create(email="lee@cobalt.example", name="Lee", role="staff", limited=True)
    Membership.create(project=people.shop, person=lee)
    assert names(sign_in(lee)) == ["shop"]


def test_the_owner_finds_what_is_put_away(people: Cast, olive: FlaskClient, sam: FlaskClient) -> None:
    people.shop.archive(people.olive)
    assert (names(olive), names(sam)) == (["intranet", "shop"], ["intranet"])


def test_staff_see_the_new_tickets_and_clients_do_not(people: Cast, sam: FlaskClient, claire: FlaskClient) -> None:
    Membership.create(project=people.shop, person=people.claire)
    ticket = people.ticket(title="Nobody has begun this")
    assert f'href="/tickets/{ticket.id}"' in sam.get("/").text
    assert "Nobody has begun this" not in claire.get("/").text


def rows(person: Person) -> dict[str, tuple[int, int, int, int]]:
    """By slug: open tickets, new ones, and this month's valued and spent minutes."""
    return {
        row.project.slug: (row.open_tickets, row.new_tickets, row.valued_minutes, row.spent_minutes)
        for row in project_rows(Reach(person))
    }


def test_a_row_counts_open_tickets_and_the_month_s_time(people: Cast) -> None:
    ticket = people.ticket()
    people.ticket().close(people.sam)
    people.entry(ticket, 50, valued_minutes=30)
    people.entry(ticket, 50, day=date(2026, 2, 28))
    assert rows(people.sam) == {"intranet": (1, 1, 30, 50), "shop": (0, 0, 0, 0)}


def test_a_client_s_row_counts_what_they_see_and_no_time(people: Cast) -> None:
    people.entry(people.ticket(people.claire), 50)
    people.ticket(people.marc)
    assert rows(people.marc) == {"intranet": (1, 1, 0, 0)}
    assert rows(people.claire) == {"intranet": (2, 2, 0, 0)}


@pytest.mark.parametrize(("zone", "minutes"), [("Europe/Paris", 0), ("America/New_York", 30)])
def test_the_month_is_the_one_it_is_where_the_project_is(zone: str, minutes: int, people: Cast, clock: Clock) -> None:
    people.entry(people.ticket(), 30, day=date(2026, 3, 31))
    Project.update(timezone=zone).where(Project.slug == "intranet").execute()
    clock.set("2026-03-31 23:30")
    assert rows(people.sam)["intranet"][2] == minutes


def test_the_meters_are_those_of_this_instant(people: Cast, clock: Clock) -> None:
    people.pack(1, expires_on=people.intranet.today())
    clock.forward(days=1)
    assert project_rows(Reach(people.sam))[0].project.meter.balance_minutes == 0


def test_signed_out_is_led_to_the_sign_in(nobody: FlaskClient) -> None:
    answer = nobody.get("/")
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/")

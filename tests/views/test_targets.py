"""GET, PUT /projects/<project>/targets, and where staff, and clients who are told, read by when an answer is due."""

import pytest
from flask.testing import FlaskClient

from tests.clock import Clock
from tests.people import Cast
from tests.views.answers import HTMX, form_in, is_page
from trackr.models import Project, Target, Ticket

TARGETS = "/projects/intranet/targets"
TYPED = {"first_normal": "4h", "first_urgent": "1h", "next_normal": "1h30", "next_low": ""}


def intranet() -> Project:
    return Project.get(Project.slug == "intranet")


def text(browser: FlaskClient, address: str) -> str:
    return browser.get(address).text.replace("\u00a0", " ")


@pytest.fixture
def ticket(people: Cast, clock: Clock) -> Ticket:
    """Asked on Tuesday at 10 in Paris, where the first answer to it is due within four hours, and read at once."""
    clock.set("2026-03-10 09:00")
    Target.set_for(people.intranet, people.olive, first={"normal": 240}, later={"normal": 480}, tells=False)
    return people.ticket()


def test_the_owner_sets_them(olive: FlaskClient) -> None:
    answer = olive.put(TARGETS, data=TYPED | {"tells": "1"})
    assert (answer.status_code, answer.location) == (303, TARGETS)
    project = intranet()
    assert (project.targets("first"), project.targets("next")) == ({"normal": 240, "urgent": 60}, {"normal": 90})
    values = form_in(olive.get(TARGETS), TARGETS).values
    assert (values["first_normal"], values["first_low"], values["tells"]) == ("4\u00a0h", "", "1")
    olive.post(TARGETS, data=values | {"first_urgent": "", "tells": ""})
    assert (intranet().targets("first"), intranet().tells_targets) == ({"normal": 240}, False)
    olive.put(TARGETS)
    assert not intranet().has_targets


def test_htmx_is_led_there_too(olive: FlaskClient) -> None:
    answer = olive.put(TARGETS, data=TYPED, headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, TARGETS) and not is_page(answer)


@pytest.mark.parametrize("typed", ["45", "soon", "401h", "-1h"])
def test_what_is_no_duration_is_marked_and_kept(olive: FlaskClient, typed: str) -> None:
    answer = olive.put(TARGETS, data=TYPED | {"first_high": typed})
    form = form_in(answer, TARGETS)
    assert (answer.status_code, form.invalid, form.values["first_high"]) == (422, {"first_high"}, typed)
    assert not intranet().has_targets


def test_only_the_owner_may(sam: FlaskClient, claire: FlaskClient, zoe: FlaskClient, nobody: FlaskClient) -> None:
    for browser, status in ((sam, 403), (claire, 403), (zoe, 404), (nobody, 303)):
        assert browser.get(TARGETS).status_code == browser.put(TARGETS, data=TYPED).status_code == status
    assert not intranet().has_targets


def test_staff_read_it_on_every_page_that_shows_the_ticket(sam: FlaskClient, ticket: Ticket, clock: Clock) -> None:
    pages = ("/projects/intranet", "/projects/intranet/tickets", "/tickets", f"/tickets/{ticket.id}", "/", "/to-answer")
    for page in pages:
        assert "answer by 14:00" in text(sam, page), page
    clock.forward(hours=5)
    for page in pages:
        assert 'data-due="over">answer was due 14:00' in text(sam, page), page


def test_an_open_board_learns_that_it_is_late_by_the_time_alone(sam: FlaskClient, ticket: Ticket, clock: Clock) -> None:
    pulse = text(sam, "/projects/intranet").partition('data-pulse="')[2].partition('"')[0]
    assert sam.get(pulse).status_code == 204
    clock.forward(hours=5)
    assert sam.get(pulse).status_code == 200


def test_a_reply_takes_it_away(people: Cast, sam: FlaskClient, ticket: Ticket) -> None:
    sam.post(f"/tickets/{ticket.id}/comments", data={"body": "Found it"})
    assert "answer by" not in text(sam, "/projects/intranet") + text(sam, f"/tickets/{ticket.id}")
    assert Target.get().kept


def test_clients_are_told_only_where_the_project_says_so(
    people: Cast, claire: FlaskClient, ticket: Ticket, clock: Clock
) -> None:
    pages = ("/projects/intranet", "/projects/intranet/tickets", f"/tickets/{ticket.id}", "/")
    assert not any("14:00" in text(claire, page) for page in pages)
    clock.set("2026-03-09 20:00")  # the evening before
    Target.set_for(people.intranet, people.olive, first={"normal": 240}, later={}, tells=True)
    assert "We are on it. Answer by Tuesday 14:00." in text(claire, f"/tickets/{ticket.id}")
    assert "answer by Tuesday 14:00" in text(claire, "/projects/intranet")
    clock.set("2026-03-10 16:00")
    assert "We wanted to answer by 14:00." in text(claire, f"/tickets/{ticket.id}")
    assert "data-due" not in text(claire, "/projects/intranet") + text(claire, "/projects/intranet/tickets")


def test_what_is_due_first_can_come_first(people: Cast, sam: FlaskClient, ticket: Ticket, clock: Clock) -> None:
    Ticket.open(people.shop, people.zoe, title="Without a target", at=clock.at.replace(day=2))
    waiting = text(sam, "/to-answer")
    assert waiting.index("Without a target") < waiting.index(ticket.title)
    assert 'href="/to-answer?sort=due"' in waiting
    by_due = text(sam, "/to-answer?sort=due")
    assert by_due.index(ticket.title) < by_due.index("Without a target")

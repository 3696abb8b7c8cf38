"""GET /to-answer, and the count in the head of every page: the open tickets of all projects that wait for us."""

import re

import pytest
from flask.testing import FlaskClient

from tests.clock import Clock
from tests.conftest import SignIn
from tests.people import Cast
from tests.views.answers import HTMX
from trackr.db import database
from trackr.models import Membership, Ticket, turn
from trackr.reach import Reach, to_answer


def listed(browser: FlaskClient) -> list[int]:
    return [int(number) for number in re.findall(r'table-link" href="/tickets/(\d+)"', browser.get("/to-answer").text)]


def counted(browser: FlaskClient, address: str = "/account") -> str:
    """What the head of a page counts, "" for nothing."""
    found = re.search(r'<span id="to-answer">(?:<span[^>]*>([^<]*)</span>)?</span>', browser.get(address).text)
    assert found
    return found[1] or ""


def in_the_shop(people: Cast) -> Ticket:
    return Ticket.open(people.shop, people.zoe, title="The cart is empty")


def test_the_longest_waiting_comes_first_whatever_its_project(people: Cast, sam: FlaskClient, clock: Clock) -> None:
    tickets = []
    for ticket in (people.ticket, lambda: in_the_shop(people), people.ticket):
        tickets.append(ticket().id)
        clock.forward(hours=1)
    people.comment(Ticket.get_by_id(tickets[0]), people.sam)
    clock.forward(hours=1)
    people.comment(Ticket.get_by_id(tickets[0]), people.claire)
    assert listed(sam) == [tickets[1], tickets[2], tickets[0]]


def test_what_is_answered_closed_or_put_away_is_not_listed(people: Cast, sam: FlaskClient) -> None:
    answered, closed, put_away = people.ticket(), people.ticket(), in_the_shop(people)
    turn.pass_on(answered, people.sam, "theirs")
    closed.close(people.sam)
    assert (listed(sam), counted(sam)) == ([put_away.id], "1")
    people.shop.archive(people.olive)
    assert (listed(sam), counted(sam)) == ([], "")
    assert "Nothing waits for you" in sam.get("/to-answer").text


def test_staff_who_are_limited_see_and_count_their_projects(people: Cast, sign_in: SignIn) -> None:
    lee = sign_in(people.person("lee", "staff", limited=True, shop=True))
    people.ticket()
    number = in_the_shop(people).id
    assert (listed(lee), counted(lee)) == ([number], "1")


def test_the_hours_of_a_project_are_hinted_at_where_they_run_out(people: Cast, sam: FlaskClient) -> None:
    people.pack(1)
    people.entry(people.ticket(), 90)
    assert "30\u00a0min over" in sam.get("/to-answer").text


@pytest.mark.parametrize("address", ["/", "/projects/intranet", "/tickets/1", "/to-answer"])
def test_every_page_of_staff_counts_and_follows(address: str, people: Cast, sam: FlaskClient) -> None:
    ticket = people.ticket()
    assert counted(sam, address) == "1"
    in_the_shop(people)
    assert counted(sam, address) == "2"
    people.comment(ticket, people.olive)
    assert counted(sam, address) == "1"


def test_a_reply_and_a_pulse_bring_the_count_along(people: Cast, sam: FlaskClient) -> None:
    people.ticket()
    in_the_shop(people)
    answer = sam.post("/tickets/1/comments", data={"body": "Corrected."}, headers=HTMX)
    assert 'hx-target="#to-answer"' in answer.text and 'title="1 ticket">1<' in answer.text
    assert 'title="1 ticket">1<' in sam.get("/projects/intranet/pulse?since=0").text


def test_clients_count_nothing_and_may_not_look(people: Cast, claire: FlaskClient) -> None:
    assert 'id="to-answer"' not in claire.get("/projects/intranet").text
    assert claire.get("/to-answer").status_code == 403


def test_signed_out_is_led_to_the_sign_in(nobody: FlaskClient) -> None:
    assert nobody.get("/to-answer").location == "/sign-in?next=/to-answer"


def test_very_many_are_counted_no_further_than_they_are_read(
    people: Cast, sam: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(to_answer, "MOST_COUNTED", 2)
    to_answer._count.cache_clear()
    for _ in range(3):
        people.ticket()
    assert counted(sam) == "1+"
    to_answer._count.cache_clear()


@pytest.mark.parametrize("sees_every", [True, False])
def test_counting_reads_of_tickets_an_index_alone(sees_every: bool, people: Cast) -> None:
    sql, parameters = to_answer._count(sees_every)._compiled
    given = [each if isinstance(each, str | int) else people.sam.id for each in parameters]
    steps = [row[3] for row in database.execute_sql(f"EXPLAIN QUERY PLAN {sql}", given)]
    assert any("COVERING INDEX ticket_project_id_closed_at_turn_turn_at" in step for step in steps), steps


def test_a_client_s_home_tells_what_waits_for_them(people: Cast, sign_in: SignIn) -> None:
    marc, rita = people.marc, people.person("rita", intranet=True, shop=True)
    Membership.create(project=people.shop, person=marc, sees="own")
    for requester in (people.claire, marc):
        people.comment(people.ticket(requester), people.sam)
    in_the_shop(people)
    assert "2 tickets wait for you." in sign_in(rita).get("/").text
    text = sign_in(marc).get("/").text
    assert "One ticket waits for you." in text and 'href="/tickets/2"' in text and 'href="/tickets/1"' not in text
    assert [one.number for one in to_answer.waiting(Reach(marc), Reach(marc).projects())] == [2]

"""How many queries an answer takes: few, and as many for thirty rows as for three."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.conftest import SignIn
from tests.people import Cast
from tests.undo import forget_drawn
from trackr.db import database
from trackr.models import Alert, Comment, Dismissal, Target, Ticket, Timer

Counted = Callable[[FlaskClient, str], int]

# The most that an answer may take for somebody whose pages were not drawn before, the one that finds who is signed in
# included.
MOST = {
    "/projects/intranet/tickets": 9,
    "/projects/intranet/tickets?q=ticket": 9,
    "/projects/intranet/tickets?q=assignee:sam+ticket": 10,
    "/projects/intranet/tickets.csv": 4,
    "/tickets": 5,
    "/search": 2,
    "/search?q=t": 10,
    "/search?q=thank": 13,
    "/search?q=is:open+requester:claire+thank": 14,
    "/search/suggestions?q=assignee:": 2,
    "/": 12,
    "/projects/intranet": 8,
    "/projects/intranet/hours": 13,
    "/projects/intranet/hours.csv": 7,
    "/projects/shop/statements": 6,
    "/charges": 6,
    "/reports": 16,
    "/reports/months.csv": 6,
    "/projects/intranet/year": 12,
    "/projects/intranet/columns": 5,
    "/projects/intranet/meter": 2,
    "/projects/intranet/activity": 6,
    "/tickets/1/activity": 6,
    "/activity": 6,
    "/projects/intranet/memberships": 4,
    "/projects/intranet/settings": 7,
    "/projects/intranet/settings/example": 6,
    "/projects/intranet/statements/new": 14,
    "/agency": 3,
    "/activities": 4,
    "/opening-hours": 3,
    "/access": 6,
    "/audit": 4,
    "/audit.csv": 3,
    "/people/1": 5,
    "/account": 9,
    "/projects/intranet/targets": 3,
    "/tickets/1": 10,
    "/tickets/1/edit": 5,
    "/tickets/1/placement": 4,
    "/tickets/1/proposal?duration=1h": 5,
    "/to-answer": 4,
    "/week": 5,
    "/week?ticket=": 6,
    "/week?ticket=1": 6,
    "/palette": 4,
    "/palette?q=ti": 6,
    "/palette?q=1": 7,
}


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    """Counts the queries that an answer takes."""
    asked: list[str] = []
    ask = database.obj.execute_sql

    def execute_sql(sql: str, *arguments: Any, **options: Any) -> Any:
        asked.append(sql)
        return ask(sql, *arguments, **options)

    def counted(client: FlaskClient, address: str) -> int:
        client.get(address)  # what is asked once, after the start, is asked now
        forget_drawn()
        asked.clear()
        assert client.get(address).status_code in (200, 204)
        return len(asked)

    monkeypatch.setattr(database.obj, "execute_sql", execute_sql)
    return counted


def fill(people: Cast, rows: int) -> None:
    """That many tickets, and as many comments, notes, entries and packs; the first ticket has most of it."""
    people.pack()
    first = people.ticket()
    for number in range(rows):
        ticket = people.ticket(people.marc, f"Ticket {number}", assignee=people.sam)
        people.entry(ticket, 15, people.olive)
        people.comment(first, people.claire if number % 2 else people.sam)
        people.comment(first, people.olive, internal=True)
        people.entry(first, 10, people.sam, note="Tested")
        people.file(first, people.sam, Comment.get(Comment.ticket == first), name="plan.txt", content=b"A plan")
        people.person(f"person{rows}-{number}", intranet=True)
        first.change(people.sam, title=f"Title {number}")
        people.statement(number=rows * 100 + number, project=people.shop)
        ticket.close(people.sam) if number % 3 else ticket.change(people.sam, priority="high")


def test_answers_to_staff_take_few_queries_however_many_rows_there_are(
    people: Cast, sign_in: SignIn, counted: Counted
) -> None:
    fill(people, 3)
    olive = sign_in(people.olive)
    few = {address: counted(olive, address) for address in MOST}
    assert {address: count for address, count in few.items() if count > MOST[address]} == {}
    fill(people, 30)
    assert {address: counted(olive, address) for address in MOST} == few


def test_nor_do_they_for_a_client(people: Cast, sign_in: SignIn, counted: Counted) -> None:
    pages = ("/projects/intranet", "/projects/intranet/tickets", "/projects/intranet/hours",
             "/projects/intranet/hours.csv", "/tickets/1", "/search?q=thank")  # fmt: skip
    fill(people, 3)
    claire = sign_in(people.claire)
    few = {page: counted(claire, page) for page in pages}
    assert {page: count for page, count in few.items() if count > MOST[page]} == {}
    fill(people, 30)
    assert {page: counted(claire, page) for page in pages} == few


@pytest.mark.parametrize(("address", "more"), [("/", 1), ("/projects/intranet", 1), ("/tickets/1", 1), ("/account", 1)])
def test_timers_take_one_query_more_however_many_there_are(
    people: Cast, sign_in: SignIn, counted: Counted, address: str, more: int
) -> None:
    fill(people, 3)
    olive = sign_in(people.olive)
    without = counted(olive, address)
    for ticket in list(Ticket.select()):
        Timer.start(people.olive, ticket)
        assert counted(olive, address) == without + more


@pytest.mark.parametrize("address", ["/projects/intranet", "/tickets/1"])
def test_a_warning_takes_one_query_and_none_once_it_is_put_away(
    people: Cast, sign_in: SignIn, counted: Counted, address: str
) -> None:
    fill(people, 3)
    claire = sign_in(people.claire)
    without = counted(claire, address)
    people.entry(Ticket.get_by_id(1), 17 * 60)
    assert counted(claire, address) == without + 1
    Dismissal.put_away(Alert.get(), people.claire)
    assert counted(claire, address) == without


def test_targets_take_one_query_more_on_a_ticket_and_none_on_lists(
    people: Cast, sign_in: SignIn, counted: Counted
) -> None:
    fill(people, 3)
    olive = sign_in(people.olive)
    pages = {"/tickets/1": 1, "/projects/intranet": 0, "/projects/intranet/tickets": 0, "/to-answer": 0, "/": 0}
    without = {page: counted(olive, page) for page in pages}
    Target.set_for(people.intranet, people.olive, first={"normal": 60}, later={"normal": 60}, tells=False)
    fill(people, 30)
    assert {page: counted(olive, page) - without[page] for page in pages} == pages


def test_many_projects_take_no_more_queries_than_one(people: Cast, sign_in: SignIn, counted: Counted) -> None:
    rita = people.person("rita", intranet=True, shop=True)
    few = counted(sign_in(people.olive), "/"), counted(sign_in(rita), "/")
    for number in range(10):
        people.project(f"project{number}", rita)
    assert (counted(sign_in(people.olive), "/"), counted(sign_in(rita), "/")) == few


@pytest.mark.parametrize("name", ["sam", "claire", "marc"])
def test_a_pulse_takes_one_query_beside_the_one_that_finds_who_asks(
    people: Cast, sign_in: SignIn, counted: Counted, name: str
) -> None:
    fill(people, 3)
    client = sign_in(people.everybody[name])
    asked = client.get("/projects/intranet").text.partition('data-pulse="')[2].partition('"')[0]
    assert client.get(asked).status_code == 204
    assert counted(client, asked) == 2


def test_the_health_takes_one_query_and_a_file_none(people: Cast, sign_in: SignIn, counted: Counted) -> None:
    client = sign_in(None)
    file = client.get("/sign-in").text.partition('stylesheet" href="')[2].partition('"')[0]
    assert (counted(client, "/healthz"), counted(client, file)) == (1, 0)

"""GET /projects/<slug>/statements/new, POST /projects/<slug>/statements: the owner looks, and closes."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.clock import Clock
from tests.people import Cast
from tests.views.answers import HTMX
from trackr.models import Statement, ledger

STATEMENTS = "/projects/intranet/statements"


@pytest.fixture
def worked(people: Cast, clock: Clock) -> Cast:
    """An hour in January, closed, and in February half an hour that is still to be confirmed."""
    ticket = people.ticket()
    people.entry(ticket, 60, day=date(2026, 1, 20))
    ledger.close(people.intranet, date(2026, 1, 31))
    people.intranet.change(people.olive, review_hours=48)
    people.entry(ticket, 30, day=date(2026, 2, 10), note="Menu", internal_note="Learning")
    people.entry(ticket, 10, day=date(2026, 1, 5))
    people.entry(ticket, 15)
    return people


def test_it_is_shown_before_and_closed_once(worked: Cast, olive: FlaskClient) -> None:
    shown = olive.get(f"{STATEMENTS}/new").text
    for words in ("−1 h 40", "2 entries (40 min)", "A line is of a day", "15 min of later days", "Menu"):
        assert words in shown.replace("\u00a0", " "), words
    assert "Learning" not in shown
    assert Statement.select().count() == 1
    answer = olive.post(STATEMENTS, data={"through": "2026-02-28"})
    assert (answer.status_code, answer.location) == (303, "/statements/2")
    stored = Statement.get_by_id(2)
    assert (stored.first_day, stored.last_day, stored.closed_by) == (date(2026, 2, 1), date(2026, 2, 28), worked.olive)
    again = olive.post(STATEMENTS, data={"through": "2026-02-28"}, headers=HTMX)
    assert again.status_code == 422 and "stays as it is" in again.text
    assert Statement.select().count() == 2


@pytest.mark.parametrize(
    ("through", "said"),
    [
        ("2026-03-14", "This day is not over yet."),
        ("2026-01-31", "stays as it is"),
        ("31.2.", "Write a day as year-month-day"),
    ],
)
def test_a_day_that_cannot_be_closed(worked: Cast, olive: FlaskClient, through: str, said: str) -> None:
    for answer in (
        olive.get(f"{STATEMENTS}/new", query_string={"through": through}),
        olive.post(STATEMENTS, data={"through": through}),
    ):
        assert answer.status_code == 422
        assert said in answer.text and f'value="{through}"' in answer.text
    assert Statement.select().count() == 1


def test_a_day_is_asked_for(olive: FlaskClient) -> None:
    answer = olive.post(STATEMENTS)
    assert answer.status_code == 422 and "Choose the last day" in answer.text


def test_where_everything_is_closed_it_says_so(people: Cast, olive: FlaskClient) -> None:
    ledger.close(people.intranet, date(2026, 3, 13))
    assert "Everything is closed" in olive.get(f"{STATEMENTS}/new").text


def test_only_the_owner_closes(people: Cast, sam: FlaskClient, zoe: FlaskClient, nobody: FlaskClient) -> None:
    assert [one.post(STATEMENTS).status_code for one in (sam, zoe)] == [403, 404]
    assert nobody.post(STATEMENTS).location.startswith("/sign-in")

"""GET /projects/<slug>/settings/example: what settings would mean, while they are being typed."""

import re
from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.people import Cast
from tests.views.answers import HTMX, regions
from trackr.models import Project, Statement, ledger

EXAMPLE = "/projects/intranet/settings/example"
SETTINGS = "/projects/intranet/settings"


def plain(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", text).replace("\u00a0", " ").split())


def example(browser: FlaskClient, **typed: str) -> str:
    answer = browser.get(EXAMPLE, query_string=typed, headers=HTMX)
    assert answer.status_code == 200
    return plain(answer.text)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"increment": "15"}, "50 min worked: 1 h valued 1 h 05 worked: 1 h 15 valued"),
        ({"increment": "15", "grace": "5"}, "35 min worked: 30 min valued 36 min worked: 45 min valued"),
        ({"minimum": "30"}, "5 min worked: 30 min valued"),
        ({"increment": "15", "per": "day"}, "twice 20 min on one ticket and day: 45 min in all"),
        ({"increment": "15", "per": "entry"}, "twice 20 min on one ticket and day: 1 h in all"),
        ({"timezone": "America/Montreal"}, "It is Saturday 14 March, 11:09 there."),
        ({"review_hours": "48"}, "to be confirmed until Monday 16 March, 16:09."),
        ({"review_hours": "0"}, "comes off the hours at once."),
        ({"billing": "postpaid"}, "there are no hours that could be used up."),
        ({"at_zero": "ask"}, "confirms it first."),
        ({"at_zero": "bill"}, "which the next statement bills"),
        ({"detail": "total"}, "The client reads March: 1 h 15"),
        ({"detail": "entry"}, "mended and tested"),
        ({"warn_percents": "90, 50"}, "told when 10 h are used, 10 h are left told when 18 h are used, 2 h are left"),
        ({"warn_percents": "100"}, "told when all is used"),
        ({"warn_days": "7 30"}, "told on 1 December told on 24 December"),
        ({"warn_days": ""}, "Nobody is told."),
        ({"closes": "monthly"}, "The next statement closes on 1 April and will cover 14 to 31 March."),
        ({"closes": "weekly", "review_hours": "48"}, "closes on 18 March and will cover 14 to 15 March."),
        ({"closes": "quarterly"}, "closes on 1 April and will cover 14 to 31 March."),
        ({"closes": "hand"}, "Nothing closes by itself: you choose the day"),
        ({"closes": "never"}, "No statement is made."),
    ],
    ids=str,
)
def test_it_follows_what_is_typed(typed: dict[str, str], words: str, olive: FlaskClient) -> None:
    assert words in example(olive, **typed)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"increment": "soon"}, "Write a whole number from 1 to 480."),
        ({"increment": "15", "grace": "15"}, "Less than the increment (15 minutes)."),
        ({"timezone": "Mars"}, "Choose a time zone such as Europe/Paris."),
        ({"warn_percents": "101"}, "Write whole numbers from 1 to 100 with commas, at most 5."),
        ({"warn_days": "1,2,3,4,5,6"}, "Write whole numbers from 1 to 365 with commas, at most 5."),
        ({"billing": "x"}, "Choose one of the options."),
    ],
    ids=str,
)
def test_what_cannot_be_is_said_and_the_others_follow(typed: dict[str, str], message: str, olive: FlaskClient) -> None:
    assert message in example(olive, **typed)
    assert "comes off the hours at once." in example(olive, **typed)


def test_nothing_is_stored(olive: FlaskClient) -> None:
    before = vars(Project.get(Project.slug == "intranet"))["__data__"]
    example(olive, increment="15", at_zero="ask", name="Other")
    assert vars(Project.get(Project.slug == "intranet"))["__data__"] == before


def test_every_example_of_the_page_is_brought(olive: FlaskClient) -> None:
    outputs = set(re.findall(r'<output class="example" id="([^"]+)"', olive.get(SETTINGS).text))
    assert outputs == regions(olive.get(EXAMPLE)) and len(outputs) == 9


def test_the_page_shows_the_stored_ones_and_a_refused_form_its_own(people: Cast, olive: FlaskClient) -> None:
    people.intranet.change(people.olive, increment=15)
    assert "1 h 05 worked: 1 h 15 valued" in plain(olive.get(SETTINGS).text)
    refused = olive.patch(SETTINGS, data={"increment": "30", "name": ""})
    assert refused.status_code == 422 and "1 h 05 worked: 1 h 30 valued" in plain(refused.text)


def test_only_the_owner_reads_it(sam: FlaskClient, claire: FlaskClient, zoe: FlaskClient, nobody: FlaskClient) -> None:
    assert sam.get(EXAMPLE).status_code == claire.get(EXAMPLE).status_code == 403
    assert zoe.get(EXAMPLE).status_code == 404
    assert nobody.get(EXAMPLE).location.startswith("/sign-in")


def test_what_would_close_at_once_is_told(people: Cast, olive: FlaskClient) -> None:
    ticket = people.ticket()
    for day in (date(2025, 12, 3), date(2026, 1, 20)):
        people.entry(ticket, 30, day=day)
    people.intranet.change(people.olive, closes="hand")
    told = example(olive, closes="monthly")
    assert "2 periods up to 31 January close within minutes" in told
    assert "The next statement closes on 1 April and will cover 1 February to 31 March." in told
    ledger.close(people.intranet, date(2026, 3, 10))
    assert "closes on 1 April and will cover 11 to 31 March." in example(olive, closes="monthly")
    assert Statement.select().count() == 1

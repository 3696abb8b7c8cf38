"""GET /activity, /projects/<slug>/activity, /tickets/<id>/activity: who did what, when, and for staff from where."""

import re

import pytest
from flask.testing import FlaskClient

from tests.clock import Clock
from tests.conftest import SignIn
from tests.people import Cast
from trackr.models import Event, Ticket
from trackr.models.event import coming
from trackr.reach import Reach
from trackr.reach.history import FOR_CLIENTS, FOR_STAFF, GROUPS, MOST, Asked, history
from trackr.reach.stream import TOLD_TO_CLIENTS

PROJECT = "/projects/intranet/activity"


@pytest.fixture
def ticket(people: Cast, clock: Clock) -> Ticket:
    """Asked on Saturday by Claire, answered and noted on Sunday by Sam."""
    ticket = people.ticket()
    clock.forward(days=1)
    with coming("mail"):
        people.comment(ticket, people.sam)
    people.comment(ticket, people.sam, internal=True)
    people.entry(ticket, 45)
    ticket.change(people.sam, priority="high")
    return ticket


def told(browser: FlaskClient, address: str) -> list[str]:
    """The sentences, without what surrounds them."""
    found = re.findall(r"<li><p>(.*?)</p>", browser.get(address).text, re.DOTALL)
    return [" ".join(re.sub("<[^>]+>", "", each).split()) for each in found]


def test_staff_read_all_of_it_the_newest_first_by_day_and_from_where(ticket: Ticket, sam: FlaskClient) -> None:
    expected = ["Sam Stone set the priority to High", "Sam Stone logged time", "Sam Stone wrote an internal note",
                "Sam Stone wrote a comment", "Claire Clement opened it"]  # fmt: skip
    for address in (f"/tickets/{ticket.id}/activity", PROJECT, "/activity"):
        assert told(sam, address)[:5] == expected
    text = sam.get("/activity").text
    assert re.findall(r"<h2[^>]*>(.*?)</h2>", text)[:2] == ["Today", "Saturday 14 March"]
    assert text.count("by mail, ") == 1 and "Online shop</a>" in text


def test_a_client_reads_what_is_theirs_and_nothing_internal(
    people: Cast, ticket: Ticket, claire: FlaskClient, marc: FlaskClient
) -> None:
    expected = ["Sam Stone set the priority to High", "Sam Stone wrote a comment", "Claire Clement opened it"]
    assert told(claire, PROJECT) == told(claire, f"/tickets/{ticket.id}/activity") == expected
    assert "by mail" not in claire.get(PROJECT).text
    assert told(marc, PROJECT) == []
    people.pack()
    assert (told(claire, PROJECT)[0], told(marc, PROJECT)) == ("Olive Owen added 20 h", [])


def test_it_is_narrowed_by_kind_and_person_and_goes_on_page_by_page(
    people: Cast, ticket: Ticket, sam: FlaskClient
) -> None:
    assert told(sam, f"{PROJECT}?kind=words&person={people.sam.id}")[-1] == "Sam Stone wrote a comment"
    assert told(sam, f"{PROJECT}?kind=words&person={people.claire.id}") == []
    assert len(told(sam, f"{PROJECT}?kind=strange&person=x&before=-1")) == 6
    for number in range(MOST):
        people.comment(ticket, text=str(number))
    first = sam.get(PROJECT).text
    older = re.search(r'rel="next" href="([^"]+)"', first)
    assert older and len(told(sam, PROJECT)) == MOST
    assert len(told(sam, older[1])) == 6 and "Newest" in sam.get(older[1]).text


def test_what_moved_away_is_told_to_who_sees_where_it_is(people: Cast, ticket: Ticket, sign_in: SignIn) -> None:
    lee = people.person("lee", "staff", limited=True, intranet=True)
    Ticket.update(project=people.shop).where(Ticket.id == ticket.id).execute()
    assert [told(sign_in(lee), page) for page in ("/activity", PROJECT)] == [["Olive Owen opened the project"]] * 2
    assert told(sign_in(people.claire), PROJECT) == []


def test_who_did_something_may_be_asked_for(people: Cast, ticket: Ticket) -> None:
    found = history(Reach(people.sam), Asked(), people.intranet)
    assert [deed.number for deed in found.deeds] == [ticket.id] * 5 + [0]
    assert found.people == [
        (people.claire.id, "Claire Clement"),
        (people.olive.id, "Olive Owen"),
        (people.sam.id, "Sam Stone"),
    ]


def test_every_kind_has_its_group_and_a_sentence(people: Cast, ticket: Ticket, olive: FlaskClient) -> None:
    assert {kind.split(".")[0] for kind in FOR_STAFF} == {word for words in GROUPS.values() for word in words}
    assert FOR_CLIENTS.keys() <= set(FOR_STAFF) and TOLD_TO_CLIENTS.items() <= FOR_CLIENTS.items()
    details = {
        "name": "Form", "person": people.zoe.id, "people": [people.zoe.id],
        "view": "Form", "fields": ["name"], "minutes": 60, "number": 1, "low": 60,
        "ceiling": 60, "column": ["New", "Done"], "turn": "ours", "names": ["a.txt"], "answer": "thanks", "other": 1,
        "project": ["A", "B"], "was": {"valued": 5}, "valued": 6, "day": "2026-03-14", "gone": False, "added": ["a"],
    }  # fmt: skip
    for kind in FOR_STAFF:
        more = {"valued": [5, 6]} if kind == "entry.revalued" else {}
        more |= {"answer": "Fine"} if kind.startswith("estimate") else {}
        more |= {"priority": ["low", "high"]} if kind == "ticket.changed" else {}
        only = more if kind == "ticket.changed" else details | more
        Event.record(people.intranet, kind, people.sam, ticket=ticket, **only)
    sentences = told(olive, PROJECT) + told(olive, f"{PROJECT}?before={Event.select().count() - 49}")
    assert all(len(sentence.split()) > 2 for sentence in sentences) and "edited the text" not in str(sentences)
    assert len([sentence for sentence in sentences if people.zoe.name in sentence]) == 5

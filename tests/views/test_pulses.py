"""GET /projects/<slug>/pulse?since=V: 204 while nothing that the reader sees has changed."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.clock import Clock
from tests.people import Cast
from tests.views.answers import regions
from trackr.models import Ticket

PULSE = "/projects/intranet/pulse"
READERS = ("sam", "claire", "marc")


class Beats:
    """Open pages of three readers, and who of them is told that something has changed."""

    def __init__(self, browsers: dict[str, FlaskClient]) -> None:
        self.browsers = browsers
        self.addresses = {name: address(browser.get("/projects/intranet").text) for name, browser in browsers.items()}

    def told(self) -> set[str]:
        """Who is told since this was asked last."""
        found = set()
        for name, browser in self.browsers.items():
            answer = browser.get(self.addresses[name])
            if answer.status_code == 200:
                found.add(name)
                self.addresses[name] = address(answer.text)
            else:
                assert (answer.status_code, answer.text) == (204, "")
        return found


def address(text: str) -> str:
    """Where the page asks whether it is up to date."""
    return re.findall(r'data-pulse="([^"]+)"', text)[0]


@pytest.fixture
def ticket(people: Cast) -> Ticket:
    """One that Claire asked: Marc does not see it."""
    return people.ticket(people.claire)


@pytest.fixture
def beats(ticket: Ticket, sam: FlaskClient, claire: FlaskClient, marc: FlaskClient) -> Beats:
    return Beats({"sam": sam, "claire": claire, "marc": marc})


def test_nothing_new_is_204_however_often_one_asks(beats: Beats) -> None:
    assert [beats.told() for _ in range(3)] == [set()] * 3


# What happens in the intranet project, and who is told: the colleague; the client who sees everything; the client who
# sees his own tickets and no hours.
CHANGES: dict[str, tuple[Callable[[Cast, Ticket], object], set[str]]] = {
    "a reply": (lambda people, ticket: people.comment(ticket), {"sam", "claire"}),
    "a note": (lambda people, ticket: people.comment(ticket, internal=True), {"sam"}),
    "valued time": (lambda people, ticket: people.entry(ticket), {"sam", "claire"}),
    "time valued at nothing": (lambda people, ticket: people.entry(ticket, valued_minutes=0), {"sam"}),
    "new hours": (lambda people, ticket: people.pack(1), {"sam", "claire"}),
    "a ticket of the other": (lambda people, ticket: people.ticket(people.claire), {"sam", "claire"}),
    "a ticket of his own": (lambda people, ticket: people.ticket(people.marc), {"sam", "claire", "marc"}),
    "a ticket closed": (lambda people, ticket: ticket.close(people.sam), {"sam", "claire"}),
    "a new name": (lambda people, ticket: people.intranet.change(people.olive, name="Site"), set(READERS)),
    "another rule": (lambda people, ticket: people.intranet.change(people.olive, increment=15), {"sam"}),
    "another detail": (lambda people, ticket: people.intranet.change(people.olive, detail="total"), set(READERS)),
    "the archive": (lambda people, ticket: people.intranet.archive(people.olive), set(READERS)),
    "a change elsewhere": (lambda people, ticket: people.shop.change(people.olive, name="Store"), set()),
}


@pytest.mark.parametrize("change", CHANGES)
def test_those_who_may_see_a_change_are_told_and_nobody_else(
    change: str, people: Cast, ticket: Ticket, beats: Beats
) -> None:
    act, readers = CHANGES[change]
    act(people, ticket)
    assert (beats.told(), beats.told()) == (readers, set())


def test_a_colleague_who_comes_in_is_told_to_all_who_could_have_them_told(beats: Beats, olive: FlaskClient) -> None:
    olive.post("/projects/intranet/memberships", data={"email": "nadia@town.example"})
    assert beats.told() == set(READERS)


def test_who_may_see_more_or_less_from_now_on_is_told(beats: Beats, olive: FlaskClient) -> None:
    olive.post("/projects/intranet/memberships", data={"email": "marc@town.example", "sees": "own", "hours": "1"})
    assert beats.told() == set(READERS)
    olive.post("/projects/intranet/memberships", data={"email": "marc@town.example", "sees": "all", "hours": "1"})
    assert beats.told() == set(READERS)


def test_time_that_passes_is_told_once_to_those_who_see_hours(
    people: Cast, ticket: Ticket, beats: Beats, clock: Clock
) -> None:
    people.intranet.change(people.olive, review_hours=24)
    people.entry(ticket)
    beats.told()
    clock.forward(hours=23)
    assert beats.told() == set()
    clock.forward(hours=2)
    assert (beats.told(), beats.told()) == ({"sam", "claire"}, set())


def test_the_answer_brings_meter_and_warnings_to_those_who_see_it(
    people: Cast, claire: FlaskClient, marc: FlaskClient
) -> None:
    assert regions(claire.get(PULSE)) == {"pulse", "meter", "alerts"}
    assert regions(marc.get(PULSE)) == {"pulse"}


@pytest.mark.parametrize("since", ["", "x", "0" * 500, "\x00"])
def test_a_version_that_never_was_is_answered_with_what_is(since: str, claire: FlaskClient) -> None:
    assert claire.get(PULSE, query_string={"since": since}).status_code == 200


def test_a_version_of_somebody_else_s_is_not_one_s_own(beats: Beats, claire: FlaskClient) -> None:
    assert claire.get(beats.addresses["sam"]).status_code == 200


def test_a_stranger_finds_nothing_and_who_is_signed_out_is_told(zoe: FlaskClient, nobody: FlaskClient) -> None:
    assert zoe.get(PULSE).status_code == 404
    assert nobody.get(PULSE, headers={"HX-Request": "true"}).status_code == 401

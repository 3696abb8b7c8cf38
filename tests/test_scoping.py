"""An app with an address that nobody thought of guarding does not start."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from flask import Blueprint, Flask

from tests.people import Cast
from trackr import create_app, views
from trackr.models import Person
from trackr.settings import Settings
from trackr.web.auth import allow, public
from trackr.web.scoping import Unguarded

Start = Callable[[Blueprint], Flask]
View = Callable[..., str]


@pytest.fixture
def start(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Start:
    """Starts the app with one blueprint more."""

    def start(bp: Blueprint) -> Flask:
        monkeypatch.setattr(views, "RESOURCES", (*views.RESOURCES, SimpleNamespace(bp=bp)))
        return create_app(settings)

    return start


@pytest.fixture
def bp() -> Blueprint:
    return Blueprint("leaflets", __name__)


@pytest.fixture
def view() -> View:
    """A view of the test's own: marks are left on it."""

    def nothing(**arguments: object) -> str:
        return ""

    return nothing


def test_an_address_argument_that_nothing_loads_stops_the_start(start: Start, bp: Blueprint, view: View) -> None:
    bp.get("/leaflets/<int:leaflet>")(view)
    with pytest.raises(Unguarded, match=r"/leaflets/<int:leaflet>: nothing loads leaflet"):
        start(bp)


def test_so_does_one_beside_an_argument_that_is_loaded(start: Start, bp: Blueprint, view: View) -> None:
    bp.get("/tickets/<int:ticket>/leaflets/<name>")(view)
    with pytest.raises(Unguarded, match="nothing loads name"):
        start(bp)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_view_that_writes_and_says_not_to_whom_stops_the_start(
    start: Start, bp: Blueprint, view: View, method: str
) -> None:
    bp.route("/tickets/<int:ticket>/leaflets", methods=[method])(view)
    with pytest.raises(Unguarded, match=r"leaflets\.nothing writes and says not to whom"):
        start(bp)


def test_a_view_that_both_reads_and_writes_needs_its_mark_too(start: Start, bp: Blueprint, view: View) -> None:
    bp.route("/leaflets", methods=["GET", "POST"])(view)
    with pytest.raises(Unguarded):
        start(bp)


def test_a_marked_view_whose_arguments_are_loaded_starts(start: Start, bp: Blueprint, view: View) -> None:
    bp.post("/tickets/<int:ticket>/leaflets")(allow(Person.can_write)(view))
    bp.get("/leaflets")(view)
    assert "leaflets.nothing" in start(bp).view_functions


def test_a_view_that_is_public_reads_its_arguments_itself(start: Start, bp: Blueprint) -> None:
    bp.post("/leaflets/<token>")(public(lambda token: token))
    assert start(bp)


def test_a_view_without_a_mark_turns_back_who_is_not_signed_in(
    start: Start, bp: Blueprint, view: View, people: Cast
) -> None:
    bp.get("/leaflets")(view)
    assert start(bp).test_client().get("/leaflets").location == "/sign-in?next=/leaflets"

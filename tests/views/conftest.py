"""The cast at their browsers. Time stands still: see tests/clock.py."""

import pytest
from flask.testing import FlaskClient

from tests.clock import Clock
from tests.conftest import SignIn
from tests.people import Cast


@pytest.fixture(autouse=True)
def stand_still(clock: Clock) -> None:
    pass


@pytest.fixture
def olive(people: Cast, sign_in: SignIn) -> FlaskClient:
    """The owner's browser, signed in."""
    return sign_in(people.olive)


@pytest.fixture
def sam(people: Cast, sign_in: SignIn) -> FlaskClient:
    """The colleague's."""
    return sign_in(people.sam)


@pytest.fixture
def claire(people: Cast, sign_in: SignIn) -> FlaskClient:
    """The client's who sees all of the intranet project."""
    return sign_in(people.claire)


@pytest.fixture
def marc(people: Cast, sign_in: SignIn) -> FlaskClient:
    """The client's who sees his own tickets, and no hours."""
    return sign_in(people.marc)


@pytest.fixture
def zoe(people: Cast, sign_in: SignIn) -> FlaskClient:
    """The stranger's."""
    return sign_in(people.zoe)


@pytest.fixture
def nobody(people: Cast, sign_in: SignIn) -> FlaskClient:
    """The browser of somebody who is not signed in."""
    return sign_in(None)

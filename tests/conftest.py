"""What tests share: a migrated database of their own, the cast, and browsers that are signed in."""

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.clock import Clock
from tests.mailbox import box, server  # noqa: F401 (fixtures)
from tests.people import Cast, cast
from tests.undo import forget_drawn
from trackr import clock as real_clock
from trackr import create_app, db
from trackr.mail import post
from trackr.models import Person, Session, session
from trackr.settings import Settings
from trackr.web import instance, limits, once, typings
from trackr.web.app import Application

SignIn = Callable[[Person | None], FlaskClient]


@pytest.fixture(scope="session")
def empty_instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a migrated, empty database, to be copied."""
    data = tmp_path_factory.mktemp("empty")
    settings = Settings.load({}, data)
    db.open_database(settings)
    db.migrate(settings)
    db.database.close()
    return data


@pytest.fixture(scope="session")
def first_instance(empty_instance: Path) -> Path:
    """The data folder that each test gets a copy of; a file whose tests all begin with more has one of its own."""
    return empty_instance


@pytest.fixture
def settings(first_instance: Path, tmp_path: Path) -> Iterator[Settings]:
    """An instance of the test's own, its database open."""
    data = tmp_path / "data"
    shutil.copytree(first_instance, data)
    settings = Settings.load({}, data)
    db.open_database(settings)
    yield settings
    db.database.close()


class Browser(FlaskClient):
    """Reads every answer to its end, as browsers do: the file that one is sent from is closed then."""

    def open(self, *arguments: Any, **options: Any) -> TestResponse:
        return super().open(*arguments, **({"buffered": True} | options))


@pytest.fixture(scope="session")
def only_app(empty_instance: Path) -> Application:
    """The application of every test: to make it takes longer than most of them."""
    app = create_app(Settings.load({}, empty_instance))
    app.test_client_class = Browser
    app.testing = False  # faults become pages, as they do for people
    return app


@pytest.fixture
def app(settings: Settings, only_app: Application) -> Application:
    """The application of this test's instance, as if it had been made for it: it remembers nothing."""
    post.open(settings)
    only_app.serve(settings)
    for part in (instance, limits, once, typings):
        part.register(only_app)
    forget_drawn()
    return only_app


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The instance's clock, standing still; a test may set it."""
    clock = Clock()
    monkeypatch.setattr(real_clock, "read", clock.read)
    return clock


@pytest.fixture
def people(settings: Settings) -> Cast:
    db.database.pragma("synchronous", "off")  # no power is cut here
    return cast()


@pytest.fixture
def sign_in(app: Application, monkeypatch: pytest.MonkeyPatch) -> SignIn:
    """A client of the app, signed in as that person (None: nobody), for as long as a test may let pass."""
    for limit in ("IDLE_REMEMBERED", "LONGEST_REMEMBERED"):
        monkeypatch.setattr(session, limit, timedelta(days=3650))

    def sign_in(person: Person | None) -> FlaskClient:
        client = app.test_client()
        if person is not None:
            with client.session_transaction() as cookie:
                cookie["_user_id"] = Session.begin(person, strong=person.is_staff)
                cookie["_fresh"] = True
        return client

    return sign_in

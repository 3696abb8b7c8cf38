"""What tests share: a migrated database of their own, the cast, and browsers that are signed in."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.clock import Clock
from tests.mailbox import box, server  # noqa: F401 (fixtures)
from tests.people import Cast, cast
from tests.undo import forget_drawn
from trackr import clock as real_clock
from trackr import create_app, db
from trackr.models import Person
from trackr.settings import Settings
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


@pytest.fixture
def settings(empty_instance: Path, tmp_path: Path) -> Iterator[Settings]:
    """An instance of the test's own, its database open."""
    data = tmp_path / "data"
    shutil.copytree(empty_instance, data)
    settings = Settings.load({}, data)
    db.open_database(settings)
    yield settings
    db.database.close()


class KeptRule(Rule):
    """Makes the builder of an address once for all apps, where no default has a part in it: each is compiled code."""

    builders: ClassVar[dict[tuple[str, bool], Callable[..., tuple[str, str]]]] = {}

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        if self.defaults:
            return super()._compile_builder(append_unknown)
        key = (repr(self._trace), append_unknown)
        if key not in self.builders:
            self.builders[key] = super()._compile_builder(append_unknown)
        return self.builders[key]


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What takes longer than most tests is made once for every app: compiled templates, and builders of addresses."""
    templates = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Application, "jinja_options", {"bytecode_cache": templates})
        patch.setattr(Application, "url_rule_class", KeptRule)
        yield


class Browser(FlaskClient):
    """Reads every answer to its end, as browsers do: the file that one is sent from is closed then."""

    def open(self, *arguments: Any, **options: Any) -> TestResponse:
        return super().open(*arguments, **({"buffered": True} | options))


@pytest.fixture
def app(settings: Settings, made_once: None) -> Flask:
    app = create_app(settings)
    app.test_client_class = Browser
    app.testing = False  # faults become pages, as they do for people
    forget_drawn()  # by another test, of another database
    return app


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The instance's clock, standing still; a test may set it."""
    clock = Clock()
    monkeypatch.setattr(real_clock, "read", clock.read)
    return clock


@pytest.fixture
def people(settings: Settings) -> Cast:
    return cast()


@pytest.fixture
def sign_in(app: Flask) -> SignIn:
    """A client of the app, signed in as that person (None: nobody)."""

    def sign_in(person: Person | None) -> FlaskClient:
        client = app.test_client()
        if person is not None:
            with client.session_transaction() as session:
                session["_user_id"] = person.get_id()
                session["_fresh"] = True
        return client

    return sign_in

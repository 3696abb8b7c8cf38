"""A real Chromium against a really served instance. One browser for all tests, one context for each person."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser import chromium
from tests.browser.desk import LONGEST, Desk
from tests.browser.office import Office, served
from tests.people import PASSWORD, cast
from trackr import db
from trackr.models import Person
from trackr.settings import Settings

SitDown = Callable[..., Desk]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = chromium.path()
    if program is None:
        pytest.fail("No Chromium here: name one in CHROMIUM, or leave these tests out with -m 'not browser'.")
    expect.set_options(timeout=LONGEST)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(chromium.QUIETLY))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def office(empty_instance: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An instance with the cast, each with a password; the tests of a file share it and write with its models too."""
    data = tmp_path_factory.mktemp("office") / "data"
    shutil.copytree(empty_instance, data)
    db.open_database(Settings.load({}, data))
    people = cast()
    people.olive.set_password(PASSWORD)
    people.olive.save()
    Person.update(password_hash=people.olive.password_hash).execute()
    with served(data, people) as office:
        yield office
    db.database.close()


@pytest.fixture
def new_office(tmp_path: Path) -> Iterator[Office]:
    """An instance that starts from an empty folder."""
    with served(tmp_path / "data") as office:
        yield office


@pytest.fixture
def sit_down(browser: Browser, request: pytest.FixtureRequest) -> Iterator[SitDown]:
    """Give a person a browser, signed in (None: nobody). What went wrong in it fails the test, unless forgiven."""
    desks: list[Desk] = []

    def sit_down(person: Person | None = None, office: Office | None = None, **settings: object) -> Desk:
        desk = Desk(browser, office or request.getfixturevalue("office"), **settings)
        desks.append(desk)
        return desk.sign_in(person) if person else desk

    yield sit_down
    for desk in desks:
        desk.context.close()
    assert [trouble for desk in desks for trouble in desk.troubles] == []

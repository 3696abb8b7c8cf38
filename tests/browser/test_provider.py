"""Signing in by OpenID Connect, on another site and back, with and without scripts."""

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import provider
from tests.browser.axe import findings, is_too_wide
from tests.browser.conftest import SitDown
from tests.browser.office import Office, served
from tests.people import cast
from trackr import db
from trackr.models import LinkedAccount
from trackr.settings import Settings

pytestmark = [pytest.mark.browser, pytest.mark.skipif(not provider.IS_HERE, reason=provider.MISSING)]


@pytest.fixture
def office(empty_instance: Path, tmp_path: Path) -> Iterator[Office]:
    """An instance that people sign in to by the provider: it has to know its port before it starts."""
    data = tmp_path / "data"
    shutil.copytree(empty_instance, data)
    db.open_database(Settings.load({}, data))
    people = cast()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    with provider.running(f"{base}/sign-in/provider") as given:
        lines = [f'TRACKR_{name.upper()} = "{value}"' for name, value in (given | {"base_url": base}).items()]
        (data / "trackr.toml").write_text("\n".join(lines))
        with served(data, people, port) as office:
            yield office
    db.database.close()


def test_the_browser_goes_to_the_provider_and_back_under_the_policy_of_the_pages(
    office: Office, sit_down: SitDown
) -> None:
    plain = sit_down(java_script_enabled=False).open("/week")
    plain.get_by_label("Your e-mail address").fill(office.people.sam.email)
    plain.get_by_role("button", name="Sign in with Example").click()
    expect(plain).to_have_url(f"{office.url}/week")
    assert LinkedAccount.get().person == office.people.sam
    page = sit_down().open("/sign-in")
    page.get_by_label("Your e-mail address").fill("stranger@elsewhere.example")
    page.get_by_role("button", name="Sign in with Example").click()
    expect(page.get_by_role("heading", name="Nobody here signs in with this account")).to_be_visible()
    assert findings(page) == [] and not is_too_wide(page, 320)

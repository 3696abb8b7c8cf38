"""Every page, for every kind of person: what axe finds, how it fits narrow screens, its head, and what goes wrong."""

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.browser.axe import HERE, findings, is_too_wide
from tests.browser.desk import Desk, to_the_start
from tests.browser.office import Office
from tests.browser.scenes import Scene, furnish
from trackr import create_app
from trackr.settings import Settings

pytestmark = pytest.mark.browser

WIDTHS = (320, 390, 768, 1280)

# What is no page: fragments, files, and what has no face for people. The set-up has a test of its own.
FACELESS = {
    "assets.show", "entries.propose", "examples.show", "health.show", "meters.show", "pulses.show", "setups.new",
    "timesheets.show", "attachments.show", "pictures.show", "suggestions.index", "ticket_files.show",
    "completions.index", "all_ticket_files.show", "charge_files.show", "logos.show", "statement_files.show",
    "mail_previews.show", "person_copies.show", "audit_files.show", "second_steps.new", "calendars.show",
    "event_feeds.show", "report_files.show", "provider_sign_ins.show",
}  # fmt: skip


@dataclass(frozen=True)
class Inspection:
    """What was found on one person's pages, each finding with its address."""

    faults: list[str] = field(default_factory=list)
    too_wide: list[str] = field(default_factory=list)
    headless: list[str] = field(default_factory=list)
    without_way_past: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def look_at(self, page: Page, address: str) -> None:
        self.headless.extend([] if page.locator("h1").count() == 1 and page.title() else [address])
        self.without_way_past.extend([] if leads_past_its_head(page) else [address])
        self.faults.extend(findings(page))
        self.too_wide.extend(f"{address} at {width}" for width in WIDTHS if is_too_wide(page, width))


def leads_past_its_head(page: Page) -> bool:
    """Whether the skip link is the first stop of the Tab key, shows itself there, and leads to the main part."""
    to_the_start(page)
    page.keyboard.press("Tab")
    shown = page.evaluate("document.activeElement.matches('.skip') && document.activeElement.offsetTop >= 0")
    page.keyboard.press("Enter")
    return bool(shown and page.evaluate("document.activeElement.matches('main')"))


@pytest.fixture(scope="module")
def scene(office: Office) -> Scene:
    return furnish(office.people, office.data)


@pytest.fixture(scope="module", params=["nobody", "nina", "zoe", "claire", "marc", "sam", "olive"])
def inspection(request: pytest.FixtureRequest, browser: Browser, office: Office, scene: Scene) -> Iterator[Inspection]:
    """All pages of one person, gone through once."""
    desk = Desk(browser, office)
    inspection = Inspection(troubles=desk.troubles)
    if person := scene.person(request.param):
        desk.sign_in(person)
    for address in scene.addresses[request.param]:
        inspection.look_at(desk.open(address), address)
    yield inspection
    desk.context.close()


def test_axe_finds_nothing_in_either_scheme(inspection: Inspection) -> None:
    assert inspection.faults == []


def test_no_page_scrolls_sideways(inspection: Inspection) -> None:
    assert inspection.too_wide == []


def test_every_page_has_one_heading_and_a_title(inspection: Inspection) -> None:
    assert inspection.headless == []


def test_every_page_has_a_way_past_its_head(inspection: Inspection) -> None:
    assert inspection.without_way_past == []


def test_nothing_goes_wrong_on_any_page(inspection: Inspection) -> None:
    assert inspection.troubles == []


def test_no_page_is_left_out(scene: Scene, office: Office) -> None:
    app = create_app(Settings.load({}, office.data))
    addresses = {address for several in scene.addresses.values() for address in several}
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert pages - FACELESS == {endpoint(app, address) for address in addresses} - {None}


def endpoint(app: Flask, address: str) -> str | None:
    adapter = app.url_map.bind("localhost")
    path = address.partition("?")[0]
    return adapter.match(path, "GET")[0] if adapter.test(path, "GET") else None


def test_axe_finds_what_is_wrong(office: Office, browser: Browser) -> None:
    desk = Desk(browser, office)
    page = desk.open("/sign-in")
    page.evaluate("document.querySelector('label[for=email]').remove()")
    page.evaluate("document.documentElement.style.setProperty('--ink-2', '#999')")
    found = " ".join(findings(page))
    assert "light label" in found and "light color-contrast" in found and "dark color-contrast" not in found
    desk.context.close()


def test_what_was_made_by_others_is_what_it_was() -> None:
    packages = tomllib.loads((HERE / "vendor.toml").read_text(encoding="utf-8"))["package"]
    listed = {name: digest for package in packages for name, digest in package["files"].items()}
    assert {name: hashlib.sha256((HERE / name).read_bytes()).hexdigest() for name in listed} == listed
    assert {path.name for path in HERE.glob("axe*") if path.suffix != ".py"} == set(listed)

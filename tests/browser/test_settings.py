"""Settings as they are used: examples that follow what is typed, activities put in order by keyboard, warnings."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SitDown
from tests.browser.desk import POLL
from tests.browser.office import Office
from trackr.models import Project

pytestmark = pytest.mark.browser

SETTINGS = "/projects/intranet/settings"


def test_an_example_follows_what_is_typed_and_the_others_stay(office: Office, sit_down: SitDown) -> None:
    page = sit_down(office.people.olive).open(SETTINGS)
    page.get_by_label("Increment").fill("15")
    expect(page.locator("#example-rule")).to_contain_text("1 h 05 worked: 1 h 15 valued")
    page.get_by_label("Grace").fill("15")
    expect(page.locator("#example-rule")).to_contain_text("Less than the increment")
    page.get_by_label("Grace").fill("5")
    expect(page.locator("#example-rule")).to_contain_text("1 h 05 worked: 1 h valued")
    page.get_by_label("Time zone").select_option("Asia/Tokyo")
    page.get_by_label("Once so much of a pack is used").fill("50")
    expect(page.locator("#example-used")).to_contain_text("told when 10 h are used")
    expect(page.get_by_label("Time zone")).to_have_value("Asia/Tokyo")
    assert Project.get(Project.slug == "intranet").increment == 1, "nothing is stored before it is saved"


def test_without_javascript_the_examples_are_those_of_what_is_stored(office: Office, sit_down: SitDown) -> None:
    page = sit_down(office.people.olive, java_script_enabled=False).open(SETTINGS)
    page.get_by_label("Review window").fill("0")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#example-review")).to_contain_text("at once")


def test_an_activity_is_moved_by_keyboard_and_keeps_the_focus(office: Office, sit_down: SitDown) -> None:
    page = sit_down(office.people.olive).open("/activities")
    names = page.locator("#activities tbody th")
    up = page.get_by_role("button", name="Move On site up")
    up.focus()
    for place in (1, 0):
        page.keyboard.press("Enter")
        expect(names.nth(place)).to_have_text("On site")
        expect(up).to_be_focused()


def test_a_warning_comes_to_an_open_page_and_is_put_away_by_keyboard(office: Office, sit_down: SitDown) -> None:
    office.people.pack(1)
    ticket = office.people.ticket()
    claire = sit_down(office.people.claire).open(f"/tickets/{ticket.id}")
    expect(claire.locator(".alert")).to_have_count(0)
    office.people.entry(ticket, 55)
    expect(claire.locator(".alert")).to_contain_text("5 min left", timeout=POLL)
    claire.get_by_role("button", name="Put away").focus()
    claire.keyboard.press("Enter")
    expect(claire.locator(".alert")).to_have_count(0)
    claire.reload()
    expect(claire.locator(".alert")).to_have_count(0)

"""Time at the keyboard: what the duration means is told while it is typed, and what is valued is one key away."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SitDown
from tests.browser.office import Office
from trackr.models import Entry, ledger

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True, scope="module")
def hours(office: Office) -> None:
    """An hour is left, and the project asks before it is overdrawn."""
    office.people.pack(1, reference="Pack A")
    office.people.intranet.change(office.people.olive, at_zero="ask", increment=15)


def type_time(page: Page, duration: str) -> None:
    page.get_by_label("Time", exact=True).focus()
    page.keyboard.type(duration)
    expect(page.locator("#echo b").first).to_be_visible()


def test_arrow_down_takes_the_proposed_time_to_be_edited_and_arrow_up_goes_back(
    office: Office, sit_down: SitDown
) -> None:
    page = sit_down(office.people.sam).open(f"/tickets/{office.people.ticket().id}")
    type_time(page, "35m")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("valued", exact=True)).to_be_focused()
    expect(page.get_by_label("valued", exact=True)).to_have_value("45\u00a0min")
    page.keyboard.type("30m")
    expect(page.locator("#echo")).to_contain_text("valued 30 min: 30 min from Pack A")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("Time", exact=True)).to_be_focused()


def test_the_echo_follows_the_activity_and_its_link_changes_what_is_valued(office: Office, sit_down: SitDown) -> None:
    page = sit_down(office.people.sam).open(f"/tickets/{office.people.ticket().id}")
    type_time(page, "35m")
    page.get_by_label("Activity").select_option(label="Out of hours")
    expect(page.locator("#echo")).to_contain_text("valued 1 h: 1 h from Pack A, then used up")
    page.get_by_role("button", name="Change valued").click()
    expect(page.get_by_label("valued", exact=True)).to_have_value("1\u00a0h")


def test_the_agreement_is_given_with_the_keyboard_alone(office: Office, sit_down: SitDown) -> None:
    ticket = office.people.ticket()
    page = sit_down(office.people.sam).open(f"/tickets/{ticket.id}")
    page.get_by_label("Your reply").fill("Done, and a little more.")
    type_time(page, "1h30")
    page.keyboard.press("Control+Enter")
    agree = page.get_by_label("Go 30 min over what was bought: the client agreed")
    expect(agree).to_be_focused()
    expect(page.get_by_label("Your reply")).to_have_value("Done, and a little more.")
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_label("Conversation")).to_contain_text("Done, and a little more.")
    assert Entry.get(Entry.ticket == ticket).valued_minutes == 90


def test_an_entry_on_a_statement_is_corrected_in_its_place(office: Office, sit_down: SitDown) -> None:
    people = office.people
    ticket, yesterday = people.ticket(), people.intranet.today() - timedelta(days=1)
    people.entry(ticket, 60, day=yesterday, over_minutes=600)
    ledger.close(people.intranet, yesterday)
    page = sit_down(people.sam).open(f"/tickets/{ticket.id}")
    page.get_by_role("link", name="Correct the entry of 1 h").click()
    page.get_by_label("Given back", exact=True).fill("-0:20")
    expect(page.locator("#e-echo")).to_contain_text("20 min")
    page.get_by_role("button", name="Give hours back").click()
    expect(page.locator("#e-note-error")).to_have_text("Say why: the client reads it.")
    page.get_by_label("Why hours are given back (the client reads it)").fill("Our fault")
    page.get_by_role("button", name="Give hours back").click()
    expect(page.get_by_label("Conversation")).to_contain_text("Corrects 1 h of")
    expect(page.locator("#entry-form")).to_be_empty()

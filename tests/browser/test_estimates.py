"""An estimate between two browsers: proposed in one, agreed to in the other, seen in both within one poll."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import findings, is_too_wide
from tests.browser.conftest import SitDown
from tests.browser.desk import POLL, ask_for_news
from tests.browser.office import Office
from trackr.models import Estimate

pytestmark = pytest.mark.browser

PANEL = "We estimate 2 h to 3 h for this."


@pytest.fixture(autouse=True, scope="module")
def hours(office: Office) -> None:
    office.people.pack(20)


def propose(page: Page, low: str, ceiling: str) -> None:
    page.get_by_label("From").fill(low)
    page.get_by_label("to at most").fill(ceiling)
    page.get_by_role("button", name="Propose to the client").click()
    expect(page.locator("#estimate-form form")).to_have_count(0)


def test_it_is_proposed_agreed_to_and_asked_again_near_the_ceiling(office: Office, sit_down: SitDown) -> None:
    ticket = office.people.ticket()
    sam = sit_down(office.people.sam).open(f"/tickets/{ticket.id}")
    claire = sit_down(office.people.claire).open(f"/tickets/{ticket.id}")
    sam.get_by_role("link", name="Propose an estimate").click()
    expect(sam.get_by_label("From")).to_be_focused()
    assert findings(sam) == []
    propose(sam, "2h", "3h")
    expect(sam.locator("#side-time")).to_contain_text("2 h to 3 h proposed, no answer yet")
    panel = claire.get_by_role("region", name=PANEL)
    expect(panel).to_be_visible(timeout=POLL)
    assert findings(claire) == []
    assert not is_too_wide(claire, 320)

    panel.get_by_role("textbox").fill("Go")
    office.people.comment(ticket, office.people.sam, "By the way")
    ask_for_news(claire)
    expect(claire.get_by_label("Conversation")).to_contain_text("By the way", timeout=POLL)
    expect(panel.get_by_role("textbox")).to_have_value("Go")
    expect(panel.get_by_role("textbox")).to_be_focused()
    panel.get_by_role("button", name="Accept up to 3 h").click()
    expect(panel).to_have_count(0)
    expect(claire.locator("#meter")).to_contain_text("3 h estimated, you agreed to it")
    expect(sam.locator("#meter")).to_contain_text("3 h agreed", timeout=POLL)
    expect(sam.get_by_label("Conversation")).to_contain_text("Claire Clement accepted an estimate of 2 h to 3 h")

    sam.get_by_label("Your reply").fill("Nearly done")
    sam.get_by_label("Time", exact=True).press_sequentially("2h45")
    expect(sam.locator("#echo")).to_contain_text("2 h 45 of the 3 h agreed")
    assert findings(sam) == []
    sam.get_by_role("link", name="ask again").click()
    propose(sam, "4h", "5h")
    expect(sam.get_by_label("Your reply")).to_have_value("Nearly done")
    expect(claire.get_by_role("region", name="We estimate 4 h to 5 h")).to_be_visible(timeout=POLL)


def test_of_two_who_answer_at_once_the_second_is_told_what_stands(office: Office, sit_down: SitDown) -> None:
    people = office.people
    ticket = people.ticket()
    Estimate.propose(ticket, people.sam, low_minutes=120, ceiling_minutes=180)
    rita = people.person("rita", intranet=True)
    first, second = (sit_down(person).open(f"/tickets/{ticket.id}") for person in (people.claire, rita))
    second.evaluate("Object.defineProperty(document, 'hidden', {value: true})")  # it does not ask for news
    first.get_by_role("button", name="Decline").click()
    expect(first.get_by_role("region", name=PANEL)).to_have_count(0)
    second.get_by_role("button", name="Accept up to 3 h").click()
    expect(second.get_by_role("alert")).to_contain_text("This estimate was declined meanwhile; nothing is agreed.")
    expect(second.get_by_role("region", name=PANEL)).to_have_count(0)
    assert Estimate.get(Estimate.ticket == ticket).state == "declined"


def test_without_javascript_it_is_proposed_and_agreed_to_just_as_well(office: Office, sit_down: SitDown) -> None:
    ticket = office.people.ticket()
    sam = sit_down(office.people.sam, java_script_enabled=False).open(f"/tickets/{ticket.id}")
    sam.get_by_role("link", name="Propose an estimate").click()
    propose(sam, "", "3h")
    claire = sit_down(office.people.claire, java_script_enabled=False).open(f"/tickets/{ticket.id}")
    claire.get_by_role("button", name="Accept up to 3 h").click()
    expect(claire.locator("#side-time")).to_contain_text("of 3 h estimated")

"""The palette by keyboard: Ctrl K, some letters, the arrows, Enter; for staff and clients."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import findings
from tests.browser.conftest import SitDown
from tests.browser.office import Office
from trackr.models import Ticket

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def ticket(office: Office) -> Ticket:
    office.people.pack(20)
    return office.people.ticket(title="Les horaires d’été")


@pytest.fixture
def page(ticket: Ticket, office: Office, sit_down: SitDown) -> Page:
    return sit_down(office.people.sam).open(f"/tickets/{ticket.id}")


def ask(page: Page, words: str) -> None:
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="A page, a ticket")).to_be_focused()
    page.keyboard.type(words)
    page.wait_for_timeout(400)


def test_some_letters_lead_to_a_page(page: Page) -> None:
    ask(page, "hou intr")
    expect(page.locator("#palette").get_by_role("option", selected=True)).to_contain_text("Hours")
    page.keyboard.press("Enter")
    page.wait_for_url("**/projects/intranet/hours")


def test_enter_waits_for_what_was_typed_last(page: Page) -> None:
    page.keyboard.press("Control+k")
    page.keyboard.type("memb peo")
    page.keyboard.press("Control+a")
    page.keyboard.type("my week")
    page.keyboard.press("Enter")
    page.wait_for_url("**/week")


def test_a_client_finds_a_ticket_without_its_accents(ticket: Ticket, office: Office, sit_down: SitDown) -> None:
    page = sit_down(office.people.claire).open("/projects/intranet")
    ask(page, "horaires ete")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/tickets/{ticket.id}")


def test_the_arrows_walk_and_the_field_says_where(page: Page) -> None:
    ask(page, "intranet")
    field, seen = page.get_by_role("combobox", name="A page, a ticket"), []
    for key in ("ArrowDown", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
        seen.append(field.get_attribute("aria-activedescendant"))
        assert page.locator("#palette").get_by_role("option", selected=True).get_attribute("id") == seen[-1]
    assert seen[0] == seen[2] != seen[1]
    page.keyboard.press("Home")
    expect(field).to_be_focused()


def test_escape_closes_and_what_was_typed_before_has_the_focus_again(page: Page) -> None:
    page.get_by_label("Your reply").fill("Half a rep")
    page.get_by_label("Your reply").focus()
    ask(page, "x")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_label("Your reply")).to_be_focused()
    expect(page.get_by_label("Your reply")).to_have_value("Half a rep")


@pytest.mark.parametrize(
    ("words", "label"),
    [("assign me", "Assign to me"), ("waiting", "Waiting on client"), ("urgent", "Urgent")],
)
def test_properties_are_changed_from_it(words: str, label: str, page: Page) -> None:
    ask(page, words)
    expect(page.locator("#palette").get_by_role("option", selected=True)).to_contain_text(label)
    page.keyboard.press("Enter")
    shown = {"Assign to me": "Sam Stone"}.get(label, label)
    expect(page.locator("#side option:checked", has_text=shown)).to_have_count(1)
    expect(page.get_by_label("Conversation")).to_contain_text(shown)


def test_a_ticket_is_closed_and_opened_again_from_it(page: Page) -> None:
    ask(page, "close")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Reopen")).to_be_visible()
    ask(page, "reop")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Close the ticket")).to_be_visible()


def test_what_is_done_by_writing_has_the_focus_then(page: Page) -> None:
    ask(page, "reply")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your reply")).to_be_focused()
    page.locator("h1").click()
    ask(page, "log time")
    page.keyboard.press("Enter")
    expect(page.locator("#entry-form").get_by_role("textbox").first).to_be_visible()


def test_the_account_menu_opens_it_and_nothing_that_fits_is_said(page: Page) -> None:
    page.locator("header details.menu > summary").click()
    page.get_by_role("link", name="Go to…").click()
    page.keyboard.type("zzzz")
    expect(page.get_by_text("Nothing fits these words.")).to_be_visible()


@pytest.mark.parametrize("name", ["sam", "claire"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing(name: str, width: int, ticket: Ticket, office: Office, sit_down: SitDown) -> None:
    size = {"width": width, "height": 700}
    page = sit_down(office.people.everybody[name], viewport=size).open(f"/tickets/{ticket.id}")
    for words in ("", "zzzz"):
        ask(page, words)
        assert findings(page) == []
        page.keyboard.press("Escape")
    page.goto("/palette?q=e")
    assert findings(page) == []


def test_without_javascript_it_is_a_page(ticket: Ticket, office: Office, sit_down: SitDown) -> None:
    page = sit_down(office.people.claire, java_script_enabled=False).open("/projects/intranet")
    page.locator("header details.menu > summary").click()
    page.get_by_role("link", name="Go to…").click()
    page.get_by_role("searchbox").fill("ete")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name=re.compile("horaires")).click()
    page.wait_for_url(f"**/tickets/{ticket.id}")


@pytest.mark.parametrize(("key", "label"), [("a", "Assigned to"), ("p", "Priority"), ("s", "Status")])
def test_a_letter_leads_to_a_property(key: str, label: str, page: Page) -> None:
    page.keyboard.press(key)
    expect(page.get_by_label(label)).to_be_focused()


@pytest.mark.parametrize(("key", "choice", "shown"), [("a", "Sam Stone", "[title='Sam Stone']"), ("p", "High", "em")])
def test_a_letter_opens_the_menu_of_a_card(
    key: str, choice: str, shown: str, office: Office, sit_down: SitDown
) -> None:
    title = f"To be changed with {key}"
    office.people.ticket(title=title)
    page = sit_down(office.people.sam).open("/projects/intranet")
    page.get_by_role("link", name=title).focus()
    page.keyboard.press(key)
    page.get_by_role("dialog").get_by_role("button", name=choice).click()
    expect(page.locator(".card", has_text=title).locator(shown)).to_be_visible()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("link", name=title)).to_be_focused()


@pytest.mark.parametrize(("letter", "where"), [("b", ""), ("l", "/tickets"), ("h", "/hours")])
def test_g_and_a_letter_lead_to_a_page(letter: str, where: str, page: Page) -> None:
    page.keyboard.press("g")
    page.keyboard.press(letter)
    page.wait_for_url(f"**/projects/intranet{where}")

"""Two people at two browsers: what one does, the other sees within one poll, and nothing that is being typed moves."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SitDown
from tests.browser.desk import POLL, ask_for_news
from tests.browser.office import Office

pytestmark = pytest.mark.browser

TOP = "document.activeElement.getBoundingClientRect().top"
TYPING = """() => {
    const field = document.activeElement;
    return [field.id, field.value, field.selectionStart, field.selectionEnd, field.scrollTop];
}"""


@pytest.fixture(autouse=True, scope="module")
def hours(office: Office) -> None:
    office.people.pack(20)


def send(page: Page, text: str, duration: str = "") -> None:
    page.get_by_label("Your reply").fill(text)
    page.get_by_label("Time", exact=True).fill(duration)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_label("Your reply")).to_have_value("")


def half_typed(page: Page, field: str) -> list[object]:
    """Type into a field, put the caret in the midst of it, scroll; what a reader would notice if it moved."""
    page.locator(field).fill("\n".join(f"line {number}" for number in range(12)))
    page.locator(field).evaluate("field => { field.setSelectionRange(10, 14); field.scrollTop = 30; scrollBy(0, 40); }")
    return page.evaluate(TYPING)


def asked_of(page: Page) -> list[str]:
    """The addresses that the page asks for from now on, without the icon, which the browser fetches when it likes."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/static/" not in request.url else None)
    return asked


def test_a_reply_with_time_moves_the_clients_meter_and_conversation(office: Office, sit_down: SitDown) -> None:
    ticket = office.people.ticket()
    claire = sit_down(office.people.claire).open(f"/tickets/{ticket.id}")
    before = claire.locator("#meter").inner_text()
    sam = sit_down(office.people.sam).open(f"/tickets/{ticket.id}")
    send(sam, "Corrected, please look.", "1h30")
    expect(claire.get_by_label("Conversation")).to_contain_text("Corrected, please look.", timeout=POLL)
    expect(claire.locator("#meter")).not_to_have_text(before)
    expect(claire.locator("#side-time")).to_contain_text("1 h 30")


def test_a_clients_message_reaches_the_staff_member(office: Office, sit_down: SitDown) -> None:
    ticket = office.people.ticket()
    sam = sit_down(office.people.sam).open(f"/tickets/{ticket.id}")
    claire = sit_down(office.people.claire).open(f"/tickets/{ticket.id}")
    claire.get_by_role("textbox", name="Write to").fill("It is lost again.")
    claire.get_by_role("button", name="Send to").click()
    expect(sam.get_by_label("Conversation")).to_contain_text("It is lost again.", timeout=POLL)


@pytest.mark.parametrize(("typist", "writer"), [("claire", "sam"), ("sam", "claire")])
def test_a_half_typed_reply_is_not_touched(typist: str, writer: str, office: Office, sit_down: SitDown) -> None:
    people = office.people.everybody
    ticket = office.people.ticket()
    page = sit_down(people[typist], viewport={"width": 900, "height": 500}).open(f"/tickets/{ticket.id}")
    typed = half_typed(page, "#body")
    place = page.evaluate(TOP)
    office.people.comment(ticket, people[writer], "The other has written")
    ask_for_news(page)
    expect(page.get_by_label("Conversation")).to_contain_text("The other has written", timeout=POLL)
    assert page.evaluate(TYPING) == typed
    assert abs(page.evaluate(TOP) - place) < 2  # a page scrolls by whole pixels


def test_a_half_typed_quick_add_survives_a_new_card(office: Office, sit_down: SitDown) -> None:
    sam = sit_down(office.people.sam).open("/projects/intranet")
    quick = sam.get_by_label("Add a ticket to In progress")
    quick.fill("Half a title")
    quick.evaluate("field => field.setSelectionRange(2, 4)")
    typed = sam.evaluate(TYPING)
    office.people.ticket(title="Asked meanwhile")
    ask_for_news(sam)
    expect(sam.locator("#board")).to_contain_text("Asked meanwhile", timeout=POLL)
    assert sam.evaluate(TYPING) == typed


def test_an_open_edit_form_survives_and_does_not_draw_the_focus(office: Office, sit_down: SitDown) -> None:
    ticket = office.people.ticket()
    comment = office.people.comment(ticket, office.people.sam, "As it was first")
    sam = sit_down(office.people.sam).open(f"/tickets/{ticket.id}")
    sam.get_by_role("link", name="Edit what you wrote").click()
    sam.locator(f"#edit-{comment.key}").fill("As it will be")
    sam.get_by_label("Your reply").fill("And a reply as well")
    office.people.comment(ticket, office.people.claire, "Claire has written")
    ask_for_news(sam)
    expect(sam.get_by_label("Conversation")).to_contain_text("Claire has written", timeout=POLL)
    expect(sam.locator(f"#edit-{comment.key}")).to_have_value("As it will be")
    expect(sam.get_by_label("Your reply")).to_be_focused()


def test_an_open_entry_form_survives(office: Office, sit_down: SitDown) -> None:
    ticket = office.people.ticket()
    office.people.entry(ticket, 30)
    sam = sit_down(office.people.sam).open(f"/tickets/{ticket.id}")
    sam.get_by_role("link", name="Edit the entry").click()
    sam.locator("#e-duration").fill("2h")
    office.people.comment(ticket, office.people.claire, "Claire has written")
    ask_for_news(sam)
    expect(sam.get_by_label("Conversation")).to_contain_text("Claire has written", timeout=POLL)
    expect(sam.locator("#e-duration")).to_have_value("2h")
    expect(sam.locator("#e-duration")).to_be_focused()


def test_an_open_menu_and_a_move_stay_while_the_board_changes(office: Office, sit_down: SitDown) -> None:
    office.people.ticket(title="To be moved")
    sam = sit_down(office.people.sam).open("/projects/intranet")
    sam.get_by_role("link", name="To be moved").focus()
    sam.keyboard.press("s")
    office.people.ticket(title="Asked while the menu was open")
    ask_for_news(sam)
    expect(sam.locator("#board")).to_contain_text("Asked while the menu was open", timeout=POLL)
    expect(sam.get_by_role("dialog")).to_be_visible()
    sam.keyboard.press("2")
    expect(sam.get_by_role("region", name="In progress")).to_contain_text("To be moved")


def test_what_is_sent_while_the_page_is_brought_up_to_date_stands_once(office: Office, sit_down: SitDown) -> None:
    ticket = office.people.ticket()
    sam = sit_down(office.people.sam).open(f"/tickets/{ticket.id}")
    for number in range(3):
        office.people.comment(ticket, office.people.claire, f"From Claire, {number}")
        ask_for_news(sam)
        send(sam, f"From Sam, {number}", "15m")
    ask_for_news(sam)
    expect(sam.get_by_label("Conversation")).to_contain_text("From Claire, 2", timeout=POLL)
    for number in range(3):
        expect(sam.get_by_text(f"From Sam, {number}")).to_have_count(1)


def test_the_list_and_the_hours_page_move_too(office: Office, sit_down: SitDown) -> None:
    ticket = office.people.ticket(title="Seen in the list")
    listed = sit_down(office.people.claire).open("/projects/intranet/tickets")
    hours = sit_down(office.people.claire).open("/projects/intranet/hours")
    before = hours.locator("#h1").inner_text()
    office.people.entry(ticket, 75)
    ask_for_news(listed)
    ask_for_news(hours)
    row = listed.get_by_role("row", name="Seen in the list")
    expect(row).to_contain_text("1 h 15", timeout=POLL)
    expect(hours.locator("#h1")).not_to_have_text(before, timeout=POLL)


def test_whoever_has_been_signed_out_is_not_asked_for_any_more(office: Office, sit_down: SitDown) -> None:
    desk = sit_down(office.people.marc)
    page = desk.open("/projects/intranet")
    desk.context.clear_cookies()
    with page.expect_response(re.compile("/pulse")) as asked:
        ask_for_news(page)
    assert asked.value.status == 401
    expect(page.locator("#pulse")).to_have_count(0)
    asked_again = asked_of(page)
    ask_for_news(page)
    page.wait_for_timeout(500)
    assert asked_again == []


def test_a_hidden_tab_asks_nothing_until_it_is_seen_again(office: Office, sit_down: SitDown) -> None:
    page = sit_down(office.people.claire).open("/projects/intranet")
    page.evaluate("Object.defineProperty(document, 'hidden', {value: true, configurable: true})")
    asked = asked_of(page)
    ask_for_news(page)
    page.wait_for_timeout(POLL)
    assert asked == []
    page.evaluate("Object.defineProperty(document, 'hidden', {value: false})")
    with page.expect_response(re.compile("/pulse")):
        ask_for_news(page)


def test_a_failure_of_the_network_is_sat_out_in_silence(office: Office, sit_down: SitDown) -> None:
    desk = sit_down(office.people.claire)
    page = desk.open("/projects/intranet")
    desk.context.set_offline(True)
    ask_for_news(page)
    page.wait_for_timeout(500)
    expect(page.get_by_role("alert")).to_have_count(0)
    desk.context.set_offline(False)
    office.people.ticket(title="Asked in the dark")
    ask_for_news(page)
    expect(page.locator("#board")).to_contain_text("Asked in the dark")
    desk.troubles.clear()

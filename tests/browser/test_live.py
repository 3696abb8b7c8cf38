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


def test_the_card_one_is_on_stays_the_one_that_j_and_k_go_on_from(office: Office, sit_down: SitDown) -> None:
    for number in range(3):
        office.people.ticket(title=f"Walked over, {number}")
    sam = sit_down(office.people.sam).open("/projects/intranet")
    sam.get_by_role("link", name="Walked over, 1").focus()
    sam.locator("h1").evaluate("() => document.activeElement.blur()")
    office.people.ticket(title="Asked during the walk")
    ask_for_news(sam)
    expect(sam.locator("#board")).to_contain_text("Asked during the walk", timeout=POLL)
    expect(sam.locator(".card[aria-current]")).to_contain_text("Walked over, 1")
    sam.keyboard.press("j")
    expect(sam.get_by_role("link", name="Walked over, 0")).to_be_focused()


def test_a_focused_card_keeps_the_focus_when_another_moves_it(office: Office, sit_down: SitDown) -> None:
    ticket = office.people.ticket(title="Moved by another")
    sam = sit_down(office.people.sam).open("/projects/intranet")
    sam.get_by_role("link", name="Moved by another").focus()
    ticket.place(office.people.olive, office.people.intranet.ordered_columns()[1])
    ask_for_news(sam)
    expect(sam.get_by_role("region", name="In progress")).to_contain_text("Moved by another", timeout=POLL)
    expect(sam.locator(".card[aria-current]")).to_contain_text("Moved by another")
    sam.keyboard.press("s")
    expect(sam.get_by_role("dialog", name=f"#{ticket.id}")).to_be_visible()


def test_selected_text_an_open_menu_and_a_focused_select_stay(office: Office, sit_down: SitDown) -> None:
    ticket = office.people.ticket()
    first = office.people.comment(ticket, office.people.claire, "To be selected and copied")
    sam = sit_down(office.people.sam).open(f"/tickets/{ticket.id}")
    sam.locator("#p-priority").evaluate("select => select.focus({ preventScroll: true })")
    sam.locator("header details.menu").evaluate("menu => (menu.open = true)")
    sam.locator(f"#comment-{first.key} p").evaluate("text => getSelection().selectAllChildren(text)")
    selected = sam.evaluate("getSelection().toString()")
    office.people.comment(ticket, office.people.claire, "Written meanwhile")
    ask_for_news(sam)
    expect(sam.get_by_label("Conversation")).to_contain_text("Written meanwhile", timeout=POLL)
    assert sam.evaluate("getSelection().toString()") == selected != ""
    expect(sam.locator("#p-priority")).to_be_focused()
    expect(sam.locator("header details.menu")).to_have_attribute("open", "")


def test_who_is_writing_is_told_within_a_poll_and_taken_back(office: Office, sit_down: SitDown) -> None:
    ticket = office.people.ticket()
    sam = sit_down(office.people.sam).open(f"/tickets/{ticket.id}")
    claire = sit_down(office.people.claire).open(f"/tickets/{ticket.id}")
    with sam.expect_response(re.compile("/typing")):
        sam.get_by_label("Your reply").press_sequentially("Half a")
    expect(claire.get_by_text("Sam is writing…")).to_be_visible(timeout=POLL)
    expect(claire.get_by_text("Sam is writing…")).to_be_hidden(timeout=3 * POLL)


def test_a_note_that_is_being_written_is_told_to_staff_alone(office: Office, sit_down: SitDown) -> None:
    ticket = office.people.ticket()
    pages = {name: sit_down(office.people.everybody[name]).open(f"/tickets/{ticket.id}") for name in ("sam", "claire")}
    olive = sit_down(office.people.olive).open(f"/tickets/{ticket.id}")
    olive.get_by_text("Internal note", exact=True).click()
    with olive.expect_response(re.compile("/typing")):
        olive.get_by_label("Your reply").press_sequentially("Half a")
    for page in pages.values():
        with page.expect_response(re.compile("/pulse")):
            ask_for_news(page)
    expect(pages["sam"].locator("[data-writing]")).to_have_text("Internal note being written: Olive…")
    expect(pages["claire"].locator("[data-writing]")).to_be_empty()


def test_the_title_of_a_hidden_tab_counts_what_is_new(office: Office, sit_down: SitDown) -> None:
    ticket = office.people.ticket(title="Counted in the title")
    desk = sit_down(office.people.claire)
    desk.page.clock.install()
    page = desk.open(f"/tickets/{ticket.id}")
    title = page.title()
    page.evaluate("Object.defineProperty(document, 'hidden', {value: true, configurable: true})")
    ask_for_news(page)
    office.people.comment(ticket, office.people.sam, "First")
    office.people.comment(ticket, office.people.sam, "Second")
    with page.expect_response(re.compile("/pulse")):
        page.clock.fast_forward(61_000)
    expect(page).to_have_title(f"(2) {title}")
    page.evaluate("Object.defineProperty(document, 'hidden', {value: false})")
    ask_for_news(page)
    expect(page).to_have_title(title)


def test_whoever_is_signed_out_is_told_keeps_what_was_typed_and_goes_on(office: Office, sit_down: SitDown) -> None:
    ticket = office.people.ticket()
    desk = sit_down(office.people.claire)
    page = desk.open(f"/tickets/{ticket.id}")
    page.get_by_role("textbox", name="Write to").fill("Half a reply")
    desk.context.clear_cookies()
    ask_for_news(page)
    line = page.get_by_text("Signed out: sign in again to go on.")
    expect(line).to_be_visible()
    with desk.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in").click()
    assert opened.value.url.endswith(f"/sign-in?next=%2Ftickets%2F{ticket.id}")
    opened.value.close()
    desk.sign_in(office.people.claire)
    office.people.comment(ticket, office.people.sam, "Written while you were out")
    ask_for_news(page)
    expect(page.get_by_label("Conversation")).to_contain_text("Written while you were out", timeout=POLL)
    expect(line).to_have_count(0)
    expect(page.get_by_role("textbox", name="Write to")).to_have_value("Half a reply")

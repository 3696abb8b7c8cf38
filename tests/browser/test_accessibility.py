"""What opens, what is refused, and how far one comes by keyboard alone."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import findings, is_too_wide
from tests.browser.conftest import SitDown
from tests.browser.desk import to_the_start
from tests.browser.office import Office
from tests.browser.scenes import Scene, furnish
from tests.people import PASSWORD

pytestmark = pytest.mark.browser

EMPTY = """button => {
    button.form.noValidate = true;
    for (const field of button.form.elements) if (field.type != 'hidden') field.value = '';
}"""

# Whether the outline of what has the focus can be seen: its own, or that of what stands for it. A field for a date has
# stops within it, which the browser outlines itself.
OUTLINED = """() => {
    const one = document.activeElement;
    const seen = [getComputedStyle(one), getComputedStyle(one, '::after')];
    if (one.matches('[type=radio], [type=checkbox]')) seen.push(getComputedStyle(one.closest('label')));
    const outlined = seen.some(style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2);
    return outlined || one.type === 'date';
}"""


@pytest.fixture(scope="module")
def scene(office: Office) -> Scene:
    return furnish(office.people, office.data)


@pytest.fixture
def board(scene: Scene, sit_down: SitDown) -> Page:
    return sit_down(scene.people.olive).open("/projects/intranet")


@pytest.fixture
def ticket(scene: Scene, sit_down: SitDown) -> Page:
    return sit_down(scene.people.olive).open(f"/tickets/{scene.ticket.id}")


def account(page: Page) -> Locator:
    return page.locator("summary", has_text="Your account")


def test_the_first_set_up_is_open_to_everybody(new_office: Office, sit_down: SitDown) -> None:
    page = sit_down(office=new_office).open("/setup")
    found = findings(page)
    finish = page.get_by_role("button", name="Finish")
    finish.evaluate(EMPTY)
    finish.click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert found + findings(page) == []
    assert not is_too_wide(page, 320)


def test_axe_finds_nothing_on_what_opens(board: Page) -> None:
    board.keyboard.press("?")
    expect(board.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    found = findings(board)
    board.keyboard.press("Escape")
    account(board).click()
    found += findings(board)
    board.keyboard.press("Escape")
    board.keyboard.press("j")
    board.keyboard.press("s")
    expect(board.get_by_role("dialog", name="Move")).to_be_visible()
    assert found + findings(board) == []


def test_axe_finds_nothing_on_a_ticket_that_is_being_worked_on(ticket: Page) -> None:
    ticket.get_by_text("Internal note", exact=True).click()
    ticket.locator("#duration").press_sequentially("45")
    expect(ticket.locator("#echo")).to_contain_text("45 minutes or 45 hours")
    ticket.get_by_role("link", name="Edit what you wrote").last.click()
    ticket.get_by_role("link", name="Edit the entry of 5 min").click()
    expect(ticket.locator("#e-duration")).to_be_visible()
    for details in ticket.locator("main details summary").all():
        details.click()
    found = findings(ticket)
    assert not is_too_wide(ticket, 320)
    ticket.get_by_role("button", name="Save internal note").press("Enter")
    expect(ticket.locator("#composer .error").first).to_be_visible()
    assert found + findings(ticket) == []


@pytest.mark.parametrize(
    ("address", "button"),
    [
        ("/projects/intranet/tickets/new", "Open the ticket"),
        ("/projects/intranet/purchases/new", "Add hours"),
        ("/projects/intranet/memberships", "Invite"),
        ("/projects/intranet/settings", "Save"),
        ("/projects/new", "Make the project"),
        ("/account", "Save"),
        ("/week?ticket=", "Log time"),
        ("/activities", "Add"),
    ],
)
def test_axe_finds_nothing_on_a_refused_form(address: str, button: str, scene: Scene, sit_down: SitDown) -> None:
    page = sit_down(scene.people.olive).open(address)
    send = page.get_by_role("main").get_by_role("button", name=button).first
    send.evaluate(EMPTY)
    send.click()
    expect(page.locator("main .error").first).to_be_visible()
    assert findings(page) == []
    assert not is_too_wide(page, 320)


def test_one_can_sign_in_by_keyboard(scene: Scene, sit_down: SitDown) -> None:
    page = sit_down().open("/sign-in")
    expect(page.get_by_label("Your e-mail address")).to_be_focused()
    page.keyboard.type(scene.people.sam.email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Intranet")).to_be_visible()


def test_the_board_is_walked_by_letters_and_arrows(board: Page) -> None:
    def focused() -> str:
        return str(board.evaluate("document.activeElement.closest('.col').querySelector('h2').textContent"))

    titles = board.locator(".card-title")
    board.keyboard.press("j")
    expect(titles.nth(0)).to_be_focused()
    board.keyboard.press("j")
    expect(titles.nth(1)).to_be_focused()
    board.keyboard.press("k")
    expect(titles.nth(0)).to_be_focused()
    board.keyboard.press("ArrowRight")
    assert focused() == "In progress"
    board.keyboard.press("ArrowLeft")
    assert focused() == "New"
    board.keyboard.press("Enter")
    board.wait_for_url("**/tickets/*")


def test_a_list_is_walked_ticked_and_opened_by_letters(scene: Scene, sit_down: SitDown) -> None:
    page = sit_down(scene.people.sam).open("/projects/intranet/tickets")
    links, boxes = page.locator("#list .table-link"), page.locator("#list input[name=tickets]")
    for key in "jjxkx":
        page.keyboard.press(key)
    expect(links.nth(0)).to_be_focused()
    expect(boxes.nth(0)).to_be_checked()
    expect(boxes.nth(1)).to_be_checked()
    assert findings(page) == []
    page.keyboard.press("/")
    page.keyboard.type("jkx")
    expect(page.get_by_label("Search tickets")).to_have_value("jkx")
    expect(page.locator("#list [aria-current]")).to_have_id(str(links.nth(0).evaluate("one => one.closest('tr').id")))
    page = sit_down(scene.people.sam).open("/to-answer")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tickets/*")


def test_s_opens_the_move_menu_and_a_number_moves(scene: Scene, sit_down: SitDown) -> None:
    scene.people.ticket(title="To be moved by keyboard")
    page = sit_down(scene.people.sam).open("/projects/intranet")
    page.keyboard.press("j")
    page.keyboard.press("s")
    expect(page.get_by_role("dialog", name="Move")).to_be_visible()
    page.keyboard.press("3")
    expect(page.get_by_role("region", name="Waiting on client")).to_contain_text("To be moved by keyboard")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("link", name="To be moved by keyboard")).to_be_focused()


def test_escape_closes_what_is_open_and_the_focus_returns(board: Page) -> None:
    board.keyboard.press("j")
    for key in ("?", "s"):
        board.keyboard.press(key)
        expect(board.get_by_role("dialog")).to_be_visible()
        board.keyboard.press("Escape")
        expect(board.get_by_role("dialog")).to_have_count(0)
        expect(board.locator(".card-title").first).to_be_focused()
    account(board).press("Enter")
    expect(board.get_by_role("link", name="Your settings")).to_be_visible()
    board.keyboard.press("ArrowDown")
    expect(board.get_by_role("link", name="Your settings")).to_be_focused()
    board.keyboard.press("Escape")
    expect(board.get_by_role("link", name="Your settings")).to_be_hidden()
    expect(account(board)).to_be_focused()


def test_letters_lead_to_the_composer(ticket: Page) -> None:
    ticket.keyboard.press("r")
    expect(ticket.get_by_label("Your reply")).to_be_focused()
    ticket.locator("h1").click()
    ticket.keyboard.press("t")
    expect(ticket.get_by_label("Time", exact=True)).to_be_focused()
    ticket.locator("h1").click()
    ticket.keyboard.press("n")
    expect(ticket.get_by_role("button", name="Save internal note")).to_be_visible()
    ticket.locator("h1").click()
    ticket.keyboard.press("c")
    ticket.wait_for_url("**/tickets/new")


def test_the_search_is_a_key_away(board: Page) -> None:
    board.keyboard.press("/")
    expect(board.get_by_role("searchbox")).to_be_focused()
    board.keyboard.type("date")
    board.keyboard.press("Enter")
    board.wait_for_url("**/tickets?q=date")


@pytest.mark.parametrize("field", ["#q", "[id^=q-]"])
def test_no_letter_does_anything_while_one_types(field: str, board: Page) -> None:
    board.locator(field).first.click()
    board.keyboard.type("jkscnrt/?")
    expect(board.locator(field).first).to_be_focused()
    expect(board.locator(field).first).to_have_value("jkscnrt/?")
    expect(board.get_by_role("dialog")).to_have_count(0)


def test_ctrl_and_enter_send_the_reply(scene: Scene, sit_down: SitDown) -> None:
    page = sit_down(scene.people.claire).open(f"/tickets/{scene.ticket.id}")
    page.get_by_role("textbox", name="Write to").fill("Sent by keyboard")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_label("Conversation")).to_contain_text("Sent by keyboard")
    expect(page.get_by_role("textbox", name="Write to")).to_be_focused()


@pytest.mark.parametrize("name", ["board", "ticket"])
def test_what_has_the_focus_can_be_seen(name: str, request: pytest.FixtureRequest) -> None:
    page: Page = request.getfixturevalue(name)
    to_the_start(page)
    unseen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        if not page.evaluate(OUTLINED):
            unseen.append(page.evaluate("document.activeElement.outerHTML"))
    assert unseen == []


def test_the_scheme_is_switched_by_hand_and_kept(board: Page) -> None:
    html = board.locator("html")
    background = "getComputedStyle(document.body).backgroundColor"
    light = board.evaluate(background)
    board.get_by_role("button", name="Switch light and dark").click()
    expect(html).to_have_attribute("data-theme", "dark")
    board.reload()
    expect(html).to_have_attribute("data-theme", "dark")
    assert board.evaluate(background) != light
    board.get_by_role("button", name="Switch light and dark").click()
    assert board.evaluate(background) == light


def test_forced_colours_do_not_hide_the_meter(board: Page) -> None:
    board.emulate_media(forced_colors="active")
    shown = board.locator("#meter").evaluate(
        "meter => Object.fromEntries(['used', 'track'].map("
        "part => [part, getComputedStyle(meter.querySelector('.m-' + part)).fill]))"
    )
    assert len(set(shown.values())) == 2
    strokes = board.locator("#meter .m-hatch, #meter .m-line, #meter .m-ticks line").evaluate_all(
        "all => [...new Set(all.map(one => getComputedStyle(one).stroke))]"
    )
    assert strokes and "none" not in strokes and shown["track"] not in strokes


def test_single_keys_can_be_switched_off_and_on_again(office: Office, sit_down: SitDown) -> None:
    office.people.ticket()
    page = sit_down(office.people.sam).open("/projects/intranet")
    page.keyboard.press("?")
    page.get_by_role("checkbox", name="Single keys are shortcuts").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).not_to_be_visible()
    page.locator("#shortcuts").evaluate("dialog => dialog.showModal()")
    page.get_by_role("checkbox", name="Single keys are shortcuts").check()
    page.reload()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()

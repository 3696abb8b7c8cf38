"""The board in the hand: dragged with the mouse, ordered by keyboard, moved by two people, filled at its feet."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import SitDown
from tests.browser.desk import LONGEST, POLL, ask_for_news
from tests.browser.office import Office
from trackr.models import Column, Ticket

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def empty_board(office: Office) -> None:
    Ticket.update(column=Column.first(office.people.intranet, "done"), closed_at=0).execute()


def card(page: Page, title: str) -> Locator:
    return page.locator(".card", has_text=title)


def column(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name, exact=True)


def take_up(page: Page, title: str) -> None:
    """Go to a card, wait for what dragging needs, and press the button on it."""
    card(page, title).hover()
    # Not wait_for_function: the page's own policy forbids what that asks again and again.
    for _ in range(LONGEST // 50):
        if page.evaluate("Boolean(window.Sortable?.get(document.querySelector('.cards')))"):
            break
        page.wait_for_timeout(50)
    page.mouse.down()


def drag(page: Page, title: str, target: Locator) -> None:
    take_up(page, title)
    target.hover(force=True)
    target.hover(force=True)  # the browser starts to drag with the first move, and tells where to with the next
    page.mouse.up()


def stands(ticket: Ticket) -> str:
    return str(Ticket.get_by_id(ticket.id).column.name)


def test_a_card_is_dragged_into_another_column(office: Office, sit_down: SitDown) -> None:
    ticket = office.people.ticket(title="To be dragged")
    sam = sit_down(office.people.sam).open("/projects/intranet")
    assert "drag.js" not in sam.evaluate("performance.getEntriesByType('resource').map(one => one.name).join()")
    other = sit_down(office.people.olive).open("/projects/intranet")
    drag(sam, "To be dragged", column(sam, "In progress").locator(".cards"))
    expect(column(sam, "In progress")).to_contain_text("To be dragged")
    expect(sam.locator("#live")).to_have_text("“To be dragged” is in In progress now.")
    assert stands(ticket) == "In progress"
    ask_for_news(other)
    expect(column(other, "In progress")).to_contain_text("To be dragged", timeout=POLL)


def test_a_column_deleted_while_a_card_is_dragged_into_it(office: Office, sit_down: SitDown) -> None:
    people = office.people
    extra = Column.add(people.intranet, people.olive, name="Soon gone")
    ticket = people.ticket(title="Nearly lost")
    sam = sit_down(people.sam).open("/projects/intranet")
    take_up(sam, "Nearly lost")
    target = column(sam, "Soon gone").locator(".cards")
    target.hover(force=True)
    target.hover(force=True)
    extra.remove(people.olive)
    ask_for_news(sam)
    sam.wait_for_timeout(500)
    expect(column(sam, "Soon gone")).to_be_visible()  # nothing moves under the pointer
    sam.mouse.up()
    expect(sam.get_by_role("alert")).to_contain_text("This column is not on the board any more.")
    expect(column(sam, "New")).to_contain_text("Nearly lost")
    expect(column(sam, "Soon gone")).to_have_count(0)
    assert stands(ticket) == "New"


def test_a_card_that_did_not_arrive_goes_back(office: Office, sit_down: SitDown) -> None:
    office.people.ticket(title="Underneath")
    ticket = office.people.ticket(title="Comes back")
    desk = sit_down(office.people.sam)
    sam = desk.open("/projects/intranet")
    take_up(sam, "Comes back")
    desk.context.set_offline(True)
    target = column(sam, "In progress").locator(".cards")
    target.hover(force=True)
    target.hover(force=True)
    sam.mouse.up()
    expect(sam.get_by_role("alert")).to_contain_text("This was not sent.")
    expect(column(sam, "New").locator(".card").first).to_contain_text("Comes back")
    desk.context.set_offline(False)
    drag(sam, "Comes back", column(sam, "In progress").locator(".cards"))
    expect(sam.locator("#live")).to_have_text("“Comes back” is in In progress now.")
    assert stands(ticket) == "In progress"
    desk.troubles.clear()


def test_two_people_order_one_column(office: Office, sit_down: SitDown) -> None:
    for title in ("Third", "Second", "First"):
        office.people.ticket(title=title)
    sam = sit_down(office.people.sam).open("/projects/intranet")
    olive = sit_down(office.people.olive).open("/projects/intranet")
    sam.get_by_role("link", name="First").focus()
    sam.keyboard.press("Alt+ArrowDown")
    expect(sam.locator("#live")).to_have_text("“First” is number 2 in New now.")
    expect(sam.get_by_role("link", name="First")).to_be_focused()
    drag(olive, "Third", card(olive, "First"))
    expect(olive.locator("#live")).to_contain_text("“Third” is number")
    ask_for_news(sam)
    wanted = olive.locator(".col").first.locator(".card-title").all_inner_texts()
    expect(sam.locator(".col").first.locator(".card-title")).to_have_text(wanted, timeout=POLL)
    assert sorted(wanted) == ["First", "Second", "Third"] and wanted != ["First", "Second", "Third"]


def test_one_title_after_another_is_typed_at_the_foot_of_a_column(office: Office, sit_down: SitDown) -> None:
    sam = sit_down(office.people.sam).open("/projects/intranet")
    sam.get_by_label("Add a ticket to Waiting on client").click()
    for title in ("The first thought", "And another"):
        sam.keyboard.type(title)
        sam.keyboard.press("Enter")
        expect(column(sam, "Waiting on client")).to_contain_text(title)
        expect(sam.get_by_label("Add a ticket to Waiting on client")).to_be_focused()
        expect(sam.get_by_label("Add a ticket to Waiting on client")).to_have_value("")


def test_what_is_unread_has_a_dot_until_it_was_opened(office: Office, sit_down: SitDown) -> None:
    sam = sit_down(office.people.sam).open("/projects/intranet")
    office.people.ticket(title="Brand new")
    ask_for_news(sam)
    expect(sam.get_by_role("button", name=re.compile("Mark .* as read"))).to_be_visible(timeout=POLL)
    expect(card(sam, "Brand new").get_by_text("unread")).to_be_visible()
    sam.get_by_role("link", name="Brand new").click()
    sam.goto("/projects/intranet")
    expect(card(sam, "Brand new")).not_to_contain_text("unread")
    sam.get_by_role("button", name=re.compile("Mark .* as read")).click()
    expect(sam.locator("[data-unread]")).to_have_count(0)

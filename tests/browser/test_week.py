"""My week by keyboard, without script, and on a phone."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import findings, is_too_wide
from tests.browser.conftest import SitDown
from tests.browser.desk import to_the_start
from tests.browser.office import Office
from trackr.models import Entry, Ticket

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def tickets(office: Office) -> tuple[Ticket, Ticket]:
    """Two tickets with time of Sam's last week, the first on its Monday, the second on its Tuesday."""
    people = office.people
    today = people.intranet.today()
    monday = today - timedelta(days=today.weekday() + 7)
    first, second = people.ticket(title="The first one"), people.ticket(title="The second one")
    people.entry(first, 60, day=monday)
    people.entry(second, 90, day=monday + timedelta(days=1))
    return first, second


@pytest.fixture
def monday(tickets: tuple[Ticket, Ticket]) -> str:
    return str(Entry.select().order_by(Entry.day).get().day)


@pytest.fixture
def week(office: Office, monday: str, sit_down: SitDown) -> Page:
    return sit_down(office.people.sam).open(f"/week?on={monday}")


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_a_cell_is_reached_filled_in_and_returned_to_by_keyboard(
    week: Page, tickets: tuple[Ticket, Ticket], monday: str
) -> None:
    first, second = tickets
    week.locator(f"#cell-{first.id}-{monday}").focus()
    week.keyboard.press("ArrowRight")
    assert focused(week).startswith(f"cell-{first.id}-") and not focused(week).endswith(monday)
    week.keyboard.press("ArrowDown")
    week.keyboard.press("ArrowLeft")
    assert focused(week) == f"cell-{second.id}-{monday}"
    week.keyboard.press("Enter")
    expect(week.locator("#week-duration")).to_be_focused()
    assert findings(week) == []
    week.keyboard.press("Escape")
    expect(week.locator(f"#cell-{second.id}-{monday}")).to_be_focused()
    expect(week.locator("#week-duration")).to_have_count(0)
    week.keyboard.press("Enter")
    expect(week.locator("#week-duration")).to_be_focused()
    week.keyboard.type("0:35")
    expect(week.locator("#week-echo")).to_contain_text("35\u00a0min")
    week.keyboard.press("Enter")
    cell = week.locator(f"#cell-{second.id}-{monday}")
    expect(cell).to_contain_text("0\u00a0h\u00a035")
    expect(cell).to_be_focused()
    assert findings(week) == []


def test_past_the_edge_the_arrows_go_to_another_day(week: Page, monday: str) -> None:
    to_the_start(week)
    week.keyboard.press("ArrowRight")
    expect(week.locator("thead [aria-current]")).to_contain_text("Tue")
    week.keyboard.press("ArrowLeft")
    expect(week.locator("thead [aria-current]")).to_contain_text("Mon")
    week.locator("[data-cell]").first.focus()
    week.keyboard.press("ArrowLeft")
    expect(week.locator("thead [aria-current]")).to_contain_text("Sun")


def test_arrows_do_nothing_while_one_types(week: Page, monday: str) -> None:
    week.locator(".week-add").click()
    expect(week.locator("#week-ticket")).to_be_focused()
    week.keyboard.type("The f")
    week.keyboard.press("ArrowLeft")
    expect(week.locator("#week-ticket")).to_have_value("The f")
    assert findings(week) == [] and not is_too_wide(week, 320)


def test_it_works_without_a_script(
    office: Office, tickets: tuple[Ticket, Ticket], monday: str, sit_down: SitDown
) -> None:
    page = sit_down(office.people.sam, java_script_enabled=False).open(f"/week?on={monday}")
    page.locator(".week-add").click()
    page.locator("#week-ticket").fill("second")
    page.locator("#week-duration").fill("45")
    page.get_by_role("button", name="Log time").click()
    expect(page.locator("#week-duration-error")).to_contain_text("45 minutes or 45 hours?")
    page.locator("#week-duration").fill("45m")
    page.get_by_role("button", name="Log time").click()
    expect(page.get_by_role("status").first).to_contain_text(f"45\u00a0min logged on #{tickets[1].id}.")


def test_a_phone_shows_the_chosen_day_and_the_way_to_others(
    office: Office, tickets: tuple[Ticket, Ticket], monday: str, sit_down: SitDown
) -> None:
    page = sit_down(office.people.sam, viewport={"width": 390, "height": 800}).open(f"/week?on={monday}")
    assert page.locator("thead th:visible").count() == 3
    page.get_by_role("link", name="Next day").click()
    expect(page.locator("thead th:visible").nth(1)).to_contain_text("Tue")
    expect(page.locator(f"[id^=cell-{tickets[1].id}]:visible")).to_contain_text("1\u00a0h\u00a030")

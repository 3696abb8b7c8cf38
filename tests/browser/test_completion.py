"""What a text may name is offered while one writes, by keyboard; nothing else of the text's keys is taken."""

import pytest
from playwright.sync_api import expect

from tests.browser.axe import findings
from tests.browser.conftest import SitDown
from tests.browser.office import Office

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1280, 390])
def test_tickets_and_people_are_named_by_some_letters(width: int, office: Office, sit_down: SitDown) -> None:
    ticket = office.people.ticket(title="Les horaires d’été").id
    desk = sit_down(office.people.sam, viewport={"width": width, "height": 700})
    page = desk.open(f"/tickets/{ticket}")
    text, options = page.get_by_label("Your reply"), page.locator("#completion [role=option]")
    text.focus()
    page.keyboard.type("As in #hora")
    expect(options.first).to_be_visible()
    assert text.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
    assert findings(page) == []
    box = page.locator("#completion").bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width
    page.keyboard.press("Enter")
    expect(text).to_have_value(f"As in #{ticket} ")
    page.keyboard.type("@")
    expect(options).to_have_count(2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    expect(text).to_have_value(f"As in #{ticket} @claire ")
    expect(text).to_be_focused()
    page.keyboard.type("@cl")
    expect(options).to_have_count(1)
    page.keyboard.press("Escape")
    expect(options).to_have_count(0)
    page.keyboard.press("Enter")
    expect(text).to_have_value(f"As in #{ticket} @claire @cl\n")

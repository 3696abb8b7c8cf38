"""Half a reply: found again on another device, and gone once it is sent."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SitDown
from tests.browser.office import Office


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.browser
def test_what_is_typed_here_is_there_on_another_device(sit_down: SitDown, office: Office, scheme: str) -> None:
    people = office.people
    ticket = people.ticket()
    here, there = (sit_down(people.sam, color_scheme=scheme) for _ in range(2))
    page = here.open(f"/tickets/{ticket.id}")
    page.get_by_label("Your reply").fill("Half of an **answer**")
    expect(page.get_by_text("Draft saved")).to_be_visible()
    page.reload()
    expect(page.get_by_label("Your reply")).to_have_value("Half of an **answer**")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("[data-preview-shown] strong")).to_have_text("answer")
    page.get_by_role("button", name="Preview").click()
    other = there.open(f"/tickets/{ticket.id}")
    expect(other.get_by_label("Your reply")).to_have_value("Half of an **answer**")
    other.get_by_label("Your reply").fill("- [ ] all of it")
    other.get_by_role("button", name="Send").click()
    box = other.get_by_role("checkbox", name="Task 1")
    box.click()
    expect(other.get_by_role("checkbox", name="Task 1")).to_be_checked()
    expect(other.get_by_label("Your reply")).to_have_value("")
    page.reload()
    expect(page.get_by_label("Your reply")).to_have_value("")

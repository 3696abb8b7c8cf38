"""Whose turn it is, seen by both sides: a reply that moves its ticket, the count in the head, and who is told."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SitDown
from tests.browser.desk import POLL, ask_for_news
from tests.browser.office import Office
from trackr.models import Ticket

pytestmark = pytest.mark.browser


def test_the_turn_goes_back_and_forth_without_a_half_written_reply_being_touched(
    office: Office, sit_down: SitDown
) -> None:
    people = office.people
    ticket = people.ticket()
    sam = sit_down(people.sam).open(f"/tickets/{ticket.id}")
    claire = sit_down(people.claire).open(f"/tickets/{ticket.id}")
    waiting = int(sam.locator("#to-answer").inner_text())
    expect(sam.locator("#turn")).to_contain_text("Waiting for us")
    expect(claire.locator("#turn")).to_contain_text("We have it")
    claire.get_by_role("textbox", name="Write to").fill("Half a sentence")

    sam.get_by_label("Your reply").fill("Could you try it?")
    sam.get_by_label("then").select_option("Waiting on client")
    sam.get_by_role("button", name="Send to Claire").click()
    expect(sam.locator("#turn")).to_contain_text("Waiting for Claire since today")
    expect(sam.locator("#thread")).to_contain_text("moved it from New to Waiting on client")
    expect(sam.get_by_label("Your reply")).to_be_focused()
    expect(sam.locator("#to-answer")).to_have_text(str(waiting - 1) if waiting > 1 else "")

    ask_for_news(claire)
    expect(claire.locator("#turn")).to_contain_text("Waiting for you", timeout=POLL)
    expect(claire.get_by_role("textbox", name="Write to")).to_have_value("Half a sentence")
    claire.get_by_role("textbox", name="Write to").fill("It works")
    claire.get_by_role("button", name="Send to Sam").click()
    expect(claire.locator("#turn")).to_contain_text("We are on it")
    ask_for_news(sam)
    expect(sam.locator("#to-answer")).to_have_text(str(waiting), timeout=POLL)

    sam.get_by_label("Waiting for", exact=True).select_option("Claire")
    expect(sam.locator("#turn")).to_contain_text("Waiting for Claire")
    sam.get_by_text("Add somebody").click()
    sam.get_by_label("Who is to be told").select_option("Olive Owen")
    sam.get_by_role("button", name="Add", exact=True).click()
    expect(sam.locator("#participants")).to_contain_text("Olive Owen")
    sam.get_by_role("button", name="Tell Claire Clement no more").click()
    expect(sam.locator("#participants li", has_text="Claire")).to_have_count(0)
    assert Ticket.get_by_id(ticket.id).turn == "theirs"


def test_a_client_reopens_with_the_reply(office: Office, sit_down: SitDown) -> None:
    people = office.people
    ticket = people.ticket()
    ticket.close(people.sam)
    page = sit_down(people.claire).open(f"/tickets/{ticket.id}")
    page.get_by_label("It is not solved: reopen").uncheck()
    expect(page.get_by_role("button", name="Send to Atelier Cobalt")).to_be_visible()
    page.get_by_label("It is not solved: reopen").check()
    page.get_by_role("textbox", name="Write to").fill("It is lost again")
    page.get_by_role("button", name="Send and reopen").click()
    expect(page.locator("#turn")).to_contain_text("We are on it")
    expect(page.get_by_label("It is not solved: reopen")).to_have_count(0)
    assert not Ticket.get_by_id(ticket.id).is_closed

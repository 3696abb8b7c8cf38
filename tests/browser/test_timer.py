"""A timer: started here and seen there, used in a reply; the question after an absence; all of it without scripts."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SitDown
from tests.browser.desk import POLL, ask_for_news, to_the_start
from tests.browser.office import Office
from trackr.models import Entry, Project, Ticket, Timer
from trackr.models.base import now

pytestmark = pytest.mark.browser


def worked(office: Office, ticket: Ticket, **passed: float) -> None:
    """As if Sam had started the timer that long ago."""
    Timer.start(office.people.sam, ticket)
    Timer.update(started_at=now() - timedelta(**passed)).where(Timer.ticket == ticket).execute()


def around_noon() -> str:
    """A time zone in which it is: a timer that runs over midnight asks about it."""
    ahead = 12 - now().hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"  # these are named by what is to be added to reach UTC


def test_started_at_one_browser_it_is_seen_at_the_other_used_and_cleared(office: Office, sit_down: SitDown) -> None:
    ticket = office.people.ticket()
    here, there = (sit_down(office.people.sam).open(f"/tickets/{ticket.id}") for _ in range(2))
    here.get_by_role("button", name="Start the timer").click()
    expect(here.locator("#timers")).to_contain_text("0:00")
    expect(here.get_by_role("timer")).to_have_text(re.compile("^0:00:0[2-9]$"))  # it ticks
    ask_for_news(there)
    expect(there.locator("#timers")).to_contain_text(f"#{ticket.id}", timeout=POLL)
    expect(there.get_by_role("timer")).to_be_visible()
    there.get_by_role("link", name="Use in reply").click()
    expect(there.locator("#duration")).to_have_value("1m")
    expect(there.locator("#echo")).to_contain_text("valued")
    expect(there.get_by_label("Your reply")).to_be_focused()
    there.keyboard.type("Done")
    there.get_by_role("button", name="Send").click()
    expect(there.locator("#timers")).to_be_empty()
    expect(there.get_by_role("button", name="Start the timer")).to_be_visible()
    ask_for_news(here)
    expect(here.locator("#timers")).to_be_empty(timeout=POLL)
    assert (Entry.get(Entry.ticket == ticket).spent_minutes, Timer.select().count()) == (1, 0)


def test_one_key_starts_and_pauses_it_on_its_ticket_and_pauses_it_elsewhere(office: Office, sit_down: SitDown) -> None:
    ticket = office.people.ticket()
    page = sit_down(office.people.sam).open(f"/tickets/{ticket.id}")
    to_the_start(page)
    page.keyboard.press("Shift+T")
    expect(page.get_by_role("button", name="Pause the timer")).to_be_visible()
    page.keyboard.press("Shift+T")
    expect(page.get_by_role("button", name="Continue the timer")).to_be_visible()
    page.keyboard.press("Shift+T")
    expect(page.get_by_role("button", name="Pause the timer")).to_be_visible()
    page.goto("/projects/intranet")
    to_the_start(page)
    page.keyboard.press("Shift+T")
    expect(page.locator("#timers")).to_contain_text("parked")
    assert not Timer.get().is_running
    Timer.delete().execute()


def test_after_an_absence_it_asks_in_the_head_of_any_page(office: Office, sit_down: SitDown) -> None:
    ticket = office.people.ticket()
    worked(office, ticket, hours=30)
    page = sit_down(office.people.sam).open("/projects/intranet")
    page.locator("summary", has_text="Still running?").click()
    expect(page.locator("#timers")).to_contain_text("It has run since")
    page.get_by_label("What was work of it").fill("45")
    page.get_by_role("button", name="Keep only this").click()
    expect(page.locator("#h-keep-error")).to_contain_text("45 minutes or 45 hours?")
    page.get_by_label("What was work of it").fill("45m")
    page.get_by_role("button", name="Keep only this").click()
    expect(page.locator("#timers")).to_contain_text("parked")
    assert (Timer.get().seconds, Timer.get().is_running) == (2700, False)
    Timer.delete().execute()


def test_all_of_it_works_without_scripts(office: Office, sit_down: SitDown) -> None:
    ticket = office.people.ticket()
    Project.update(timezone=around_noon()).execute()
    page = sit_down(office.people.sam, java_script_enabled=False).open(f"/tickets/{ticket.id}")
    page.get_by_role("button", name="Start the timer").click()
    worked(office, ticket, minutes=42)
    page.reload()
    expect(page.locator("#timers")).to_contain_text("0:42")
    page.get_by_role("button", name="Pause the timer").click()
    page.get_by_role("link", name="Use in reply").click()
    expect(page.locator("#duration")).to_have_value("42m")
    page.get_by_label("Your reply").fill("Done")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("button", name="Start the timer")).to_be_visible()
    assert (Entry.get(Entry.ticket == ticket).spent_minutes, Timer.select().count()) == (42, 0)
    page.get_by_role("button", name="Start the timer").click()
    page.get_by_text("Discard the timer").click()
    page.get_by_role("button", name="Discard it").click()
    expect(page.get_by_role("button", name="Start the timer")).to_be_visible()

"""Every form works in a browser that runs no script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SitDown
from tests.browser.office import Office
from tests.people import PASSWORD
from trackr.models import Entry, Person, Project, Ticket

pytestmark = pytest.mark.browser

Plain = Callable[[Person | None, str], Page]


@pytest.fixture
def plain(sit_down: SitDown) -> Plain:
    """A page of that person's, in a browser without scripts."""

    def plain(person: Person | None, address: str) -> Page:
        return sit_down(person, java_script_enabled=False).open(address)

    return plain


def test_signing_in_leads_where_one_wanted_to_go_and_signing_out_back(office: Office, plain: Plain) -> None:
    page = plain(None, "/projects/intranet/tickets")
    page.get_by_label("Your e-mail address").fill(office.people.claire.email)
    page.get_by_label("Password").fill("something else")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("#password-error")).to_contain_text("do not belong together")
    expect(page.get_by_label("Your e-mail address")).to_have_value(office.people.claire.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{office.url}/projects/intranet/tickets")
    page.locator("summary", has_text="Your account").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_client_opens_a_ticket_writes_closes_and_reopens(office: Office, plain: Plain) -> None:
    page = plain(office.people.claire, "/projects/intranet/tickets/new")
    page.get_by_label("In one sentence").fill("Without any script")
    page.get_by_role("button", name="Send to").click()
    expect(page.get_by_role("heading", name="Without any script")).to_be_visible()
    expect(page.get_by_role("status").first).to_contain_text("is open")
    page.get_by_role("textbox", name="Write to").fill("And one thing more")
    page.get_by_role("button", name="Send to").click()
    expect(page.get_by_label("Conversation")).to_contain_text("And one thing more")
    page.get_by_role("button", name="This is solved for me").click()
    expect(page.get_by_label("Conversation")).to_contain_text("Claire Clement closed it")
    page.get_by_role("button", name="It is not solved: reopen").click()
    expect(page.get_by_label("Conversation")).to_contain_text("Claire Clement reopened it")


def test_a_reply_is_sent_with_its_time(office: Office, plain: Plain) -> None:
    ticket = office.people.ticket()
    page = plain(office.people.sam, f"/tickets/{ticket.id}")
    page.get_by_label("Your reply").fill("Corrected")
    page.get_by_label("Time", exact=True).fill("45m")
    page.get_by_role("button", name="Send to Claire").click()
    expect(page.get_by_label("Conversation")).to_contain_text("Corrected")
    assert Entry.get(Entry.ticket == ticket).spent_minutes == 45


def test_a_refused_form_keeps_what_was_typed_and_says_why_at_the_field(office: Office, plain: Plain) -> None:
    ticket = office.people.ticket()
    page = plain(office.people.sam, f"/tickets/{ticket.id}")
    page.get_by_text("Internal note", exact=True).click()
    page.get_by_label("Your reply").fill("A long note")
    page.get_by_label("Time", exact=True).fill("45")
    page.get_by_role("button", name="Save internal note").click()
    expect(page.locator("#duration-error")).to_contain_text("45 minutes or 45 hours?")
    expect(page.get_by_label("Time", exact=True)).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_label("Time", exact=True)).to_have_value("45")
    expect(page.get_by_label("Your reply")).to_have_value("A long note")
    expect(page.get_by_label("Internal note")).to_be_checked()


def test_a_ticket_is_moved_and_its_properties_are_changed(office: Office, plain: Plain) -> None:
    ticket = office.people.ticket(title="Moved by hand")
    page = plain(office.people.sam, "/projects/intranet")
    card = page.locator(f"#t-{ticket.id}")
    card.hover()
    card.get_by_role("link", name="Move", exact=True).click()
    page.get_by_role("button", name="Waiting on client").click()
    expect(page.get_by_role("region", name="Waiting on client")).to_contain_text("Moved by hand")
    page.get_by_role("link", name="Moved by hand").click()
    for label, option in (("Assigned to", "Sam Stone"), ("Priority", "High"), ("Status", "In progress")):
        field = page.get_by_label(label)
        field.select_option(option)
        page.locator("form", has=field).get_by_role("button", name="Save").click()
    expect(page.get_by_label("Conversation")).to_contain_text("took it on")
    assert (Ticket.get_by_id(ticket.id).priority, Ticket.get_by_id(ticket.id).column.role) == ("high", "active")


def test_a_ticket_is_added_on_the_board(office: Office, plain: Plain) -> None:
    page = plain(office.people.sam, "/projects/intranet")
    page.get_by_label("Add a ticket to In progress").fill("Added by Enter alone")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="In progress")).to_contain_text("Added by Enter alone")


def test_ticket_comment_and_entry_are_edited_and_taken_away(office: Office, plain: Plain) -> None:
    ticket = office.people.ticket()
    office.people.comment(ticket, text="With an eror")
    office.people.entry(ticket, 30)
    page = plain(office.people.sam, f"/tickets/{ticket.id}")
    page.get_by_role("link", name="Edit what you wrote").click()
    page.get_by_label("Edit the comment").fill("Without an error")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Conversation")).to_contain_text("Without an error")
    page.get_by_role("link", name="Edit the entry").click()
    page.get_by_label("Time", exact=True).fill("2h")
    page.get_by_label("valued").fill("1h")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("#thread .entry")).to_contain_text("1 h 00 valued")

    page.get_by_role("link", name="Edit what you wrote").click()
    page.get_by_text("Delete", exact=True).click()
    page.get_by_role("button", name="Delete it").click()
    page.get_by_role("link", name="Edit the entry").click()
    page.get_by_text("Take the entry back").click()
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator("#thread .entry")).to_have_count(0)
    page.locator(".ticket-head").get_by_role("link", name="Edit").click()
    page.get_by_label("In one sentence").fill("A better title")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="A better title")).to_be_visible()


def test_an_owner_adds_hours(office: Office, plain: Plain) -> None:
    page = plain(office.people.olive, "/projects/shop/hours")
    page.get_by_role("link", name="Add hours").click()
    page.get_by_label("Hours", exact=True).fill("many")
    page.get_by_role("button", name="Add hours").click()
    expect(page.locator("#hours-error")).to_be_visible()
    page.get_by_label("Hours", exact=True).fill("20")
    page.get_by_role("button", name="Add hours").click()
    expect(page.get_by_role("status").first).to_contain_text("20 h added.")
    expect(page.get_by_role("heading", level=1)).to_contain_text("20 h left of 20 h")


def test_an_owner_makes_changes_and_archives_a_project_and_its_people(office: Office, plain: Plain) -> None:
    page = plain(office.people.olive, "/")
    page.get_by_role("link", name="New project").click()
    page.get_by_label("Name", exact=True).fill("Newsletter")
    page.get_by_label("Client").fill("The shop")
    page.get_by_role("button", name="Make the project").click()
    page.get_by_role("link", name="People").click()
    page.get_by_label("E-mail address").fill(office.people.zoe.email)
    page.get_by_role("button", name="Invite").click()
    row = page.get_by_role("row", name="Zoe Zeller")
    row.locator("summary").click()
    row.get_by_role("button", name="Yes, remove Zoe Zeller").click()
    expect(page.get_by_role("status").first).to_contain_text("Zoe Zeller does not take part any more.")
    page.get_by_role("link", name="Settings", exact=True).click()
    page.get_by_label("Increment").fill("15")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Increment")).to_have_value("15")
    page.get_by_role("button", name="Archive the project").click()
    expect(page.get_by_role("status").first).to_contain_text("Newsletter is archived.")
    assert Project.get(Project.slug == "newsletter").is_archived


def test_one_chooses_ones_language(office: Office, plain: Plain) -> None:
    page = plain(office.people.marc, "/account")
    page.get_by_label("Language").select_option("Français")
    page.get_by_role("button", name="Save").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    page.get_by_label("Langue").select_option("English")
    page.get_by_role("button", name="Enregistrer").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_what_needs_a_script_is_not_offered(office: Office, plain: Plain) -> None:
    page = plain(office.people.sam, "/projects/intranet")
    page.locator("summary", has_text="Your account").click()
    expect(page.get_by_role("link", name="Your settings")).to_be_visible()
    expect(page.get_by_role("button", name="Switch light and dark")).to_be_hidden()
    expect(page.get_by_role("button", name="Keyboard shortcuts")).to_be_hidden()

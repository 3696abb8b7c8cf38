"""The ways of an owner, a client and a staff member, walked as they walk them."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SitDown
from tests.browser.office import Office
from tests.people import PASSWORD
from trackr.models import Comment, Entry, Invitation, Ticket

pytestmark = pytest.mark.browser

SET_UP = {
    "agency": "Atelier Cobalt",
    "owner_name": "Olive Owen",
    "email": "olive@cobalt.example",
    "password": PASSWORD,
    "client": "Town hall",
    "name": "Intranet",
    "client_name": "Claire Clement",
    "client_email": "claire@town.example",
    "hours": "20",
}


@pytest.fixture(autouse=True, scope="module")
def hours(office: Office) -> None:
    office.people.pack(20)


def bring_in(page: Page, name: str, email: str, role: str) -> str:
    """Invite somebody on the People page; the link to give to them."""
    page.get_by_role("link", name="People").click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Role").select_option(role)
    page.get_by_role("button", name="Invite").click()
    return page.locator(".link-code").inner_text()


def come_in(page: Page) -> None:
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Come in").click()


def answer(page: Page, text: str, duration: str = "") -> None:
    page.get_by_label("Your reply").fill(text)
    page.get_by_label("Time", exact=True).fill(duration)
    page.get_by_role("button", name=re.compile("^Send|^Save internal")).click()
    expect(page.get_by_label("Conversation")).to_contain_text(text)
    expect(page.get_by_label("Your reply")).to_have_value("")


def test_an_owner_begins_with_an_empty_folder_and_brings_two_people_in(new_office: Office, sit_down: SitDown) -> None:
    olive = sit_down(office=new_office).open("/")
    expect(olive).to_have_url(f"{new_office.url}/setup")
    for name, value in SET_UP.items():
        olive.locator(f"[name={name}]").fill(value)
    olive.get_by_role("button", name="Finish and open the board").click()
    expect(olive.get_by_role("region", name="New")).to_contain_text("When a client writes, it appears here first.")
    expect(olive.locator("#meter")).to_contain_text("20 h left")

    link = bring_in(olive, "Claire Clement", "claire@town.example", "client")
    claire = sit_down(office=new_office).open(link)
    expect(claire.get_by_role("heading", name="Welcome, Claire")).to_be_visible()
    come_in(claire)
    expect(claire.get_by_role("heading", name="No tickets yet")).to_be_visible()

    link = bring_in(olive, "Sam Stone", "sam@cobalt.example", "staff")
    sam = sit_down(office=new_office).open(link)
    come_in(sam)
    sam.get_by_role("link", name="Intranet").click()
    expect(sam.get_by_role("region", name="In progress")).to_be_visible()

    olive.goto("/setup")
    expect(olive.get_by_role("heading", name="This page does not exist")).to_be_visible()


def test_a_link_that_was_used_says_so_calmly(office: Office, sit_down: SitDown) -> None:
    link = f"/invitations/{Invitation.issue(office.people.zoe)}"
    come_in(sit_down().open(link))
    page = sit_down().open(link)
    expect(page.get_by_role("heading", name="This link does not work any more")).to_be_visible()
    page.get_by_role("link", name="Sign in").click()
    expect(page.get_by_label("Your e-mail address")).to_be_visible()


def test_a_client_asks_reads_the_answer_sees_hours_closes_and_reopens(office: Office, sit_down: SitDown) -> None:
    claire = sit_down(office.people.claire).open("/")
    claire.get_by_label("What is it about?").fill("The newsletter cannot be sent")
    claire.get_by_role("button", name="Send to Atelier Cobalt").click()
    expect(claire.get_by_role("heading", name="The newsletter cannot be sent")).to_be_visible()
    ticket = Ticket.get(Ticket.title == "The newsletter cannot be sent")

    answer(sit_down(office.people.sam).open(f"/tickets/{ticket.id}"), "It can again.", "45m")
    claire.reload()
    expect(claire.get_by_label("Conversation")).to_contain_text("It can again.")
    expect(claire.locator("#side-time")).to_contain_text("45 min")
    claire.get_by_role("link", name="Hours", exact=True).click()
    expect(claire.get_by_role("table", name="Time by ticket and day")).to_contain_text("The newsletter cannot be sent")

    claire.get_by_role("link", name="The newsletter cannot be sent").click()
    claire.get_by_role("button", name="This is solved for me").click()
    expect(claire.get_by_label("Conversation")).to_contain_text("Claire Clement closed it")
    expect(claire.locator("[aria-current=step]")).to_have_text("Done")
    claire.get_by_role("button", name="It is not solved: reopen").click()
    expect(claire.get_by_label("Conversation")).to_contain_text("Claire Clement reopened it")


def test_time_is_echoed_as_it_is_typed_and_sent_with_the_answer(office: Office, sit_down: SitDown) -> None:
    ticket = office.people.ticket()
    office.people.intranet.change(office.people.olive, increment=15)
    sam = sit_down(office.people.sam).open(f"/tickets/{ticket.id}")
    sam.get_by_label("Time", exact=True).press_sequentially("1h05")
    expect(sam.locator("#echo")).to_contain_text("= 1 h 05, valued 1 h 15: 1 h 15 from")
    answer(sam, "Corrected.", "1h05")
    expect(sam.locator("#thread .entry")).to_contain_text("1 h 15 valued")
    entry = Entry.get(Entry.ticket == ticket)
    assert (entry.spent_minutes, entry.valued_minutes, entry.comment.ticket) == (65, 75, ticket)


def test_a_client_is_sent_neither_notes_nor_what_was_really_spent(office: Office, sit_down: SitDown) -> None:
    ticket = office.people.ticket(title="Looked at by two")
    claire = sit_down(office.people.claire)
    page = claire.open(f"/tickets/{ticket.id}")
    sam = sit_down(office.people.sam).open(f"/tickets/{ticket.id}")
    sam.get_by_label("valued").fill("20m")
    answer(sam, "For everybody", "3h33")
    sam.get_by_text("Internal note", exact=True).click()
    answer(sam, "Not for the client")
    expect(sam.locator(".is-internal", has_text="Not for the client")).to_contain_text("only Atelier Cobalt reads this")

    expect(page.get_by_label("Conversation")).to_contain_text("For everybody")
    seen = page.content()
    for address in (
        "/projects/intranet",
        "/projects/intranet/tickets",
        "/projects/intranet/hours",
        f"/tickets/{ticket.id}",
    ):
        seen += claire.context.request.get(address).text()
    assert "20\u00a0min" in seen
    assert "Not for the client" not in seen
    assert not re.search(r"3\W+h\W+33|213|is-internal", seen)


def test_a_ticket_is_moved_by_keyboard_by_mouse_and_on_its_page(office: Office, sit_down: SitDown) -> None:
    ticket = office.people.ticket(title="From left to right")
    sam = sit_down(office.people.sam).open("/projects/intranet")
    card = sam.get_by_role("listitem").filter(has_text="From left to right")
    sam.keyboard.press("j")
    sam.keyboard.press("s")
    expect(sam.get_by_role("dialog", name="Move")).to_be_visible()
    sam.keyboard.press("2")
    expect(sam.get_by_role("region", name="In progress")).to_contain_text("From left to right")
    card.hover()
    card.get_by_role("link", name="Move", exact=True).click()
    sam.get_by_role("dialog").get_by_role("button", name="Waiting on client").click()
    expect(sam.get_by_role("region", name="Waiting on client")).to_contain_text("From left to right")
    card.get_by_role("link", name="From left to right").click()
    sam.get_by_label("Status").select_option("Done")
    expect(sam.get_by_label("Conversation")).to_contain_text("Sam Stone closed it")
    assert Ticket.get_by_id(ticket.id).is_closed


def test_tickets_are_added_on_the_board_one_after_the_other(office: Office, sit_down: SitDown) -> None:
    sam = sit_down(office.people.sam).open("/projects/intranet")
    quick = sam.get_by_label("Add a ticket to In progress")
    for title in ("The first of two", "The second of two"):
        quick.fill(title)
        quick.press("Enter")
        expect(sam.get_by_role("region", name="In progress")).to_contain_text(title)
        expect(quick).to_have_value("")
        expect(quick).to_be_focused()


def test_one_edits_and_deletes_what_one_wrote(office: Office, sit_down: SitDown) -> None:
    ticket = office.people.ticket()
    first = office.people.comment(ticket, text="With an eror")
    sam = sit_down(office.people.sam).open(f"/tickets/{ticket.id}")
    sam.get_by_role("link", name="Edit what you wrote").click()
    sam.get_by_label("Edit the comment").fill("Without an error")
    sam.get_by_role("button", name="Save").click()
    expect(sam.locator(f"#comment-{first.key}")).to_contain_text("Without an error")
    expect(sam.locator(f"#comment-{first.key}")).to_contain_text("edited")
    expect(sam.get_by_role("link", name="Edit what you wrote")).to_be_focused()

    sam.get_by_role("link", name="Edit what you wrote").click()
    sam.locator(f"#comment-{first.key}").get_by_text("Delete", exact=True).click()
    sam.get_by_role("button", name="Delete it").click()
    expect(sam.get_by_label("Conversation")).to_contain_text("Sam Stone deleted a comment")
    assert not Comment.select().where((Comment.ticket == ticket) & Comment.deleted_at.is_null()).exists()


def test_forms_are_given_up_without_losing_what_stands_in_others(office: Office, sit_down: SitDown) -> None:
    ticket = office.people.ticket()
    comment = office.people.comment(ticket, text="As it was")
    sam = sit_down(office.people.sam).open(f"/tickets/{ticket.id}")
    sam.get_by_label("Your reply").fill("Half a reply")
    sam.get_by_role("link", name="Log time without a reply").click()
    sam.locator("#e-duration").fill("2h")
    sam.get_by_role("link", name="Edit what you wrote").click()
    sam.get_by_label("Edit the comment").fill("As it shall not be")
    sam.locator(f"#comment-{comment.key}").get_by_role("link", name="Cancel").click()
    expect(sam.locator(f"#comment-{comment.key}")).to_contain_text("As it was")
    sam.get_by_label("Priority").select_option("High")
    expect(sam.get_by_label("Conversation")).to_contain_text("set the priority to High")
    expect(sam.locator("#e-duration")).to_have_value("2h")
    sam.get_by_role("form", name="Log time", exact=True).get_by_role("link", name="Cancel").click()
    expect(sam.locator("#e-duration")).to_have_count(0)
    expect(sam.get_by_role("link", name="Log time without a reply")).to_be_visible()
    expect(sam.get_by_label("Your reply")).to_have_value("Half a reply")


def test_an_entry_is_mended_and_taken_back(office: Office, sit_down: SitDown) -> None:
    ticket = office.people.ticket()
    office.people.entry(ticket, 30)
    sam = sit_down(office.people.sam).open(f"/tickets/{ticket.id}")
    sam.get_by_role("link", name="Edit the entry").click()
    form = sam.get_by_role("form", name="Edit the entry")
    form.get_by_label("Time", exact=True).fill("2h")
    form.get_by_label("valued").fill("1h30")
    form.get_by_role("button", name="Save").click()
    expect(sam.locator("#thread .entry")).to_contain_text("1 h 30 valued")
    expect(sam.locator("#side-time")).to_contain_text("2 h")

    sam.get_by_role("link", name="Edit the entry").click()
    sam.get_by_text("Take the entry back").click()
    sam.get_by_role("button", name="Take it back").click()
    expect(sam.get_by_label("Conversation")).to_contain_text("took back the time of")
    expect(sam.locator("#side-time")).to_contain_text("0 h 00")


def test_time_is_logged_without_a_reply(office: Office, sit_down: SitDown) -> None:
    ticket = office.people.ticket()
    sam = sit_down(office.people.sam).open(f"/tickets/{ticket.id}")
    sam.get_by_role("link", name="Log time without a reply").click()
    form = sam.get_by_role("form", name="Log time", exact=True)
    form.get_by_label("Time", exact=True).press_sequentially("25m")
    form.get_by_label("What was done").fill("Read the log")
    form.get_by_role("button", name="Log time").click()
    expect(sam.locator("#thread .entry")).to_contain_text("Read the log")
    expect(sam.get_by_role("link", name="Log time without a reply")).to_be_visible()

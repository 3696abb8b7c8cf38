"""What goes over the wire, and what is left of what one has written when it fails."""

import gzip
import re

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import SitDown
from tests.browser.desk import Desk
from tests.browser.office import Office
from tests.people import PASSWORD
from trackr.models import Comment, Ticket

pytestmark = pytest.mark.browser

ASKED_AT_MOST = 6
BYTES_AT_MOST = 60_000
YEAR = 365 * 24 * 60 * 60


@pytest.fixture(autouse=True, scope="module")
def hours(office: Office) -> None:
    office.people.pack(20)


@pytest.fixture
def ticket(office: Office) -> Ticket:
    return office.people.ticket()


@pytest.fixture
def claire(office: Office, sit_down: SitDown) -> Desk:
    return sit_down(office.people.claire)


def half_a_reply(desk: Desk, ticket: Ticket, text: str) -> Page:
    page = desk.open(f"/tickets/{ticket.id}")
    page.get_by_role("textbox", name="Write to").fill(text)
    return page


def send(page: Page) -> None:
    page.get_by_role("button", name="Send to").click()


def written(ticket: Ticket) -> list[str]:
    return [comment.body for comment in Comment.select().where(Comment.ticket == ticket)]


@pytest.mark.parametrize("address", ["/sign-in", "/projects/intranet", "/tickets/{}", "/projects/intranet/hours"])
def test_a_cold_page_asks_little(address: str, office: Office, ticket: Ticket, sit_down: SitDown) -> None:
    desk = sit_down(office.people.sam if address != "/sign-in" else None)
    asked: list[Request] = []
    desk.context.on("requestfinished", lambda request: asked.append(request))
    page = desk.open(address.format(ticket.id))
    page.wait_for_load_state("networkidle")
    icon = page.locator("link[rel=icon]").evaluate("link => link.href")
    # A browser without a window may not ask for the icon of its tab.
    assert len({request.url for request in asked} | {icon}) <= ASKED_AT_MOST
    # All that is fetched until somebody touches the page: what static/js/later.js brings is asked for with the first
    # pointer or focus in what needs it. The keys, the forms, drafts and news of a page work without.
    assert any(request.url.endswith(".woff2") for request in asked)
    assert sum(weight(request) for request in asked) <= BYTES_AT_MOST
    for request in asked:
        check_kept(request)


def weight(request: Request) -> int:
    """The bytes of an answer: a file's as it was sent, a page's as the server in front compresses it."""
    response = request.response()
    assert response is not None
    sent: int = request.sizes()["responseBodySize"]
    return sent if "/static/" in request.url else len(gzip.compress(response.body()))


def check_kept(request: Request) -> None:
    """A file comes compressed, and is kept for a year under an address that changes with it; a page is not."""
    response = request.response()
    assert response is not None
    headers = response.headers
    if "/static/" not in request.url:
        assert "no-store" in headers["cache-control"]
        return
    assert headers["cache-control"] == f"public, max-age={YEAR}, immutable"
    assert request.url.endswith(".woff2") or headers["content-encoding"] == "gzip"


def test_the_next_page_asks_for_itself_alone(claire: Desk) -> None:
    page = claire.open("/projects/intranet/tickets")
    page.wait_for_load_state("networkidle")
    page.get_by_role("navigation", name="Project").get_by_role("link", name="Hours").click()
    page.wait_for_load_state("networkidle")
    resources = page.evaluate("performance.getEntriesByType('resource').map(one => [one.name, one.transferSize])")
    assert resources and {size for _, size in resources} == {0}


def test_a_script_from_elsewhere_would_not_run(claire: Desk) -> None:
    page = claire.open("/projects/intranet")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: 'ran = true'}))")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.wait_for_timeout(200)
    assert page.evaluate("typeof ran") == "undefined"
    assert sum("Content Security Policy" in trouble for trouble in claire.troubles) == 2
    claire.troubles.clear()


def test_a_reply_that_does_not_arrive_is_kept_and_sent_later(claire: Desk, ticket: Ticket) -> None:
    page = half_a_reply(claire, ticket, "Written in a tunnel")
    claire.context.set_offline(True)
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("This was not sent.")
    expect(page.get_by_role("textbox", name="Write to")).to_have_value("Written in a tunnel")
    claire.context.set_offline(False)
    claire.troubles.clear()
    send(page)
    expect(page.get_by_label("Conversation")).to_contain_text("Written in a tunnel")
    expect(page.get_by_role("alert")).to_have_count(0)
    assert written(ticket) == ["Written in a tunnel"]


def test_a_reply_over_which_the_server_fails_is_kept(claire: Desk, ticket: Ticket) -> None:
    page = half_a_reply(claire, ticket, "Worth keeping")
    page.route("**/comments", lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>"))
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("This was not done.")
    expect(page.get_by_role("textbox", name="Write to")).to_have_value("Worth keeping")
    assert written(ticket) == []
    claire.troubles.clear()


def test_whoever_is_signed_out_while_writing_loses_nothing(office: Office, claire: Desk, ticket: Ticket) -> None:
    page = half_a_reply(claire, ticket, "Written for an hour")
    claire.context.clear_cookies()
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("You have been signed out.")
    expect(page.get_by_role("textbox", name="Write to")).to_have_value("Written for an hour")
    with claire.context.expect_page() as opened:
        page.get_by_role("alert").get_by_role("link", name="Sign in").click()
    tab = opened.value
    tab.get_by_label("Your e-mail address").fill(office.people.claire.email)
    tab.get_by_label("Password").fill(PASSWORD)
    tab.get_by_role("button", name="Sign in").click()
    expect(tab.get_by_role("link", name="All tickets")).to_be_visible()
    send(page)
    expect(page.get_by_label("Conversation")).to_contain_text("Written for an hour")
    expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_double_click_sends_one_reply(scripts: bool, office: Office, ticket: Ticket, sit_down: SitDown) -> None:
    page = half_a_reply(sit_down(office.people.claire, java_script_enabled=scripts), ticket, "Once")
    page.get_by_role("button", name="Send to").dblclick()
    expect(page.get_by_label("Conversation")).to_contain_text("Once")
    page.wait_for_timeout(300)
    assert written(ticket) == ["Once"]
    page.reload()
    expect(page.locator(".msg-body", has_text=re.compile("^Once$"))).to_have_count(1)


def test_two_replies_in_quick_succession_are_two(claire: Desk, ticket: Ticket) -> None:
    page = half_a_reply(claire, ticket, "The first")
    send(page)
    expect(page.get_by_role("textbox", name="Write to")).to_have_value("")
    page.get_by_role("textbox", name="Write to").fill("The second")
    send(page)
    expect(page.get_by_label("Conversation")).to_contain_text("The second")
    assert written(ticket) == ["The first", "The second"]

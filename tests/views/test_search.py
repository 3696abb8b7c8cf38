"""GET /search: best first, within what is the reader's; and how it may go on while it is typed."""

import re
from datetime import timedelta
from html import unescape

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.people import Cast
from tests.views.answers import HTMX, is_page
from trackr.models import Membership, Ticket
from trackr.reach.search import PER_PAGE


def find(browser: FlaskClient, q: str, **more: str) -> list[int]:
    """The numbers of the tickets found, best first."""
    answer = browser.get("/search", query_string={"q": q} | more)
    assert answer.status_code == 200
    return [int(number) for number in re.findall(r'class="title" href="/tickets/([0-9]+)"', answer.text)]


@pytest.fixture
def some(people: Cast) -> list[Ticket]:
    """One of Claire's with a comment and a note, one of Marc's that is urgent and Sam's, one of Zoe's in the shop."""
    first = people.ticket(title="The booking form", body="loses the date")
    people.comment(first, text="Only in <b>Firefox</b>")
    people.comment(first, text="The cousin of the mayor", internal=True)
    second = people.ticket(people.marc, "Réservation d’été", priority="urgent", kind="assistance", assignee=people.sam)
    third = Ticket.open(people.shop, people.zoe, title="The order form")
    third.close(people.sam)
    return [first, second, third]


@pytest.mark.parametrize(
    ("q", "places"),
    [
        ("form", [2, 0]), ("booking form", [0]), ("firefox", [0]), ("cousin", [0]), ("reserv", [1]), ("ÉTÉ", [1]),
        ('"booking form"', [0]), ('"form booking"', []), ("#2", [1]), ("2", [1]), ("#99", []), ("is:open form", [0]),
        ("is:closed", [2]), ("is:open", [1, 0]), ("assignee:me", [1]), ("assignee:sam", [1]), ("requester:claire", [0]),
        ("requester:Z", [2]), ("kind:assistance", [1]), ("priority:urgent priority:high", [1]), ("column:new", [1, 0]),
        ('column:"Done"', [2]), ("project:shop", [2]), ("project:shop booking", []), ("is:strange form", []),
        ("est:ouvert priorité:urgente", [1]), ("the", [2, 0]), ("!!!", []), ("", []), ("project:none", []),
    ],
)  # fmt: skip
def test_staff_find_by_words_and_filters(q: str, places: list[int], some: list[Ticket], sam: FlaskClient) -> None:
    assert find(sam, q) == [some[place].id for place in places]


def test_the_title_comes_before_the_text_and_the_number_before_both(people: Cast, sam: FlaskClient) -> None:
    titled = people.ticket(title="Calendar")
    deep = people.ticket(title="Another", body="calendar 1 calendar")
    assert find(sam, "calendar") == [titled.id, deep.id]
    assert find(sam, "1") == [titled.id, deep.id]


def test_what_is_overdue_is_open_and_its_day_is_past(people: Cast, sam: FlaskClient) -> None:
    today = people.intranet.today()
    late, soon, done = (people.ticket() for _ in range(3))
    for ticket, days in ((late, 1), (soon, 0), (done, 1)):
        ticket.change(people.sam, due_on=today - timedelta(days=days))
    done.close(people.sam)
    assert (
        find(sam, "is:overdue") == find(sam, "form is:overdue") == [late.id] and find(sam, "is:overdue is:closed") == []
    )


def test_nobody_finds_what_they_may_not_see(
    people: Cast, some: list[Ticket], claire: FlaskClient, marc: FlaskClient, zoe: FlaskClient
) -> None:
    first, second, third = (ticket.id for ticket in some)
    assert (find(claire, "form"), find(marc, "form"), find(zoe, "form")) == ([first], [], [third])
    assert (find(claire, "is:open"), find(marc, "is:open"), find(zoe, "is:open")) == ([second, first], [second], [])
    assert find(claire, f"#{third}") == find(marc, f"#{first}") == find(zoe, str(first)) == []
    assert find(claire, "cousin") == find(marc, "cousin") == []


def test_staff_who_are_limited_find_in_their_projects(people: Cast, some: list[Ticket], sign_in) -> None:  # type: ignore[no-untyped-def]
    lee = sign_in(people.person("lee", "staff", limited=True, shop=True))
    assert find(lee, "form") == [some[2].id]
    Membership.delete().where(Membership.project == people.shop).execute()
    assert find(lee, "form") == []


def test_a_note_moves_nothing_that_a_client_finds(people: Cast, claire: FlaskClient) -> None:
    for word in ("calendar form", "form", "calendar calendar", "form form calendar"):
        people.comment(people.ticket(title="Another"), text=word)
    asked = [f"/search?q={q}" for q in ("calendar", "form", "calendar form", "cal")]
    before = [claire.get(address).text for address in asked]
    for ticket in Ticket.select():
        people.comment(ticket, text="calendar " * 50, internal=True)
    assert [claire.get(address).text for address in asked] == before


def test_the_words_are_marked_and_all_else_is_escaped(some: list[Ticket], sam: FlaskClient) -> None:
    text = sam.get("/search?q=firefox").text
    assert "Only in &lt;b&gt;<mark>Firefox</mark>&lt;/b&gt;" in text
    assert f'href="/tickets/{some[0].id}#comment-1"' in text


def test_files_are_found_by_name_where_they_lie_those_of_notes_by_staff(
    people: Cast, some: list[Ticket], sam: FlaskClient, claire: FlaskClient
) -> None:
    first, second = (ticket.id for ticket in some[:2])
    file = people.file(some[0], name="plan.pdf")
    people.file(some[1], comment=people.comment(some[1], internal=True), name="plan secret.pdf")
    assert find(sam, "plan") == find(sam, "has:file") == [second, first]
    assert find(claire, "plan") == find(claire, "has:file") == [first] and find(claire, "secret") == []
    text = claire.get("/search?q=plan").text
    assert f'<a href="/tickets/{first}#file-{file.id}">In the file</a> <mark>plan</mark>.pdf' in text


def test_what_says_nothing_is_told(sam: FlaskClient) -> None:
    assert "is:strange" in sam.get("/search?q=is:strange").text.partition('role="status"')[2]


def test_many_come_in_pages(people: Cast, sam: FlaskClient) -> None:
    numbers = [people.ticket().id for _ in range(PER_PAGE + 1)]
    assert find(sam, "form") + find(sam, "form", page="2") == numbers[::-1]
    assert find(sam, "form", page="9") == [] == find(sam, "form", page="99999999")
    assert 'rel="next"' in sam.get("/search?q=form").text


def test_htmx_gets_the_results_alone(some: list[Ticket], sam: FlaskClient) -> None:
    answer = sam.get("/search?q=form", headers=HTMX)
    assert not is_page(answer) and 'id="results"' in answer.text


def test_who_is_signed_out_is_led_to_the_sign_in(nobody: FlaskClient) -> None:
    assert nobody.get("/search?q=form").location == "/sign-in?next=/search?q%3Dform"
    assert nobody.get("/search/suggestions", headers=HTMX).status_code == 401


HOSTILE = st.text(st.characters(codec="utf-8") | st.sampled_from('":#*()-^ is openassignee\x00'), max_size=60)


@given(q=HOSTILE)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_asked_a_person_can_read_the_answer(q: str, some: list[Ticket], claire: FlaskClient) -> None:
    for page in ("/search", "/search/suggestions", "/projects/intranet/tickets"):
        assert claire.get(page, query_string={"q": q}).status_code == 200


def suggested(browser: FlaskClient, q: str) -> list[str]:
    text = browser.get("/search/suggestions", query_string={"q": q}).text
    return [unescape(value) for value in re.findall(r'<option value="([^"]*)"', text)]


def test_filters_and_their_values_are_offered(some: list[Ticket], sam: FlaskClient) -> None:
    assert suggested(sam, "form i") == ["form is:"]
    assert suggested(sam, "form is:") == [
        "form is:open", "form is:closed", "form is:unread", "form is:overdue",
    ]  # fmt: skip
    assert suggested(sam, "ha") == ["has:"] and suggested(sam, "has:") == ["has:file"]
    assert suggested(sam, "assignee:") == ["assignee:me", 'assignee:"Sam Stone"']
    assert suggested(sam, "requester:cl") == ['requester:"Claire Clement"']
    assert suggested(sam, 'requester:"Claire Cl') == ['requester:"Claire Clement"']
    assert suggested(sam, "column:d") == ["column:Done"] and suggested(sam, "project:") == [
        "project:intranet", "project:shop",
    ]  # fmt: skip


def test_a_client_is_offered_what_is_in_their_tickets(
    some: list[Ticket], claire: FlaskClient, marc: FlaskClient
) -> None:
    assert suggested(claire, "project:") == ["project:intranet"]
    assert suggested(marc, "requester:") == ["requester:me", 'requester:"Marc Moreau"']
    assert suggested(claire, "requester:z") == []

"""POST, PATCH, DELETE /tickets/<id>/timer: one's own, in the head of every page, used in what one logs."""

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.clock import Clock
from tests.conftest import SignIn
from tests.people import Cast
from tests.views.answers import HTMX, form_in, is_page, regions
from trackr.models import Comment, Entry, Ticket, Timer


@pytest.fixture
def ticket(people: Cast) -> Ticket:
    return people.ticket()


def address(ticket: Ticket) -> str:
    return f"/tickets/{ticket.id}/timer"


def page(ticket: Ticket) -> str:
    return f"/tickets/{ticket.id}"


def head(answer: TestResponse) -> str:
    """The words of the timers in the head of a page."""
    return words(re.search(r'<div id="timers">(.*?)</div>\s*<(?:a|button) class="btn', answer.text, re.DOTALL)[1])


def side(answer: TestResponse, ticket: Ticket) -> str:
    return words(re.search(rf'<section id="timer-{ticket.id}"(.*?)</section>', answer.text, re.DOTALL)[1])


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\u00a0", " ").split())


def states() -> list[tuple[int, int, bool]]:
    return [(timer.ticket_id, timer.seconds, timer.is_running) for timer in Timer.select().order_by(Timer.ticket)]


def test_it_is_started_paused_and_continued(ticket: Ticket, sam: FlaskClient, clock: Clock) -> None:
    answer = sam.post(address(ticket))
    assert (answer.status_code, answer.location) == (303, page(ticket))
    clock.forward(minutes=5)
    assert sam.patch(address(ticket)).location == page(ticket)
    assert states() == [(ticket.id, 300, False)]
    sam.post(address(ticket))
    assert states() == [(ticket.id, 300, True)]


def test_it_is_discarded(ticket: Ticket, sam: FlaskClient) -> None:
    sam.post(address(ticket))
    assert sam.delete(address(ticket)).location == page(ticket)
    assert states() == []


def test_the_page_s_own_forms_do_so(ticket: Ticket, sam: FlaskClient) -> None:
    for expected in ([(ticket.id, 0, True)], [(ticket.id, 0, False)]):
        form = form_in(sam.get(page(ticket)), address(ticket))
        assert sam.post(address(ticket), data=form.values).status_code == 303
        assert states() == expected


def test_starting_another_pauses_the_first(people: Cast, ticket: Ticket, sam: FlaskClient, clock: Clock) -> None:
    other = people.ticket()
    sam.post(address(ticket))
    clock.forward(minutes=1)
    assert f"This pauses the one on #{ticket.id}." in side(sam.get(page(other)), other)
    sam.post(address(other))
    assert states() == [(ticket.id, 60, False), (other.id, 0, True)]


@pytest.mark.parametrize(
    "where", ["/", "/projects/intranet", "/projects/intranet/hours", "/tickets/1", "/account", "/no"]
)
def test_every_page_shows_the_running_one_as_it_stands(
    where: str, ticket: Ticket, sam: FlaskClient, clock: Clock
) -> None:
    sam.get(where)
    sam.post(address(ticket))
    for minutes in (42, 1, 25):
        clock.forward(minutes=minutes)
        shown = f"0:{42 if minutes == 42 else 43}" if minutes != 25 else "1:08"
        assert head(sam.get(where)).startswith(f"Timer running on ticket {ticket.id}, {shown} · #{ticket.id}")


def test_nobody_else_is_shown_it(people: Cast, ticket: Ticket, sam: FlaskClient, sign_in: SignIn) -> None:
    theo = sign_in(people.person("theo", "staff"))
    sam.post(address(ticket))
    for client in (sam, theo, sign_in(people.olive), sign_in(people.claire)):
        shown = [f"Timer running on ticket {ticket.id}" in client.get(where).text for where in ("/", page(ticket))]
        assert shown == [client is sam] * 2


def test_a_client_s_pages_know_no_timers(ticket: Ticket, claire: FlaskClient) -> None:
    for where in ("/", page(ticket), "/projects/intranet"):
        assert "timer" not in claire.get(where).text.lower()


def test_parked_ones_stand_in_a_menu(people: Cast, ticket: Ticket, sam: FlaskClient, clock: Clock) -> None:
    sam.post(address(ticket))
    clock.forward(minutes=25)
    sam.post(address(people.ticket(title="Another")))
    assert head(sam.get("/")).endswith(f"Paused #{ticket.id} The form loses the date 0:25")


def test_htmx_is_answered_with_head_and_side(ticket: Ticket, sam: FlaskClient) -> None:
    for answer in (sam.post(address(ticket), headers=HTMX), sam.patch(address(ticket), headers=HTMX)):
        assert (answer.status_code, regions(answer)) == (200, {"timers", f"timer-{ticket.id}", "live"})
    assert "The timer is paused." in answer.text


def test_another_device_is_told_with_the_next_pulse(ticket: Ticket, sam: FlaskClient) -> None:
    asked = re.search(r'data-pulse="([^"]+)"', sam.get(page(ticket)).text)[1]
    assert sam.get(asked).status_code == 204
    sam.post(address(ticket))
    answer = sam.get(asked)
    assert (answer.status_code, "timers" in regions(answer)) == (200, True)
    assert "0:00:00" in side(sam.get(page(ticket), headers=HTMX), ticket)


def test_it_fills_the_composer(ticket: Ticket, sam: FlaskClient, clock: Clock) -> None:
    sam.post(address(ticket))
    clock.forward(minutes=64, seconds=40)
    for where in (page(ticket), f"{page(ticket)}?timer=1", page(ticket)):
        form = form_in(sam.get(where), f"{page(ticket)}/comments")
        filled = "?" in where
        assert (form.values["duration"], form.values["timer"]) == (("1h05", "1") if filled else ("", ""))
        assert (form.values["day"], form.values["internal"]) == ("2026-03-14", "0")


def test_without_one_there_is_nothing_to_fill_in(ticket: Ticket, sam: FlaskClient, claire: FlaskClient) -> None:
    assert form_in(sam.get(f"{page(ticket)}?timer=1"), f"{page(ticket)}/comments").values["duration"] == ""
    assert claire.get(f"{page(ticket)}?timer=1").status_code == 200


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_it_is_cleared_with_the_time_that_a_reply_logs(
    headers: dict[str, str], ticket: Ticket, sam: FlaskClient
) -> None:
    sam.post(address(ticket))
    answer = sam.post(
        f"{page(ticket)}/comments", data={"body": "Done", "duration": "42m", "timer": "1"}, headers=headers
    )
    assert (Entry.get().spent_minutes, states()) == (42, [])
    assert not headers or {"timers", f"timer-{ticket.id}"} <= regions(answer)


def test_it_is_cleared_with_an_entry(ticket: Ticket, sam: FlaskClient) -> None:
    sam.post(address(ticket))
    sam.post(f"{page(ticket)}/entries", data={"duration": "42m", "timer": "1"})
    assert (Entry.select().count(), states()) == (1, [])


@pytest.mark.parametrize(
    "sent",
    [
        {"body": "Done", "duration": "42m"},
        {"body": "Done", "timer": "1"},
        {"body": "", "duration": "42m", "timer": "1"},
        {"body": "Done", "duration": "soon", "timer": "1"},
    ],
    ids=["time of one's own", "no time", "no reply", "no duration"],
)
def test_it_stays_where_its_time_was_not_logged(sent: dict[str, str], ticket: Ticket, sam: FlaskClient) -> None:
    sam.post(address(ticket))
    answer = sam.post(f"{page(ticket)}/comments", data=sent)
    assert states() == [(ticket.id, 0, True)]
    if answer.status_code == 422:
        assert form_in(answer, f"{page(ticket)}/comments").values["timer"] == "1"


def test_it_stays_where_logging_fails(ticket: Ticket, sam: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    sam.post(address(ticket))
    monkeypatch.setattr(Entry, "log", lambda *given, **more: 1 / 0)
    assert (
        sam.post(f"{page(ticket)}/comments", data={"body": "Done", "duration": "1h", "timer": "1"}).status_code == 500
    )
    assert (Comment.select().count(), states()) == (0, [(ticket.id, 0, True)])


@pytest.fixture
def forgotten(ticket: Ticket, sam: FlaskClient, clock: Clock) -> Ticket:
    """A ticket on which Sam left the timer running, yesterday at 16:09."""
    sam.post(address(ticket))
    clock.set("2026-03-15 08:09")
    return ticket


def test_after_an_absence_it_asks_on_the_ticket_and_in_the_head(forgotten: Ticket, sam: FlaskClient) -> None:
    answer = sam.get(page(forgotten))
    for shown in (head(answer), side(answer, forgotten)):
        assert "It has run since yesterday, 16:09." in shown
        assert "Keep all 17 h" in shown and "until yesterday, 18:00" in shown and "Discard it" in shown
    assert form_in(answer, address(forgotten)).values == {"_method": "PATCH", "answer": "keep"}
    assert 'value="1h51"' in answer.text
    assert "Still running?" in head(sam.get("/"))


@pytest.mark.parametrize(
    ("sent", "seconds", "running"),
    [({"answer": "keep"}, 61174, True), ({"answer": "trim", "duration": "1h51"}, 6660, False)],
    ids=["keep", "trim"],
)
def test_it_is_answered(sent: dict[str, str], seconds: int, running: bool, forgotten: Ticket, sam: FlaskClient) -> None:
    assert sam.patch(address(forgotten), data=sent).status_code == 303
    assert states()[0][1:] == (seconds, running)
    assert "It has run" not in sam.get(page(forgotten)).text


def test_first_it_is_answered(people: Cast, forgotten: Ticket, sam: FlaskClient) -> None:
    other = people.ticket()
    for answer in (sam.patch(address(forgotten)), sam.post(address(other)), sam.post(address(other), headers=HTMX)):
        assert (answer.status_code, "say first what becomes of its time" in answer.text) == (422, True)
    assert states() == [(forgotten.id, 0, True)]


@pytest.mark.parametrize("typed", ["", "45", "soon", "0", "20h"])
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_a_bad_answer_is_shown_again(headers: dict[str, str], typed: str, forgotten: Ticket, sam: FlaskClient) -> None:
    answer = sam.patch(address(forgotten), data={"answer": "trim", "duration": typed}, headers=headers)
    assert (answer.status_code, is_page(answer)) == (422, not headers)
    assert f'value="{typed}"' in answer.text and 'id="keep-error"' in answer.text
    assert states() == [(forgotten.id, 0, True)]


def test_an_unknown_answer_is_refused(ticket: Ticket, sam: FlaskClient) -> None:
    sam.post(address(ticket))
    answer = sam.patch(address(ticket), data={"answer": "log"})
    assert (answer.status_code, "Choose one of the options." in side(answer, ticket)) == (422, True)


def test_cleared_elsewhere_it_is_gone_without_a_word(ticket: Ticket, sam: FlaskClient) -> None:
    for answer in (sam.patch(address(ticket), data={"answer": "keep"}), sam.delete(address(ticket))):
        assert (answer.status_code, states()) == (303, [])


def test_an_archived_project_keeps_its_timers_out_of_the_way(people: Cast, ticket: Ticket, sam: FlaskClient) -> None:
    sam.post(address(ticket))
    people.intranet.archive(people.olive)
    assert [sam.open(address(ticket), method=method).status_code for method in ("POST", "PATCH", "DELETE")] == [403] * 3
    assert "Timer running" not in sam.get("/").text


def test_who_cannot_see_the_ticket_any_more_is_shown_no_timer(people: Cast, sign_in: SignIn, ticket: Ticket) -> None:
    lee = sign_in(person := people.person("lee", "staff", limited=True, intranet=True))
    lee.post(address(ticket))
    assert "Timer running" in lee.get("/").text
    person.membership_set.get().revoke(people.olive)
    assert "Timer running" not in lee.get("/").text


def test_only_staff_have_one(ticket: Ticket, claire: FlaskClient, zoe: FlaskClient, nobody: FlaskClient) -> None:
    for method in ("POST", "PATCH", "DELETE"):
        assert claire.open(address(ticket), method=method).status_code == 403
        assert zoe.open(address(ticket), method=method).status_code == 404
        assert nobody.open(address(ticket), method=method).status_code == 303
    assert states() == []

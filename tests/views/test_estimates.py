"""POST /tickets/<id>/estimates, PATCH and DELETE /estimates/<id>: what is proposed, answered and taken back."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.conftest import SignIn
from tests.people import Cast
from tests.views.answers import HTMX, form_in, is_page, regions
from trackr.models import Estimate, Membership, Meter, Person, Ticket

PROPOSED = {"low": "2h", "ceiling": "3h", "message": "Both forms"}
ASKED = "We estimate 2\u00a0h to 3\u00a0h for this."


def estimates_of(ticket: Ticket) -> str:
    return f"/tickets/{ticket.id}/estimates"


@pytest.fixture
def waiting(people: Cast) -> Estimate:
    """What Sam proposes for a ticket of Claire's."""
    return Estimate.propose(
        people.ticket(), people.sam, low_minutes=120, ceiling_minutes=180, message="Without the tennis court"
    )


def place(people: Cast, name: str = "claire", **changes: Any) -> None:
    Membership.update(changes).where(Membership.person == people.everybody[name]).execute()


def page_of(browser: FlaskClient, estimate: Estimate) -> str:
    answer = browser.get(f"/tickets/{estimate.ticket_id}")
    assert answer.status_code == 200
    return answer.text


def answer(browser: FlaskClient, estimate: Estimate, chosen: str = "accept", **more: Any) -> Any:
    return browser.patch(f"/estimates/{estimate.id}", data={"answer": chosen, "message": "Go on"}, **more)


def test_staff_propose_and_the_ticket_says_so(people: Cast, sam: FlaskClient) -> None:
    ticket = people.ticket()
    sent = sam.post(estimates_of(ticket), data=PROPOSED)
    assert (sent.status_code, sent.location) == (303, f"/tickets/{ticket.id}")
    stored = Estimate.get()
    assert (stored.low_minutes, stored.ceiling_minutes, stored.message) == (120, 180, "Both forms")
    shown = page_of(sam, stored)
    assert "<b>2\u00a0h to 3\u00a0h</b> proposed, no answer yet" in shown
    assert "proposed an estimate of 2\u00a0h to 3\u00a0h, saying “Both forms”" in shown


def test_without_a_low_one_the_ceiling_is_the_estimate(people: Cast, sam: FlaskClient) -> None:
    sam.post(estimates_of(people.ticket()), data={"ceiling": "1000h"})
    assert (Estimate.get().low_minutes, Estimate.get().ceiling_minutes) == (60_000, 60_000)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("low", "4h"), ("low", "soon"), ("low", "0"), ("ceiling", ""), ("ceiling", "20"), ("ceiling", "1001h"),
        ("ceiling", "-3h"), ("message", "x" * 501),
    ],
    ids=lambda value: str(value)[:12],
)  # fmt: skip
def test_what_is_wrong_is_marked_and_what_was_typed_is_kept(
    field: str, typed: str, people: Cast, sam: FlaskClient
) -> None:
    ticket = people.ticket()
    for headers in ({}, HTMX):
        refused = sam.post(estimates_of(ticket), data=PROPOSED | {field: typed}, headers=headers)
        form = form_in(refused, estimates_of(ticket))
        assert (refused.status_code, form.invalid) == (422, {field})
        assert form.values == PROPOSED | {field: typed}
    assert Estimate.select().count() == 0


def test_the_form_names_what_is_agreed_and_what_waits(people: Cast, sam: FlaskClient, waiting: Estimate) -> None:
    waiting.accept(people.claire)
    Estimate.propose(waiting.ticket, people.sam, low_minutes=240, ceiling_minutes=300)
    for headers in ({}, HTMX):
        form = sam.get(f"{estimates_of(waiting.ticket)}/new", headers=headers)
        assert is_page(form) is not bool(headers)
        assert "0\u00a0h of 3\u00a0h agreed are valued." in form.text
        assert "It takes the place of 4\u00a0h to 5\u00a0h" in form.text


def test_htmx_is_answered_with_all_that_changes(people: Cast, sam: FlaskClient, claire: FlaskClient) -> None:
    ticket = people.ticket()
    changed = {"ticket", "side", "pulse", "meter", "alerts", "live"}
    proposed = regions(sam.post(estimates_of(ticket), data=PROPOSED, headers=HTMX))
    assert proposed == {*changed, "timers", "to-answer", "send-words", "estimate-form"}
    assert regions(answer(claire, Estimate.get(), headers=HTMX)) == {*changed, "send-words", "reopen"}


def test_the_client_is_asked_at_the_top_of_the_ticket_and_accepts(claire: FlaskClient, waiting: Estimate) -> None:
    asked = page_of(claire, waiting)
    assert f"{ASKED} Agree?" in asked and "Without the tennis court" in asked
    sent = answer(claire, waiting)
    assert (sent.status_code, sent.location) == (303, f"/tickets/{waiting.ticket_id}")
    assert (Estimate.get().state, Ticket.get().ceiling_minutes) == ("accepted", 180)
    agreed = page_of(claire, waiting)
    assert ASKED not in agreed and "of 3\u00a0h estimated" in agreed
    assert "accepted an estimate of 2\u00a0h to 3\u00a0h, saying “Go on”" in agreed
    assert "3\u00a0h estimated, you agreed to it" in agreed


def test_or_declines(claire: FlaskClient, waiting: Estimate) -> None:
    assert answer(claire, waiting, "decline").status_code == 303
    assert (Estimate.get().state, Estimate.get().answer, Ticket.get().ceiling_minutes) == ("declined", "Go on", None)
    assert "declined an estimate" in page_of(claire, waiting)


def test_without_javascript_the_form_of_the_page_does_it(claire: FlaskClient, waiting: Estimate) -> None:
    form = form_in(claire.get(f"/tickets/{waiting.ticket_id}"), f"/estimates/{waiting.id}")
    assert claire.post(form.action, data=form.values | {"answer": "accept"}).status_code == 303
    assert Estimate.get().state == "accepted"


@pytest.mark.parametrize("data", [{}, {"answer": "perhaps"}, {"answer": "accept", "message": "x" * 501}])
def test_nobody_agrees_by_accident(data: dict[str, str], claire: FlaskClient, waiting: Estimate) -> None:
    for headers in ({}, HTMX):
        refused = claire.patch(f"/estimates/{waiting.id}", data=data, headers=headers)
        assert refused.status_code == 422
        assert 'class="error' in refused.text and data.get("message", "") in refused.text
    assert Estimate.get().state == "proposed"


def test_the_second_to_answer_is_told_what_stands(
    people: Cast, claire: FlaskClient, waiting: Estimate, sign_in: SignIn
) -> None:
    rita = sign_in(people.person("rita", intranet=True))
    assert answer(rita, waiting, "decline").status_code == 303
    for headers in ({}, HTMX):
        late = answer(claire, waiting, headers=headers)
        assert late.status_code == 422
        assert "This estimate was declined meanwhile; nothing is agreed." in late.text
        assert "<b>Rita Lindt</b> declined an estimate" in late.text and ASKED not in late.text
    assert Ticket.get().ceiling_minutes is None


def test_staff_take_it_back_while_nobody_has_answered(
    people: Cast, sam: FlaskClient, claire: FlaskClient, waiting: Estimate
) -> None:
    address = f"/estimates/{waiting.id}"
    assert sam.post(address, data={"_method": "DELETE"}).status_code == 303
    assert Estimate.get().state == "withdrawn" and ASKED not in page_of(claire, waiting)
    assert "taken back meanwhile" in answer(claire, waiting).text
    late = sam.delete(address, headers=HTMX)
    assert late.status_code == 422 and "taken back meanwhile" in late.text


def test_who_may_not_agree_reads_it_and_no_more(people: Cast, claire: FlaskClient, waiting: Estimate) -> None:
    place(people, accepts=False)
    shown = page_of(claire, waiting)
    assert ASKED in shown and "Agree?" not in shown and f'action="/estimates/{waiting.id}"' not in shown
    assert answer(claire, waiting).status_code == 403
    assert Estimate.get().state == "proposed"


def test_who_sees_no_hours_sees_nothing_of_it(people: Cast, marc: FlaskClient, claire: FlaskClient) -> None:
    estimate = Estimate.propose(people.ticket(people.marc), people.sam, low_minutes=120, ceiling_minutes=180)
    before = page_of(marc, estimate)
    assert "estimate" not in before
    assert answer(marc, estimate).status_code == 404
    estimate.accept(people.claire)
    after = page_of(marc, estimate)
    assert "estimate" not in after and "agreed" not in after
    place(people, hours=False)
    assert answer(claire, estimate).status_code == 404


def test_who_is_told_totals_only_is_told_of_estimates_all_the_same(
    people: Cast, claire: FlaskClient, waiting: Estimate
) -> None:
    people.intranet.change(people.olive, detail="total")
    waiting.accept(people.claire)
    assert "accepted an estimate" in page_of(claire, waiting)


def test_the_list_of_tickets_says_on_which_one_is_asked(
    people: Cast, claire: FlaskClient, marc: FlaskClient, waiting: Estimate
) -> None:
    people.ticket(people.marc)
    words = "an estimate waits for an answer"
    assert claire.get("/projects/intranet").text.count(words) == 1
    Estimate.propose(people.ticket(people.marc), people.sam, low_minutes=60, ceiling_minutes=60)
    assert claire.get("/projects/intranet").text.count(words) == 2
    assert words not in marc.get("/projects/intranet").text
    waiting.decline(people.claire)
    assert claire.get("/projects/intranet").text.count(words) == 1


def test_a_closed_ticket_asks_nothing(people: Cast, sam: FlaskClient, claire: FlaskClient, waiting: Estimate) -> None:
    waiting.ticket.close(people.claire)
    assert ASKED not in page_of(claire, waiting) and "Propose" not in page_of(sam, waiting)
    for refused in (answer(claire, waiting), sam.post(estimates_of(waiting.ticket), data=PROPOSED)):
        assert refused.status_code == 422 and "The ticket is closed: reopen it first." in refused.text


@pytest.mark.parametrize(
    ("valued", "typed", "words"),
    [
        (60, "30m", ""),
        (60, "40m", "1\u00a0h\u00a040 of the 2\u00a0h agreed: <a"),
        (110, "20m", "2\u00a0h\u00a010, over the 2\u00a0h agreed: <a"),
    ],
)
def test_the_echo_tells_to_ask_again_near_the_ceiling(
    valued: int, typed: str, words: str, people: Cast, sam: FlaskClient
) -> None:
    ticket = people.ticket()
    people.entry(ticket, valued)
    ticket.agree(120)
    echo = sam.get(f"/tickets/{ticket.id}/proposal", query_string={"duration": typed}).text
    assert words in echo and ("agreed" in echo) is bool(words)
    ticket.close(people.sam)
    assert "agreed" not in sam.get(f"/tickets/{ticket.id}/proposal", query_string={"duration": typed}).text


def test_an_entry_that_is_mended_does_not_count_twice(people: Cast, sam: FlaskClient) -> None:
    ticket = people.ticket()
    entry = people.entry(ticket, 90)
    ticket.agree(120)
    asked = {"duration": "1h40", "entry": str(entry.id)}
    echo = sam.get(f"/tickets/{ticket.id}/proposal", query_string=asked).text
    assert "1\u00a0h\u00a040 of the 2\u00a0h agreed" in echo


def test_once_it_is_asked_again_the_echo_says_so(people: Cast, sam: FlaskClient, waiting: Estimate) -> None:
    waiting.ticket.agree(60)
    echo = sam.get(f"/tickets/{waiting.ticket_id}/proposal?duration=1h").text
    assert "1\u00a0h of the 1\u00a0h agreed: 2\u00a0h to 3\u00a0h proposed, no answer yet" in echo


def test_the_side_shows_valued_against_agreed(people: Cast, sam: FlaskClient, claire: FlaskClient) -> None:
    ticket = people.ticket()
    ticket.agree(120)
    people.entry(ticket, 150)
    assert "<b>2\u00a0h\u00a030</b> of 2\u00a0h agreed" in sam.get(f"/tickets/{ticket.id}").text
    shown = claire.get(f"/tickets/{ticket.id}").text
    assert "of 2\u00a0h estimated" in shown and "30\u00a0min over what was agreed" in shown
    assert Meter.of(people.intranet).committed_minutes == 0


def test_only_staff_propose_and_only_clients_answer(
    people: Cast, sam: FlaskClient, olive: FlaskClient, claire: FlaskClient, waiting: Estimate
) -> None:
    assert claire.post(estimates_of(waiting.ticket), data=PROPOSED).status_code == 403
    assert claire.get(f"{estimates_of(waiting.ticket)}/new").status_code == 403
    assert claire.delete(f"/estimates/{waiting.id}").status_code == 403
    assert answer(sam, waiting).status_code == answer(olive, waiting).status_code == 403
    assert Estimate.get().state == "proposed"


def test_a_stranger_finds_nothing(zoe: FlaskClient, marc: FlaskClient, waiting: Estimate) -> None:
    for browser in (zoe, marc):
        assert browser.post(estimates_of(waiting.ticket), data=PROPOSED).status_code == 404
        assert answer(browser, waiting).status_code == browser.delete(f"/estimates/{waiting.id}").status_code == 404
    assert zoe.patch("/estimates/999", data={"answer": "accept"}).status_code == 404


def test_signed_out_is_led_to_the_sign_in(nobody: FlaskClient, waiting: Estimate) -> None:
    assert nobody.post(estimates_of(waiting.ticket), data=PROPOSED).status_code == 303
    assert answer(nobody, waiting).status_code == 303
    assert answer(nobody, waiting, headers=HTMX).status_code == 401
    assert (Estimate.get().state, Person.select().count()) == ("proposed", 5)

"""Time on a ticket: POST /tickets/<id>/entries, PATCH and DELETE /entries/<id>, and the echo while it is typed."""

from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.clock import Clock
from tests.people import Cast
from tests.views.answers import HTMX, form_in, is_page, regions
from trackr.models import Activity, Entry, Event, Meter, Ticket

FRIDAY = date(2026, 3, 13)


@pytest.fixture
def ticket(people: Cast) -> Ticket:
    return people.ticket()


@pytest.fixture
def entry(people: Cast, ticket: Ticket) -> Entry:
    """Sam's hour of Friday, valued three quarters."""
    return people.entry(
        ticket, 60, valued_minutes=45, day=FRIDAY, note="Found it", internal_note="The cache, once more"
    )


def entries(ticket: Ticket) -> str:
    return f"/tickets/{ticket.id}/entries"


def address(entry: Entry) -> str:
    return f"/entries/{entry.id}"


def figures() -> tuple[int, int, date, str, str]:
    entry = Entry.get()
    return entry.spent_minutes, entry.valued_minutes, entry.day, entry.note, entry.internal_note


def test_a_duration_is_enough(people: Cast, ticket: Ticket, sam: FlaskClient) -> None:
    answer = sam.post(entries(ticket), data={"duration": "1h05"})
    entry = Entry.get()
    assert (answer.status_code, answer.location) == (303, f"/tickets/{ticket.id}#entry-{entry.id}")
    assert figures() == (65, 65, date(2026, 3, 14), "", "")
    assert entry.person == people.sam


def test_everything_may_be_said(ticket: Ticket, sam: FlaskClient) -> None:
    sent = {"duration": "90 min", "valued": "1,25", "day": "2026-03-13", "note": "Called", "internal_note": "Long"}
    sam.post(entries(ticket), data=sent)
    assert figures() == (90, 75, FRIDAY, "Called", "Long")


@pytest.mark.parametrize(("valued", "minutes"), [("", 75), ("0", 0), ("0:00", 0), ("2h", 120)])
def test_what_is_valued_is_proposed_or_said(
    valued: str, minutes: int, people: Cast, ticket: Ticket, sam: FlaskClient
) -> None:
    people.intranet.change(people.olive, increment=15)
    sam.post(entries(ticket), data={"duration": "1h05", "valued": valued})
    assert Entry.get().valued_minutes == minutes


def test_per_day_the_second_entry_completes_the_first(people: Cast, ticket: Ticket, sam: FlaskClient) -> None:
    people.intranet.change(people.olive, increment=15, per="day")
    for _ in range(2):
        sam.post(entries(ticket), data={"duration": "0:05"})
    assert [entry.valued_minutes for entry in Entry.select()] == [15, 0]


def test_the_day_is_the_one_it_is_where_the_project_is(ticket: Ticket, sam: FlaskClient, clock: Clock) -> None:
    clock.set("2026-03-14 23:30")
    assert sam.post(entries(ticket), data={"duration": "1h", "day": "2026-03-15"}).status_code == 303
    sam.post(entries(ticket), data={"duration": "1h"})
    assert [entry.day for entry in Entry.select()] == [date(2026, 3, 15)] * 2


def test_htmx_is_answered_with_the_regions_that_change(ticket: Ticket, sam: FlaskClient) -> None:
    answer = sam.post(entries(ticket), data={"duration": "1h"}, headers=HTMX)
    assert answer.status_code == 200
    assert {"ticket", "side", "meter", "pulse"} <= regions(answer)
    assert f'id="entry-{Entry.get().id}"' in answer.text


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("duration", ""), ("duration", "45"), ("duration", "0"), ("duration", "-1h"), ("duration", "25h"),
        ("duration", "soon"), ("duration", "99999999h"), ("duration", "1e9"), ("valued", "25h"),
        ("valued", "45"), ("valued", "-0:45"), ("day", "2026-03-15"), ("day", "1989-12-31"),
        ("day", "14/03/2026"), ("day", "2026-02-30"), ("note", "x" * 501), ("internal_note", "x" * 501),
    ],
    ids=lambda value: str(value)[:12],
)  # fmt: skip
def test_what_is_wrong_is_marked_and_what_was_typed_is_kept(
    field: str, typed: str, ticket: Ticket, sam: FlaskClient
) -> None:
    sent = {"duration": "1h", "valued": "2h", "day": "2026-03-13", "note": "Called", "internal_note": "Long"}
    for headers in ({}, HTMX):
        answer = sam.post(entries(ticket), data=sent | {field: typed}, headers=headers)
        form = form_in(answer, entries(ticket))
        assert (answer.status_code, is_page(answer)) == (422, not headers)
        assert {name: form.values[name] for name in sent} == sent | {field: typed}
        assert f'id="e-{field}-error"' in answer.text
    assert Entry.select().count() == 0


def test_the_same_form_sent_twice_is_stored_once(ticket: Ticket, sam: FlaskClient) -> None:
    form = form_in(sam.get(f"{entries(ticket)}/new"), entries(ticket))
    sent = form.values | {"duration": "1h"}
    assert [sam.post(entries(ticket), data=sent).status_code for _ in range(2)] == [303, 422]
    assert Entry.select().count() == 1


def test_an_entry_is_mended(people: Cast, entry: Entry, sam: FlaskClient) -> None:
    people.pack(2, bought_on=FRIDAY)
    sent = {"duration": "30m", "valued": "15m", "day": "2026-03-14", "note": "New", "internal_note": ""}
    answer = sam.patch(address(entry), data=sent)
    assert (answer.status_code, answer.location) == (303, f"/tickets/{entry.ticket_id}#entry-{entry.id}")
    assert figures() == (30, 15, date(2026, 3, 14), "New", "")
    assert Meter.of(people.intranet).balance_minutes == 105


@pytest.mark.parametrize(
    ("field", "typed", "stored"),
    [
        ("duration", "30m", (30, 45, FRIDAY, "Found it", "The cache, once more")),
        ("valued", "0", (60, 0, FRIDAY, "Found it", "The cache, once more")),
        ("valued", "", (60, 60, FRIDAY, "Found it", "The cache, once more")),
        ("day", "2026-03-12", (60, 45, date(2026, 3, 12), "Found it", "The cache, once more")),
        ("note", "", (60, 45, FRIDAY, "", "The cache, once more")),
        ("internal_note", "x", (60, 45, FRIDAY, "Found it", "x")),
    ],
)
def test_only_what_is_sent_is_changed(
    field: str, typed: str, stored: tuple[Any, ...], entry: Entry, sam: FlaskClient
) -> None:
    assert sam.patch(address(entry), data={field: typed}).status_code == 303
    assert figures() == stored


def test_per_day_a_mended_entry_is_proposed_without_itself(people: Cast, ticket: Ticket, sam: FlaskClient) -> None:
    people.intranet.change(people.olive, increment=15, per="day")
    entry = people.entry(ticket, 20)
    sam.patch(address(entry), data={"duration": "40m", "valued": ""})
    assert Entry.get().valued_minutes == 45


def test_the_form_for_mending_holds_what_is_stored(entry: Entry, sam: FlaskClient) -> None:
    for headers in ({}, HTMX):
        answer = sam.get(f"{address(entry)}/edit", headers=headers)
        form = form_in(answer, address(entry))
        assert (answer.status_code, is_page(answer)) == (200, not headers)
        assert sam.post(address(entry), data=form.values).status_code == 303
        assert figures() == (60, 45, FRIDAY, "Found it", "The cache, once more")


def test_htmx_mends_too(entry: Entry, sam: FlaskClient) -> None:
    answer = sam.patch(address(entry), data={"duration": "2h"}, headers=HTMX)
    assert answer.status_code == 200
    assert {"ticket", "side", "meter", "pulse"} <= regions(answer)


def test_a_change_that_cannot_be_is_marked_and_kept(entry: Entry, sam: FlaskClient) -> None:
    for headers in ({}, HTMX):
        answer = sam.patch(address(entry), data={"duration": "45", "note": "Nearly"}, headers=headers)
        form = form_in(answer, address(entry))
        assert (answer.status_code, form.invalid) == (422, {"duration"})
        assert (form.values["duration"], form.values["note"]) == ("45", "Nearly")
    assert Entry.get().spent_minutes == 60


def test_an_entry_is_taken_back(people: Cast, entry: Entry, ticket: Ticket, sam: FlaskClient) -> None:
    people.pack(2)
    answer = sam.delete(address(entry))
    assert (answer.status_code, answer.location) == (303, f"/tickets/{ticket.id}")
    assert (Entry.select().count(), Ticket.get().valued_minutes) == (0, 0)
    assert Meter.of(people.intranet).balance_minutes == 120
    assert sam.delete(address(entry)).status_code == 404


def test_a_plain_form_takes_back_too_and_htmx_does(people: Cast, ticket: Ticket, sam: FlaskClient) -> None:
    first, second = people.entry(ticket), people.entry(ticket)
    assert sam.post(address(first), data={"_method": "DELETE"}).status_code == 303
    answer = sam.delete(address(second), headers=HTMX)
    assert (answer.status_code, Entry.select().count()) == (200, 0)
    assert {"ticket", "side", "meter", "pulse"} <= regions(answer)


def test_the_owner_mends_everybody_s_time(entry: Entry, olive: FlaskClient) -> None:
    assert olive.patch(address(entry), data={"duration": "2h"}).status_code == 303
    assert Entry.get().person.name == "Sam Stone"


def test_a_colleague_s_time_is_seen_and_not_changed(people: Cast, ticket: Ticket, sam: FlaskClient) -> None:
    entry = people.entry(ticket, person=people.olive)
    assert sam.get(f"{address(entry)}/edit").status_code == 403
    assert sam.patch(address(entry), data={"duration": "2h"}).status_code == 403
    assert sam.delete(address(entry)).status_code == 403
    assert Entry.get().spent_minutes == 60


def test_clients_log_no_time(ticket: Ticket, claire: FlaskClient) -> None:
    assert claire.get(f"{entries(ticket)}/new").status_code == 403
    assert claire.post(entries(ticket), data={"duration": "1h"}).status_code == 403
    assert claire.get(f"/tickets/{ticket.id}/proposal?duration=1h").status_code == 403
    assert Entry.select().count() == 0


def test_clients_find_no_entries(entry: Entry, claire: FlaskClient, zoe: FlaskClient) -> None:
    for browser in (claire, zoe):
        assert browser.get(f"{address(entry)}/edit").status_code == 404
        assert browser.patch(address(entry), data={"duration": "2h"}).status_code == 404
        assert browser.delete(address(entry)).status_code == 404
    assert Entry.get().spent_minutes == 60


def test_a_stranger_finds_no_ticket(ticket: Ticket, zoe: FlaskClient) -> None:
    assert zoe.post(entries(ticket), data={"duration": "1h"}).status_code == 404


def test_signed_out_is_led_to_the_sign_in(ticket: Ticket, entry: Entry, nobody: FlaskClient) -> None:
    assert nobody.post(entries(ticket), data={"duration": "1h"}).status_code == 303
    assert nobody.delete(address(entry)).status_code == 303
    assert Entry.select().count() == 1


def echo(browser: FlaskClient, ticket: Ticket, **typed: object) -> str:
    answer = browser.get(f"/tickets/{ticket.id}/proposal", query_string=typed, headers=HTMX)
    assert answer.status_code == 200
    return answer.text.replace("\u00a0", " ")


def test_the_echo_says_what_is_understood_and_what_would_be_valued(
    people: Cast, ticket: Ticket, sam: FlaskClient
) -> None:
    people.intranet.change(people.olive, increment=15)
    text = echo(sam, ticket, duration="1.1")
    assert "<b>1 h 06</b>" in text and "<b>1 h 15</b>" in text
    assert "<b>20 min</b>" in echo(sam, ticket, duration="1.1", valued="20m")
    assert Entry.select().count() == 0


def test_the_echo_says_which_hours_would_be_taken(people: Cast, ticket: Ticket, sam: FlaskClient) -> None:
    people.pack(1, bought_on=FRIDAY, reference="Pack A")
    people.pack(1, reference="Pack B")
    text = echo(sam, ticket, duration="2h10")
    assert text.index("Pack A") < text.index("Pack B") < text.index("10 min")
    assert "Pack B" not in echo(sam, ticket, duration="30m")
    assert "Pack A" in echo(sam, ticket, duration="30m", day="2026-03-13")


def test_the_echo_of_a_mended_entry_does_not_count_it(people: Cast, ticket: Ticket, sam: FlaskClient) -> None:
    people.intranet.change(people.olive, increment=15, per="day")
    people.pack(1, reference="Pack A")
    entry = people.entry(ticket, 60)
    text = echo(sam, ticket, duration="50m", entry=entry.id)
    assert "<b>1 h</b>" in text and "1 h from Pack A" in text
    assert f"entry={entry.id}" in sam.get(f"{address(entry)}/edit").text


def test_the_echo_of_somebody_else_s_entry_is_that_of_a_new_one(people: Cast, ticket: Ticket, sam: FlaskClient) -> None:
    people.pack(1, reference="Pack A")
    assert echo(sam, ticket, duration="50m", entry=999) == echo(sam, ticket, duration="50m")


@pytest.mark.parametrize("typed", [{}, {"duration": ""}, {"duration": " "}], ids=str)
def test_the_echo_of_nothing_is_nothing(typed: dict[str, str], ticket: Ticket, sam: FlaskClient) -> None:
    assert echo(sam, ticket, **typed).strip() == ""


@pytest.mark.parametrize(
    "typed", [{"duration": "45"}, {"duration": "1h", "day": "tomorrow"}, {"duration": "1h", "entry": "x"}], ids=str
)
def test_the_echo_of_what_cannot_be_read_says_why(typed: dict[str, str], ticket: Ticket, sam: FlaskClient) -> None:
    text = echo(sam, ticket, **typed)
    assert "t-danger" in text and "<b>" not in text


@pytest.fixture
def training(people: Cast) -> Activity:
    """An activity valued at half, two hours at least."""
    return Activity.create(name="Training", percent=50, minimum=120)


def test_an_activity_is_chosen_and_the_proposal_follows_it(
    ticket: Ticket, training: Activity, sam: FlaskClient
) -> None:
    chosen = {"duration": "6h", "activity": str(training.id)}
    assert "<b>3 h</b>" in echo(sam, ticket, **chosen)
    assert "<b>2 h</b>" in echo(sam, ticket, **chosen | {"duration": "1h"})
    sam.post(entries(ticket), data=chosen)
    assert (Entry.get().activity, Entry.get().valued_minutes) == (training, 180)
    assert "<span>Training</span>" in sam.get(f"/tickets/{ticket.id}").text


def test_an_activity_that_is_not_offered_is_refused(ticket: Ticket, training: Activity, sam: FlaskClient) -> None:
    Activity.update(archived_at=0).execute()
    answer = sam.post(entries(ticket), data={"duration": "1h", "activity": str(training.id)})
    assert (answer.status_code, Entry.select().count()) == (422, 0)
    assert 'id="e-activity-error"' in answer.text or "Choose one of the options." in answer.text


def test_an_entry_keeps_its_activity_when_that_is_archived(
    people: Cast, ticket: Ticket, training: Activity, sam: FlaskClient
) -> None:
    entry = people.entry(ticket, activity=training)
    Activity.update(archived_at=0).execute()
    form = form_in(sam.get(f"{address(entry)}/edit"), address(entry))
    assert form.values["activity"] == str(training.id)
    sam.patch(address(entry), data=form.values | {"duration": "5h", "valued": ""})
    assert (Entry.get().activity, Entry.get().valued_minutes) == (training, 150)
    sam.patch(address(entry), data={"activity": ""})
    assert Entry.get().activity is None


def test_the_valued_time_can_be_changed_from_the_echo(ticket: Ticket, sam: FlaskClient) -> None:
    assert 'data-change-valued="1 h 06"' in echo(sam, ticket, duration="1.1")


@pytest.fixture
def asks(people: Cast, ticket: Ticket) -> Ticket:
    """A ticket of a project that asks at zero, with an hour left."""
    people.intranet.change(people.olive, at_zero="ask")
    people.pack(1)
    return ticket


def test_at_zero_the_amount_is_agreed_to(asks: Ticket, sam: FlaskClient) -> None:
    sent = {"duration": "1h35", "note": "Called"}
    for headers in ({}, HTMX):
        answer = sam.post(entries(asks), data=sent, headers=headers)
        assert answer.status_code == 422 and Entry.select().count() == 0
        assert 'name="over" value="35" autofocus>' in answer.text and "Go <b>35\u00a0min over</b>" in answer.text
        form = form_in(answer, entries(asks))
        assert (form.values["duration"], form.values["note"]) == ("1h35", "Called")
    assert sam.post(entries(asks), data=sent | {"over": "35"}).status_code == 303


def test_where_more_goes_over_meanwhile_it_is_asked_again(people: Cast, asks: Ticket, sam: FlaskClient) -> None:
    people.entry(asks, 30)
    answer = sam.post(entries(asks), data={"duration": "1h35", "over": "35"})
    assert answer.status_code == 422 and 'name="over" value="65" autofocus>' in answer.text
    assert Entry.select().count() == 1


def test_an_agreement_is_kept_while_something_else_is_wrong(asks: Ticket, sam: FlaskClient) -> None:
    answer = sam.post(entries(asks), data={"duration": "1h35", "over": "35", "day": "yesterday"})
    assert answer.status_code == 422 and 'name="over" value="35" checked>' in answer.text


def test_a_change_is_asked_for_what_it_adds(people: Cast, asks: Ticket, sam: FlaskClient) -> None:
    entry = people.entry(asks, 90, over_minutes=30)
    assert 'name="over" value="15">' in echo(sam, asks, duration="1h45", entry=entry.id)
    form = form_in(sam.get(f"{address(entry)}/edit"), address(entry)).values | {"duration": "1h45", "valued": ""}
    again = form_in(sam.patch(address(entry), data=form), address(entry)).values
    assert sam.patch(address(entry), data=again | {"over": "15"}).status_code == 303
    assert Entry.get().valued_minutes == 105


def test_the_echo_asks_before_and_keeps_what_was_agreed(asks: Ticket, sam: FlaskClient) -> None:
    assert 'name="over" value="35">' in echo(sam, asks, duration="1h35")
    assert 'name="over" value="35" checked>' in echo(sam, asks, duration="1h35", over="35")
    assert 'name="over" value="36">' in echo(sam, asks, duration="1h36", over="35")
    assert "over" not in echo(sam, asks, duration="1h")


def test_the_second_of_two_who_edit_is_told_and_nothing_is_lost(
    people: Cast, entry: Entry, sam: FlaskClient, olive: FlaskClient
) -> None:
    first, second = (form_in(who.get(f"{address(entry)}/edit"), address(entry)).values for who in (sam, olive))
    assert sam.patch(address(entry), data=first | {"duration": "2h", "note": "Long"}).status_code == 303
    sent = second | {"valued": "30m", "note": "Short"}
    for mistaken in ({"day": "yesterday"}, {}):  # told also after another fault
        answer = olive.patch(address(entry), data=sent | mistaken)
        assert answer.status_code == 422
    form = form_in(answer, address(entry)).values
    assert (form["valued"], form["note"]) == ("30m", "Short")
    assert "Now: 2\u00a0h, valued 45\u00a0min, on 13\u00a0March." in answer.text.replace("13 March", "13\u00a0March")
    assert figures()[4] == "The cache, once more" and figures()[3] == "Long"
    assert olive.patch(address(entry), data=form).status_code == 303
    assert figures()[1] == 30 and figures()[3] == "Short"


def test_a_confirmed_time_that_changes_is_told_once_and_why(
    people: Cast, entry: Entry, sam: FlaskClient, claire: FlaskClient, marc: FlaskClient
) -> None:
    assert 'name="why"' in sam.get(f"{address(entry)}/edit").text
    sam.patch(address(entry), data={"valued": "30m", "why": "You found it first"})
    told = "time of 13 March, valued 45 min to 30 min, You found it first"
    for browser in (sam, claire):
        page = browser.get(f"/tickets/{entry.ticket_id}").text.replace("\u00a0", " ")
        assert page.count(told) == 1 and "changed an entry" not in page
    sam.post(address(entry), data={"_method": "DELETE", "why": "Twice"})
    page = claire.get(f"/tickets/{entry.ticket_id}").text.replace("\u00a0", " ")
    assert "took back the time of 13 March, valued 30 min, Twice" in page
    assert Event.select().where(Event.kind == "entry.revalued").count() == 2


def test_a_pending_time_is_mended_without_a_word_to_the_client(people: Cast, ticket: Ticket, sam: FlaskClient) -> None:
    people.intranet.change(people.olive, review_hours=24)
    entry = people.entry(ticket)
    assert 'name="why"' not in sam.get(f"{address(entry)}/edit").text
    sam.patch(address(entry), data={"valued": "30m"})
    assert Event.select().where(Event.kind == "entry.revalued").count() == 0
    assert "changed an entry" in sam.get(f"/tickets/{ticket.id}").text

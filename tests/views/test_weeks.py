"""GET, POST /week: one's own time by ticket and day, and time added in place; for the owner everybody's week."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.conftest import SignIn
from tests.people import Cast
from tests.views.answers import HTMX, form_in, is_page
from trackr.models import Entry, Person, Ticket

MONDAY, FRIDAY = date(2026, 3, 9), date(2026, 3, 13)
ADD = "/week?on=2026-03-13"


@pytest.fixture
def ticket(people: Cast) -> Ticket:
    """A ticket with an hour and a quarter of Sam's on Monday, and an hour of Olive's."""
    ticket = people.ticket(title="The form loses the date")
    people.entry(ticket, 75, valued_minutes=60, day=MONDAY, note="Looked at it", internal_note="Slow")
    people.entry(ticket, 60, people.olive, day=MONDAY, note="Helped")
    return ticket


def test_it_shows_the_week_with_its_sums_and_gaps(ticket: Ticket, sam: FlaskClient) -> None:
    answer = sam.get("/week")
    assert is_page(answer) and "My week, 9 to 14 March" in answer.text
    assert (
        "1\u00a0h\u00a015 logged, 1\u00a0h valued." in answer.text and "5 days miss 33\u00a0h\u00a045." in answer.text
    )
    assert "Sat 14" in answer.text and "Sun 15" not in answer.text  # a Saturday, today
    assert 'aria-current="page">My week' in answer.text


def test_a_day_shows_its_entries(ticket: Ticket, sam: FlaskClient) -> None:
    text = sam.get("/week?on=2026-03-09").text
    entry = Entry.get(Entry.person != ticket.requester)
    assert f'href="/tickets/{ticket.id}#entry-{entry.id}">Looked at it' in text
    assert "Slow" in text and "Helped" not in text and "My week, 9 to 14 March" in text
    assert "No time on this day yet" in sam.get("/week?on=2026-03-10").text


def test_a_full_week_misses_nothing(people: Cast, sam: FlaskClient) -> None:
    ticket = people.ticket()
    for day in range(9, 13):
        people.entry(ticket, 420, day=date(2026, 3, day))
    people.entry(ticket, 400, day=FRIDAY)
    assert "Friday misses 20\u00a0min." in sam.get("/week").text


def test_who_has_no_set_day_misses_nothing(people: Cast, sam: FlaskClient) -> None:
    Person.update(day_minutes=0).execute()
    text = sam.get("/week").text
    assert "miss" not in text.lower() and "so far" not in text


def test_other_weeks_and_years_are_a_link_away(sam: FlaskClient) -> None:
    text = sam.get("/week").text
    assert 'href="/week?on=2026-03-07"' in text and 'href="/week?on=2026-03-21"' in text
    assert "My week, 2 to 7 March" in sam.get("/week?on=2026-03-07").text
    assert "My week, 29 December 2025 to 2 January" in sam.get("/week?on=2026-01-01").text


@pytest.mark.parametrize("on", ["x", "2026-02-30", "1989-12-31", "2026-3-9", "\x00", "9999-12-31"])
def test_a_day_that_is_none_is_said_and_this_week_shown(on: str, sam: FlaskClient) -> None:
    answer = sam.get("/week", query_string={"on": on})
    assert answer.status_code == 200 and "My week, 9 to 14 March" in answer.text
    assert ("Here is this week." in answer.text) == (on != "\x00")


def test_it_reads_in_french(people: Cast, sam: FlaskClient) -> None:
    Person.update(language="fr").execute()
    assert (
        '<html lang="fr"' in sam.get("/week?on=2026-05-01").text and "Ven. 1er" in sam.get("/week?on=2026-05-01").text
    )


def test_what_was_touched_without_time_is_named(people: Cast, ticket: Ticket, sam: FlaskClient) -> None:
    other = people.ticket(title="Only answered")
    people.comment(other)
    people.comment(ticket)
    text = sam.get("/week").text
    assert "Only answered" in text and "answered, last at 16:09" in text
    people.entry(other, 5)
    assert f"#{ticket.id}, answered" in sam.get("/week").text and f"#{other.id}, answered" not in sam.get("/week").text


@pytest.mark.parametrize(
    "words", ["{id}", "#{id}", "#{id} The form loses the date", "loses THE", "The form loses the date"]
)
def test_time_is_added_to_the_ticket_that_was_named(words: str, people: Cast, ticket: Ticket, sam: FlaskClient) -> None:
    people.ticket(title="Another one")
    fields = {"ticket": words.format(id=ticket.id), "duration": "0:45", "note": "Done", "day": "2026-03-13"}
    answer = sam.post(ADD, data=fields)
    assert (answer.status_code, answer.location) == (303, f"{ADD}#cell-{ticket.id}-2026-03-13")
    entry = Entry.select().order_by(Entry.id.desc()).get()
    assert (entry.ticket, entry.person, entry.spent_minutes, entry.note, entry.day) == (
        ticket,
        people.sam,
        45,
        "Done",
        FRIDAY,
    )
    assert f"45\u00a0min logged on #{ticket.id}." in sam.get(answer.location).text


def test_htmx_is_told_where_to_go(ticket: Ticket, sam: FlaskClient) -> None:
    answer = sam.post("/week", data={"ticket": ticket.id, "duration": "1h"}, headers=HTMX)
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == f"/week?on=2026-03-14#cell-{ticket.id}-2026-03-14"


def test_a_form_sent_twice_is_stored_once(ticket: Ticket, sam: FlaskClient) -> None:
    fields = {"ticket": ticket.id, "duration": "1h", "form_key": "once"}
    assert [sam.post("/week", data=fields).status_code for _ in range(2)] == [303, 422]
    assert Entry.select().count() == 3


@pytest.mark.parametrize(
    ("ticket_words", "duration", "day", "said"),
    [
        ("", "1h", "2026-03-13", "Write the number of a ticket"),
        ("999", "1h", "2026-03-13", "No ticket of yours fits"),
        ("e", "1h", "2026-03-13", "Several tickets fit: #"),
        ("1", "45", "2026-03-13", "45 minutes or 45 hours?"),
        ("1", "1h", "2026-03-15", "Choose a day from"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    ticket_words: str, duration: str, day: str, said: str, people: Cast, ticket: Ticket, sam: FlaskClient
) -> None:
    people.ticket(title="Another one")
    answer = sam.post(ADD, data={"ticket": ticket_words, "duration": duration, "day": day, "note": "Typed"})
    values = form_in(answer, ADD).values
    assert answer.status_code == 422 and said in answer.text
    assert (values["ticket"], values["duration"], values["day"], values["note"]) == (
        ticket_words,
        duration,
        day,
        "Typed",
    )


def test_where_the_client_must_agree_nothing_goes_over_unasked(people: Cast, ticket: Ticket, sam: FlaskClient) -> None:
    people.intranet.change(people.olive, at_zero="ask")
    answer = sam.post(ADD, data={"ticket": ticket.id, "duration": "1h", "day": "2026-03-13"})
    assert answer.status_code == 422 and f'href="/tickets/{ticket.id}/entries/new"' in answer.text


def test_a_correction_is_not_written_from_here(people: Cast, ticket: Ticket, sam: FlaskClient) -> None:
    fields = {"ticket": ticket.id, "duration": "1h", "corrects": Entry.get(Entry.person == people.olive).id}
    assert sam.post("/week", data=fields).status_code == 303
    assert Entry.select().order_by(Entry.id.desc()).get().corrects is None


def test_a_ticket_that_is_named_in_the_address_is_filled_in(ticket: Ticket, sam: FlaskClient) -> None:
    values = form_in(sam.get(f"{ADD}&ticket={ticket.id}"), ADD).values
    assert (values["ticket"], values["day"]) == (str(ticket.id), "2026-03-13")
    assert f'value="#{ticket.id} The form' in sam.get(f"{ADD}&ticket=").text
    assert 'action="/week?' not in sam.get("/week?on=2026-03-20&ticket=").text  # still to come


def test_an_archived_project_takes_no_time_and_shows_what_it_has(
    people: Cast, ticket: Ticket, sam: FlaskClient
) -> None:
    people.intranet.archive(people.olive)
    answer = sam.post(ADD, data={"ticket": ticket.id, "duration": "1h"})
    assert answer.status_code == 422 and "This project is archived" in answer.text
    assert "The form loses the date" in answer.text


def test_the_owner_reads_everybodys_week_and_adds_nothing_to_it(
    people: Cast, ticket: Ticket, olive: FlaskClient
) -> None:
    whose = f"/week?on=2026-03-09&person={people.sam.id}"
    text = olive.get(whose).text
    assert "The week of Sam Stone, 9 to 14 March" in text and "Looked at it" in text and "Helped" not in text
    assert "Add time" not in text and "data-week" in text
    assert olive.post(whose, data={"ticket": ticket.id, "duration": "1h"}).status_code == 403


def test_nobody_else_does(people: Cast, sam: FlaskClient, olive: FlaskClient) -> None:
    assert sam.get(f"/week?person={people.olive.id}").status_code == 403
    assert sam.get(f"/week?person={people.sam.id}").status_code == 200
    assert [olive.get(f"/week?person={who}").status_code for who in (people.claire.id, 999, "x")] == [404, 404, 404]


def test_staff_who_are_limited_see_and_name_only_their_projects(people: Cast, ticket: Ticket, sign_in: SignIn) -> None:
    lee = people.person("lee", "staff", limited=True, shop=True)
    people.entry(ticket, 30, lee, day=FRIDAY, note="From before")
    people.comment(ticket, lee)
    browser = sign_in(lee)
    text = browser.get(f"{ADD}&ticket=").text
    assert "From before" not in text and "The form loses the date" not in text
    for words in (ticket.id, "loses the date"):
        assert browser.post(ADD, data={"ticket": words, "duration": "1h"}).status_code == 422


def test_clients_have_no_week(claire: FlaskClient, zoe: FlaskClient) -> None:
    assert claire.get("/week").status_code == zoe.post("/week").status_code == 403
    assert "/week" not in claire.get("/projects/intranet").text


def test_signed_out_is_led_to_the_sign_in(nobody: FlaskClient) -> None:
    assert nobody.get("/week").location == "/sign-in?next=/week"
    assert nobody.get("/week", headers=HTMX).status_code == 401

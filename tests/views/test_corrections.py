"""What is on a statement stays as it is: a correction gives its hours back, through the address of all time."""

from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from tests.people import Cast
from tests.views.answers import HTMX, form_in, is_page
from trackr.models import Entry, Meter, Project, Purchase, Ticket, ledger

FEBRUARY = date(2026, 2, 28)


@pytest.fixture
def ticket(people: Cast) -> Ticket:
    return people.ticket()


@pytest.fixture
def entry(people: Cast, ticket: Ticket) -> Entry:
    """Sam's hour and a half of February, on a statement, drawn from a pack of ten hours."""
    people.pack(10, bought_on=date(2026, 2, 1), reference="Pack A")
    entry = people.entry(ticket, 90, day=date(2026, 2, 12), note="The import")
    ledger.close(people.intranet, FEBRUARY)
    return Entry.get_by_id(entry.id)


def entries(ticket: Ticket) -> str:
    return f"/tickets/{ticket.id}/entries"


def sent(entry: Entry, **fields: str) -> dict[str, str]:
    return {"corrects": str(entry.id), "valued": "-0:45", "note": "Half of it was our fault"} | fields


def corrections() -> list[Entry]:
    return list(Entry.select().where(Entry.corrects.is_null(False)))


def balance(people: Cast) -> int:
    return Meter.of(people.intranet).balance_minutes


def correct(entry: Entry, minutes: int = -45, **more: object) -> Entry:
    return Entry.log(entry.ticket, entry.person, spent_minutes=0, valued_minutes=minutes, corrects=entry, **more)


def test_hours_are_given_back(people: Cast, ticket: Ticket, entry: Entry, sam: FlaskClient) -> None:
    answer = sam.post(entries(ticket), data=sent(entry))
    correction = corrections()[0]
    assert (answer.status_code, answer.location) == (303, f"/tickets/{ticket.id}#entry-{correction.id}")
    assert (correction.spent_minutes, correction.valued_minutes, correction.day) == (0, -45, date(2026, 3, 14))
    assert (balance(people), Ticket.get().valued_minutes) == (600 - 45, 45)


def test_it_may_have_taken_time(ticket: Ticket, entry: Entry, sam: FlaskClient) -> None:
    sam.post(entries(ticket), data=sent(entry, duration="20m", day="2026-03-02", internal_note="Read the logs"))
    correction = corrections()[0]
    assert (correction.spent_minutes, correction.valued_minutes) == (20, -45)
    assert (correction.day, correction.internal_note) == (date(2026, 3, 2), "Read the logs")


def test_the_ticket_leads_to_it_and_names_each_beside_the_other(ticket: Ticket, entry: Entry, sam: FlaskClient) -> None:
    address = f"{entries(ticket)}/new?corrects={entry.id}"
    page = sam.get(f"/tickets/{ticket.id}").text
    assert address in page and f"/entries/{entry.id}/edit" not in page
    correction = correct(entry)
    page = sam.get(f"/tickets/{ticket.id}").text.replace("\u00a0", " ")
    assert f'<a href="#entry-{entry.id}">Corrects 1 h 30 of 12 Feb</a>' in page
    assert f'<a href="#entry-{correction.id}">Corrected by -45 min on 14 Mar</a>' in page


def test_what_is_given_back_whole_is_not_corrected_again(ticket: Ticket, entry: Entry, sam: FlaskClient) -> None:
    correct(entry, -90)
    assert "corrects=" not in sam.get(f"/tickets/{ticket.id}").text


def test_the_form_says_what_it_is_about(ticket: Ticket, entry: Entry, sam: FlaskClient) -> None:
    for headers in ({}, HTMX):
        answer = sam.get(f"{entries(ticket)}/new?corrects={entry.id}", headers=headers)
        assert (answer.status_code, is_page(answer)) == (200, not headers)
        assert form_in(answer, entries(ticket)).values["corrects"] == str(entry.id)
        assert "The import" in answer.text and "It is on a statement" in answer.text


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("valued", "", "Write what is given back, for example -0:45."),
        ("valued", "0:45", "A correction gives hours back: write for example -0:45."),
        ("valued", "0", "A correction gives hours back: write for example -0:45."),
        ("valued", "-2h", "At most 1 h 30 can be given back of this entry."),
        ("valued", "-45", "45 minutes or 45 hours?"),
        ("duration", "25h", "At most 24 hours"),
        ("day", "2026-03-15", "Choose a day from"),
        ("note", "", "Say why: the client reads it."),
    ],
)
def test_what_is_wrong_is_marked_and_what_was_typed_is_kept(
    field: str, typed: str, told: str, ticket: Ticket, entry: Entry, sam: FlaskClient
) -> None:
    data = sent(entry, duration="", day="2026-03-13", internal_note="Read the logs") | {field: typed}
    for headers in ({}, HTMX):
        answer = sam.post(entries(ticket), data=data, headers=headers)
        form = form_in(answer, entries(ticket))
        assert (answer.status_code, form.invalid) == (422, {field})
        assert {name: form.values[name] for name in data} == data
        assert told in answer.text.replace("\u00a0", " ")
    assert corrections() == []


def test_no_more_is_given_back_than_is_left(ticket: Ticket, entry: Entry, sam: FlaskClient) -> None:
    correct(entry, -60)
    answer = sam.post(entries(ticket), data=sent(entry))
    assert answer.status_code == 422 and "At most 30\u00a0min" in answer.text


def test_what_cannot_be_corrected_is_said(people: Cast, ticket: Ticket, entry: Entry, sam: FlaskClient) -> None:
    correction, open_one = correct(entry), people.entry(ticket)
    elsewhere = people.entry(people.ticket())
    for number, told in (
        (correction.id, "This is a correction itself"),
        (open_one.id, "This entry is on no statement yet: change it."),
        (elsewhere.id, "This ticket has no such entry."),
        ("x", "This ticket has no such entry."),
        ("9" * 30, "This ticket has no such entry."),
    ):
        answer = sam.post(entries(ticket), data=sent(entry, corrects=str(number)))
        assert answer.status_code == 422 and told in answer.text
    assert len(corrections()) == 1


def test_without_an_entry_to_correct_time_has_no_sign(ticket: Ticket, sam: FlaskClient) -> None:
    answer = sam.post(entries(ticket), data={"duration": "1h", "valued": "-0:45"})
    assert answer.status_code == 422 and Entry.select().count() == 0


def test_an_open_correction_is_mended(people: Cast, entry: Entry, sam: FlaskClient) -> None:
    correction = correct(entry, note="Our fault")
    form = form_in(sam.get(f"/entries/{correction.id}/edit"), f"/entries/{correction.id}")
    assert sam.post(f"/entries/{correction.id}", data=form.values | {"valued": "-1h"}).status_code == 303
    assert (corrections()[0].valued_minutes, corrections()[0].corrects, balance(people)) == (-60, entry, 570)
    for wrong in ({"valued": "-2h"}, {"valued": "1h"}, {"valued": ""}, {"note": ""}):
        assert sam.patch(f"/entries/{correction.id}", data=wrong).status_code == 422
    assert corrections()[0].valued_minutes == -60


def test_an_open_correction_is_taken_back(people: Cast, entry: Entry, sam: FlaskClient) -> None:
    correction = correct(entry)
    assert sam.delete(f"/entries/{correction.id}").status_code == 303
    assert (corrections(), balance(people)) == ([], 510)


def test_what_is_on_a_statement_is_neither_changed_nor_taken_back(entry: Entry, sam: FlaskClient) -> None:
    page = sam.get(f"/entries/{entry.id}/edit").text
    assert f"corrects={entry.id}" in page and "DELETE" not in page
    changed = sam.patch(f"/entries/{entry.id}", data={"valued": "1h", "note": "Less"})
    assert changed.status_code == 422 and 'value="Less"' in changed.text
    assert sam.delete(f"/entries/{entry.id}").status_code == 422
    assert Entry.get().valued_minutes == 90


def test_the_same_form_sent_twice_gives_back_once(ticket: Ticket, entry: Entry, sam: FlaskClient) -> None:
    answers = [sam.post(entries(ticket), data=sent(entry, form_key="k")).status_code for _ in range(2)]
    assert answers == [303, 422] and len(corrections()) == 1


def echo(browser: FlaskClient, ticket: Ticket, **typed: object) -> str:
    answer = browser.get(f"/tickets/{ticket.id}/proposal", query_string=typed, headers=HTMX)
    return answer.text.replace("\u00a0", " ")


def test_the_echo_says_where_the_hours_go_back(ticket: Ticket, entry: Entry, sam: FlaskClient) -> None:
    assert "45 min back to Pack A" in echo(sam, ticket, corrects=entry.id, valued="-0:45")
    assert "At most 1 h 30" in echo(sam, ticket, corrects=entry.id, valued="-2h")
    assert echo(sam, ticket, corrects=entry.id, valued="").strip() == ""
    correction = correct(entry)
    assert "1 h 30 back to Pack A" in echo(sam, ticket, entry=correction.id, valued="-1h30")


def test_the_echo_tells_of_a_credit_and_of_what_is_over(people: Cast, ticket: Ticket, sam: FlaskClient) -> None:
    people.pack(1, bought_on=date(2026, 2, 1), expires_on=FEBRUARY, reference="Pack A")
    entry = people.entry(ticket, 60, day=date(2026, 2, 12))
    ledger.close(people.intranet, FEBRUARY)
    assert "20 min as a credit" in echo(sam, ticket, corrects=entry.id, valued="-0:20")
    people.entry(ticket, 15)
    text = echo(sam, ticket, corrects=entry.id, valued="-0:20")
    assert "15 min off what is over" in text and "5 min as a credit" in text
    assert Purchase.select().where(Purchase.kind == "credit").count() == 0


def test_a_client_who_sees_hours_reads_why(people: Cast, ticket: Ticket, entry: Entry, claire: FlaskClient) -> None:
    correct(entry, note="Half of it was our fault", internal_note="Hush")
    page = claire.get(f"/tickets/{ticket.id}").text
    assert "correction: Half of it was our fault" in page and "Hush" not in page
    Project.update(detail="total").execute()
    people.intranet.bump_all()
    assert "our fault" not in claire.get(f"/tickets/{ticket.id}").text


def test_the_owner_corrects_everybody_s_time(ticket: Ticket, entry: Entry, olive: FlaskClient) -> None:
    assert f"corrects={entry.id}" in olive.get(f"/tickets/{ticket.id}").text
    assert olive.post(entries(ticket), data=sent(entry)).status_code == 303


def test_a_colleague_s_time_is_not_corrected(people: Cast, ticket: Ticket, sam: FlaskClient) -> None:
    entry = people.entry(ticket, person=people.olive, day=FEBRUARY - timedelta(days=1))
    ledger.close(people.intranet, FEBRUARY)
    assert sam.get(f"{entries(ticket)}/new?corrects={entry.id}").status_code == 403
    assert sam.post(entries(ticket), data=sent(entry)).status_code == 403
    assert "corrects=" not in sam.get(f"/tickets/{ticket.id}").text


def test_clients_correct_nothing_and_a_stranger_finds_no_ticket(
    ticket: Ticket, entry: Entry, claire: FlaskClient, zoe: FlaskClient, nobody: FlaskClient
) -> None:
    answers = [browser.post(entries(ticket), data=sent(entry)) for browser in (claire, zoe, nobody)]
    assert [answer.status_code for answer in answers] == [403, 404, 303]
    assert corrections() == []

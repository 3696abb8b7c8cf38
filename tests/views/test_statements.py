"""GET /projects/<slug>/statements, GET /statements/<number>: the statements of a project, and one as a document."""

from dataclasses import replace
from datetime import date, timedelta

from flask.testing import FlaskClient

from tests.clock import Clock
from tests.conftest import SignIn
from tests.hours.documents import january
from tests.people import Cast
from tests.views.answers import form_in
from trackr.hours.document import Identity
from trackr.models import Acknowledgement, Comment, Draft, Entry, Event, Statement, ledger, question
from trackr.models.base import now

ALL = "/projects/intranet/statements"


def test_the_list_tells_what_each_comes_to_and_who_has_seen_it(
    people: Cast, claire: FlaskClient, olive: FlaskClient, sam: FlaskClient
) -> None:
    assert "No statement yet" in claire.get(ALL).text
    assert "/projects/intranet/statements/new" in olive.get(ALL).text
    Acknowledgement.say(people.statement(), people.claire)
    text = claire.get(ALL).text.replace("\u00a0", " ")
    assert "January 2026" in text and "7 h 30" in text and "13 h 15" in text and "/statements/12.pdf" in text
    assert "Seen by Claire Clement on 14 March" in text
    assert "/statements/new" not in text + sam.get(ALL).text


def test_the_document_tells_all_of_it(people: Cast, claire: FlaskClient) -> None:
    people.statement()
    text = claire.get("/statements/12").text.replace("\u00a0", " ")
    for told in (
        "7 h 30 were used of 20 h 45, and 13 h 15 are left.", "240 avenue Victor-Hugo", "SIRET 812 345 678 00021",
        "left on 31 December", "bought on 8 January", "BC 2026-004", "312 accounts checked", "quarter of an hour",
        "Your reference: Contract of 1 September 2025", "/tickets/131?about=12:2#composer", "/statements/12.xlsx",
    ):  # fmt: skip
        assert told in text, told


def test_late_time_and_corrections_are_named_on_both_sides(people: Cast, claire: FlaskClient) -> None:
    ticket = people.ticket()
    entry = people.entry(ticket, 60, day=date(2026, 1, 8))
    first = ledger.close(people.intranet, date(2026, 1, 31)).number
    assert "corrected on" not in claire.get(f"/statements/{first}").text
    people.entry(ticket, 15, day=date(2026, 1, 20))
    people.entry(ticket, 0, valued_minutes=-30, corrects=Entry.get_by_id(entry.id), day=date(2026, 2, 3))
    assert "corrected on the next statement" in claire.get(f"/statements/{first}").text
    second = ledger.close(people.intranet, date(2026, 2, 28)).number
    assert f"corrected on statement {second}" in claire.get(f"/statements/{first}").text
    text = claire.get(f"/statements/{second}").text
    assert f"corrects 8 Jan on statement {first}" in text and "late: " in text


def test_a_deficit_a_bill_and_what_waits_are_said(people: Cast, sam: FlaskClient) -> None:
    people.statement(replace(january(), identity=Identity(0, 0, 0, 0, 450, 0, -450), packs=(), next_minutes=75))
    text = sam.get("/statements/12").text.replace("\u00a0", " ")
    assert "7 h 30 are over: the next hours bought settle them." in text
    assert "Another 1 h 15 will be on the next statement." in text
    billed = replace(january(), number=13, billing="postpaid", identity=Identity(0, 0, 0, 450, 450, 0, 0), packs=())
    people.statement(replace(billed, detail="total", rate_cents=9050))
    text = sam.get("/statements/13").text.replace("\u00a0", " ")
    assert "are to be billed." in text and "€678.75 without VAT" in text and "about=" not in text


def test_a_long_one_is_shown_by_pages_and_a_ticket_goes_on(people: Cast, claire: FlaskClient) -> None:
    ticket = january().tickets[0]
    lines = tuple(replace(ticket.lines[0], notes=(f"Line {number};",)) for number in range(1, 603))
    people.statement(replace(january(), tickets=(ticket, replace(ticket, number=132, lines=lines))))
    found = [claire.get(f"/statements/12?page={page}").text for page in ("1", "2", "x")]
    assert (
        "Line 498;" in found[0] and "Line 499;" not in found[0] and found[2].count("Line ") == found[0].count("Line ")
    )
    assert "Line 499;" in found[1] and "about=12:602#composer" in found[1]
    assert "Page 2 of 2" in found[1] and "#132" in found[0] and "#132" in found[1]


def test_one_leads_to_the_one_before_and_after(people: Cast, sam: FlaskClient) -> None:
    for number, month in ((12, 1), (13, 2), (14, 3)):
        last = date(2026, month + 1, 1) - timedelta(days=1)
        people.statement(replace(january(), number=number, first_day=date(2026, month, 1), last_day=last))
    text = sam.get("/statements/13").text
    assert 'rel="prev" href="/statements/12"' in text and 'rel="next" href="/statements/14"' in text


def test_one_that_was_closed_before_there_were_documents_leads_to_the_hours(people: Cast, sam: FlaskClient) -> None:
    days = {"first_day": date(2026, 2, 1), "last_day": date(2026, 2, 28)}
    Statement.create(project=people.intranet, number=1, **days)
    assert "February 2026" in sam.get(ALL).text
    assert "/projects/intranet/hours?period=2026-02" in sam.get("/statements/1").text


def test_a_line_is_asked_about_in_a_reply(people: Cast, claire: FlaskClient, sam: FlaskClient) -> None:
    ticket = people.ticket()
    tickets = (replace(january().tickets[0], number=ticket.id),)
    people.statement(replace(january(), tickets=tickets))
    Draft.keep(people.claire, f"reply:{ticket.id}", {"body": "Begun before"}, ticket)
    text = claire.get(f"/tickets/{ticket.id}?about=12:2").text.replace("\u00a0", " ")
    quoted = "&gt; Statement 12, January 2026  \n&gt; 9 January: Corrected, 312 accounts checked (1 h 30)"
    assert f"{quoted}\n\nBegun before" in text and 'name="about" value="12"' in text
    claire.post(f"/tickets/{ticket.id}/comments", data={"body": "> Why?", "about": "12"})
    sam.post(f"/tickets/{ticket.id}/comments", data={"body": "So", "about": "12"})
    asked = [(one.actor, one.details["number"]) for one in Event.select().where(Event.kind == "statement.asked")]
    assert asked == [(people.claire, 12)]
    assert "Claire Clement asked about it on 14 March" in sam.get("/statements/12").text
    for odd in ("12:3", "12:x", "99:1", "12", "1" * 40 + ":1"):
        assert "composer" in claire.get(f"/tickets/{ticket.id}?about={odd}").text
        assert "Statement 12" not in claire.get(f"/tickets/{ticket.id}?about={odd}").text


def test_a_statement_of_another_project_is_not_quoted_nor_asked_about(people: Cast, zoe: FlaskClient) -> None:
    ticket = people.ticket()
    people.statement(replace(january(), tickets=(replace(january().tickets[0], number=ticket.id),)))
    assert zoe.get(f"/tickets/{ticket.id}?about=12:1").status_code == 404
    zoes = zoe.post("/projects/shop/tickets", data={"title": "Mine"}).location
    zoe.post(f"{zoes}/comments", data={"body": "Why?", "about": "12"})
    assert Comment.select().count() == 1 and not Event.select().where(Event.kind == "statement.asked").exists()


def test_home_shows_what_nobody_has_seen_and_staff_what_waits_long(
    people: Cast, claire: FlaskClient, sam: FlaskClient, sign_in: SignIn, clock: Clock
) -> None:
    people.statement()
    rita = sign_in(people.person("rita", intranet=True, shop=True))
    for client, address in ((claire, "/projects/intranet"), (rita, "/")):
        text = client.get(address).text.replace("\u00a0", " ")
        assert "7 h 30 were used of 20 h 45, and 13 h 15 are left." in text and "Seen, fine" in text
    assert "/statements/12" not in sam.get("/").text
    clock.forward(days=22)
    assert "/statements/12" in sam.get("/").text
    Acknowledgement.say(Statement.get(), people.claire, now())
    for client, address in ((claire, "/projects/intranet"), (rita, "/"), (sam, "/")):
        assert "/statements/12" not in client.get(address).text


def test_it_is_for_who_sees_the_hours_and_every_ticket(
    people: Cast, marc: FlaskClient, zoe: FlaskClient, nobody: FlaskClient
) -> None:
    people.statement()
    for browser, expected in ((marc, 404), (zoe, 404), (nobody, 303)):
        assert [browser.get(address).status_code for address in (ALL, "/statements/12")] == [expected] * 2
    assert zoe.get("/statements/99").status_code == 404


def test_a_question_about_all_of_it_is_a_new_ticket_that_stops_its_silence(people: Cast, claire: FlaskClient) -> None:
    statement = people.statement()
    Draft.keep(people.claire, "ticket:intranet", {"title": "Half", "body": "begun"})
    new = "/projects/intranet/tickets/new?about=12"
    assert new in claire.get("/statements/12").text
    form = form_in(claire.get(new), "/projects/intranet/tickets")
    assert form.values["title"] == "Question about statement 12, January 2026"
    assert (form.values["about"], form.values["body"].strip()) == ("12", "Half\n\nbegun")
    answer = claire.post("/projects/intranet/tickets", data=form.values)
    (asked,) = question.asked([statement])[12]
    assert answer.location == f"/tickets/{asked.ticket}"
    assert f'href="/tickets/{asked.ticket}"' in claire.get("/statements/12").text
    assert (
        "about"
        not in form_in(claire.get("/projects/intranet/tickets/new?about=13x"), "/projects/intranet/tickets").values
    )


def test_a_page_that_is_open_learns_of_a_statement_and_of_what_is_said_of_it(
    people: Cast, claire: FlaskClient, sam: FlaskClient
) -> None:
    live = {"HX-Request": "true"}
    assert 'id="newest"' in claire.get("/projects/intranet").text
    statement = people.statement()
    assert "Statement, January 2026" in claire.get("/projects/intranet", headers=live).text
    region = claire.get("/statements/12", headers=live).text
    assert 'id="statement" data-live="/statements/12"' in region and "<html" not in region and "Seen, fine" in region
    before = sam.get("/statements/12").text
    pulse = before.partition('data-pulse="')[2].partition('"')[0]
    assert sam.get(pulse).status_code == 204
    Acknowledgement.say(statement, people.claire)
    assert sam.get(pulse).status_code == 200
    assert "Seen by Claire Clement" in sam.get("/statements/12", headers=live).text

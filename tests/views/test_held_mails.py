"""GET /mails/held, …/<id>, its acceptance, its blocking, DELETE; and the whole mail of a comment."""

import pytest
from flask.testing import FlaskClient

from tests.people import Cast
from tests.views.answers import HTMX, form_in, is_page
from trackr.models import BlockedSender, Comment, Membership, Person, ReceivedMail, Ticket
from trackr.reach import Reach, received

PLACE = "/mails/held"
MARKUP = b"From: claire@home.example\nSubject: New\nContent-Type: text/html\n\n<b>Hello</b><script>alert(1)</script>"


@pytest.fixture
def held(people: Cast) -> ReceivedMail:
    return people.held(project=people.intranet)


def test_what_waits_is_told_at_home_and_listed(sam: FlaskClient, claire: FlaskClient, held: ReceivedMail) -> None:
    assert PLACE in sam.get("/").text and "claire@home.example" in sam.get(PLACE).text
    sam.delete(f"{PLACE}/{held.id}")
    assert f'href="{PLACE}"' not in sam.get("/").text.partition("<main")[2]
    assert claire.get(PLACE).status_code == 403


def test_it_is_shown_as_words_alone(sam: FlaskClient, people: Cast) -> None:
    text = sam.get(f"{PLACE}/{people.held(MARKUP).id}").text
    assert "Hello</pre>" in text and "alert(1)" not in text and "Content-Type: text/html" in text


def test_it_is_taken_in_as_somebodys(sam: FlaskClient, people: Cast, held: ReceivedMail) -> None:
    form = form_in(sam.get(f"{PLACE}/{held.id}"), f"{PLACE}/{held.id}/acceptance")
    assert form.values["project"] == str(people.intranet.id)
    answer = sam.post(form.action, data=form.values | {"person": people.claire.id})
    ticket = Ticket.get()
    assert (answer.location, ticket.requester, ticket.body) == (f"/tickets/{ticket.id}", people.claire, "Hello")
    again = sam.post(form.action, data=form.values | {"person": people.claire.id}, headers=HTMX)
    assert again.status_code == 422 and "meanwhile" in again.text


def test_the_owner_brings_somebody_new_in_with_it(
    olive: FlaskClient, sam: FlaskClient, people: Cast, held: ReceivedMail
) -> None:
    new = {"person": "", "project": people.intranet.id, "name": "Clara", "sees": "own"}
    assert sam.post(f"{PLACE}/{held.id}/acceptance", data=new).status_code == 422
    olive.post(f"{PLACE}/{held.id}/acceptance", data=new)
    clara = Person.by_email("claire@home.example")
    assert clara and Ticket.get().requester == clara and not Membership.get(Membership.person == clara).hours


def test_a_person_who_does_not_see_the_place_is_refused(olive: FlaskClient, people: Cast, held: ReceivedMail) -> None:
    answer = olive.post(f"{PLACE}/{held.id}/acceptance", data={"person": people.zoe.id, "project": people.intranet.id})
    assert (answer.status_code, Ticket.select().count()) == (422, 0)


def test_several_are_put_away_at_once(sam: FlaskClient, people: Cast, held: ReceivedMail) -> None:
    more = [people.held(message_id=f"{number}@home.example") for number in range(2)]
    lees = people.held(message_id="other@home.example", project=people.shop)
    form = form_in(sam.get(PLACE), f"{PLACE}/filings")
    empty = sam.post(form.action, data=form.values)
    assert (empty.status_code, "Tick what is meant" in empty.text) == (422, True)
    limited = people.person("lee", "staff", limited=True, intranet=True)
    assert [mail.id for mail in received.ticked(Reach(limited), [held.id, lees.id])] == [held.id]
    assert sam.post(form.action, data=form.values | {"held": [held.id, more[0].id, 999]}).status_code == 303
    assert [one.id for one in ReceivedMail.waiting().order_by(ReceivedMail.id)] == [more[1].id, lees.id]


def test_a_sender_is_blocked_and_let_in_again(sam: FlaskClient, people: Cast, held: ReceivedMail) -> None:
    sam.post(f"{PLACE}/{held.id}/blocking")
    assert ReceivedMail.get().why == "blocked" and "claire@home.example" in sam.get(PLACE).text
    sam.delete(f"/mails/blocked/{BlockedSender.get().id}")
    assert BlockedSender.select().count() == 0
    ours = people.held(message_id="2", sender="olive@cobalt.example", why="unproven")
    assert sam.post(f"{PLACE}/{ours.id}/blocking").status_code == 422


def test_the_whole_mail_is_for_its_author_and_the_agency(
    sam: FlaskClient, claire: FlaskClient, marc: FlaskClient, people: Cast
) -> None:
    ticket = people.ticket(people.marc)
    people.comment(ticket, people.claire, "Yes", mailed="Yes\n\n> 7 h 45 left <b>")
    place = f"/tickets/{ticket.id}/comments/1/mail"
    assert place in claire.get(f"/tickets/{ticket.id}").text and place not in marc.get(f"/tickets/{ticket.id}").text
    assert "left &lt;b&gt;" in claire.get(place).text and not is_page(sam.get(place, headers=HTMX))
    assert marc.get(place).status_code == 403 and Comment.get().mailed


def test_one_signs_in_first(nobody: FlaskClient, held: ReceivedMail) -> None:
    assert nobody.post(f"{PLACE}/{held.id}/acceptance", headers=HTMX).status_code == 401

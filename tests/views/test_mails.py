"""GET /mails and what is behind it, POST /mails/tests, /unsubscribe/…, PUT /account/mails."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from tests.conftest import SignIn
from tests.mailbox import Box
from tests.people import Cast
from tests.views.answers import HTMX, form_in
from trackr.db import database
from trackr.mail import delivery, outbox, post
from trackr.mail.addresses import unsubscribe_token
from trackr.models import Mail, NewsChoice, Participant, Person, Ticket


def test_the_owner_sees_what_waits_what_went_and_why_not(people: Cast, olive: FlaskClient, box: Box) -> None:
    ticket = people.ticket(title="The form <b>")
    outbox.tell()
    mail = Mail.get(Mail.person == people.sam)
    mail.fail("550 No such person")
    page = olive.get("/mails?state=failed").text
    assert "550 No such person" in page and "The form &lt;b&gt;" in page and "Olive" not in page.split("<tbody>")[1]
    assert "Waits (1)" in page and "Failed (1)" in page
    shown = olive.get(f"/mails/{mail.id}")
    assert f"[Intranet #{ticket.id}]" in shown.text and "frame-src" in shown.headers["Content-Security-Policy"]
    letter = olive.get(f"/mails/{mail.id}?as=html")
    assert "sandbox" in letter.headers["Content-Security-Policy"] and "script" not in letter.text
    assert letter.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert len(letter.headers.getlist("Content-Security-Policy")) == 1
    assert olive.post(f"/mails/{mail.id}/resending").location == f"/mails/{mail.id}"
    assert (Mail.get_by_id(mail.id).state, Mail.get_by_id(mail.id).tries) == ("queued", 0)


def test_an_invitation_is_not_sent_again_since_its_link_is_gone(people: Cast, olive: FlaskClient, box: Box) -> None:
    form = {"email": "new@town.example", "role": "client"}
    answer = olive.post("/projects/intranet/memberships", data=form, follow_redirects=True)
    assert "invited by mail" in answer.text and "/invitations/" in answer.text
    delivery.deliver()
    answer = olive.post(f"/mails/{Mail.get().id}/resending")
    assert answer.status_code == 422 and "invite the person anew" in answer.text


def test_a_test_says_in_plain_words_what_is_wrong(people: Cast, olive: FlaskClient, box: Box) -> None:
    there = post.server
    assert there is not None
    assert olive.post("/mails/tests").location == "/mails"
    assert [mail["To"] for mail in box.mails] == [people.olive.email]
    wrong = {
        "Nothing answers on port 1 of 127.0.0.1": replace(there, port=1),
        "does not speak TLS": replace(there, encrypted=True),
        "does not take user name and password": replace(there, user="desk", password="wrong"),
    }
    for words, server_as_set in wrong.items():
        post.server = server_as_set
        answer = olive.post("/mails/tests", headers=HTMX)
        assert (answer.status_code, words in answer.text) == (422, True)
    box.answer = "550 Not from here"
    post.server = there
    assert "550 Not from here" in olive.post("/mails/tests").text


def test_without_mail_the_pages_say_what_is_missing(people: Cast, olive: FlaskClient, claire: FlaskClient) -> None:
    assert "TRACKR_SMTP_URL, TRACKR_MAIL_FROM, TRACKR_BASE_URL" in olive.get("/mails").text
    assert "TRACKR_SMTP_URL" in olive.post("/mails/tests").text
    assert "nothing is sent" in claire.get("/account").text
    assert olive.get("/mails/previews").status_code == 200


def test_the_outbox_asks_two_questions_however_many_mails_there_are(people: Cast, olive: FlaskClient, box: Box) -> None:
    for _ticket in range(30):
        people.ticket()
    outbox.tell()
    asked: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        really = database.obj.execute_sql
        patch.setattr(database.obj, "execute_sql", lambda sql, *more: asked.append(sql) or really(sql, *more))
        assert "1 of 2" in olive.get("/mails").text
    assert len([sql for sql in asked if '"mail"' in sql]) == 2


def test_one_chooses_when_mails_come(people: Cast, claire: FlaskClient) -> None:
    form = {"mails": "daily", "digest_hour": "17", "quiet_from": "20", "quiet_to": "8", "timezone": "Asia/Tokyo"}
    assert claire.put("/account/mails", data=form).location == "/account"
    assert {name: form_in(claire.get("/account"), "/account/mails").values[name] for name in form} == form
    assert claire.put("/account/mails", data={"mails": "never"}, headers=HTMX).status_code == 204
    assert (Person.get_by_id(people.claire.id).mails, Person.get_by_id(people.claire.id).quiet_from) == ("never", 20)
    assert 'name="news"' not in claire.get("/account").text
    answer = claire.put("/account/mails", data=form | {"quiet_to": "", "timezone": "Mars"})
    assert (answer.status_code, form_in(answer, "/account/mails").invalid) == (422, {"quiet_to", "timezone"})


def test_one_chooses_of_which_projects_new_tickets_are_told(
    people: Cast, sam: FlaskClient, claire: FlaskClient, sign_in: SignIn
) -> None:
    sam.put("/account/mails", data={"news": "mine", "news_intranet": "none", "news_shop": "all"})
    sam.put("/account/mails", data={"news_shop": ""})
    shown = form_in(sam.get("/account"), "/account/mails").values
    assert (shown["news"], shown["news_intranet"], shown["news_shop"]) == ("mine", "none", "")
    assert NewsChoice.of(people.sam) == {people.intranet.id: "none"}
    answer = sam.put("/account/mails", data={"news_intranet": "some"})
    assert (answer.status_code, form_in(answer, "/account/mails").invalid) == (422, {"news_intranet"})
    claire.put("/account/mails", data={"news_intranet": "all", "news_shop": "all"})
    assert NewsChoice.of(people.claire) == {people.intranet.id: "all"}
    assert "news_" not in sign_in(people.marc).get("/account").text  # who sees but their own


@pytest.fixture
def stop(people: Cast) -> str:
    ticket = people.ticket()
    return f"/unsubscribe/{unsubscribe_token(people.claire.id, ticket.id)}"


def test_mails_are_stopped_without_signing_in_and_not_by_looking(people: Cast, nobody: FlaskClient, stop: str) -> None:
    page = nobody.get(stop).text
    # Whoever has the link need not be its reader: it tells no more than the number.
    assert "claire@town.example" in page and "Nothing more about #1" in page and "The form" not in page
    assert Person.get_by_id(people.claire.id).mails == "at_once"
    assert nobody.post(stop, data={"stop": "ticket"}).status_code == 200
    assert "Claire Clement" not in [one.name for one in Participant.told_on(Ticket.get())]
    assert nobody.post(stop, data={"stop": "x"}).status_code == 422
    assert nobody.post(stop, data={"stop": "daily"}, headers=HTMX).status_code == 200
    assert Person.get_by_id(people.claire.id).mails == "daily"


def test_a_mail_program_stops_them_with_one_click(people: Cast, sign_in: SignIn, stop: str) -> None:
    assert sign_in(None).post(stop, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Person.get_by_id(people.claire.id).mails == "never"
    for forged in (stop[:-1] + ("0" if stop[-1] != "0" else "1"), "/unsubscribe/1-1-x"):
        assert sign_in(None).post(forged, data={"List-Unsubscribe": "One-Click"}).status_code == 404

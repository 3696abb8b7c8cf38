"""Forms filled with whatever can be sent: an answer that a person can read comes back, and never a fault."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from io import BytesIO
from urllib.parse import urlencode

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from tests.conftest import SignIn
from tests.forms import FORMS, WRONG
from tests.people import PASSWORD, Cast
from tests.undo import undone
from trackr.mail import delivery, imap
from trackr.mail.addresses import unsubscribe_token
from trackr.models import (
    Activity,
    AddressChange,
    Agency,
    Alert,
    BlockedSender,
    CannedReply,
    Charge,
    DayOff,
    Estimate,
    Feed,
    Invitation,
    Link,
    LinkedAccount,
    Mail,
    MailedKey,
    Purchase,
    SavedView,
    Session,
    Timer,
)
from trackr.web import once, tasks
from trackr.web.app import LARGEST_FORM
from trackr.web.auth import WRITING

HTMX = {"HX-Request": "true"}
TASK = '<ul>\n<li><input type="checkbox" data-task="0" disabled> call</li>\n</ul>'
EACH = pytest.mark.parametrize("name", FORMS)
WAYS: tuple[dict[str, str], ...] = ({}, HTMX)  # for a page, and for a part of one

Fields = list[tuple[str, str]]
Send = Callable[..., TestResponse]

PIECES = st.sampled_from(
    ["a", " ", "\n", "\x00", "\x1b[2J", "\ud800", "😀", "אבג\u202e", "\u2028", "<b>", "'\"&", "[", "%00", "1", "-", "é"]
)
VALUES = st.one_of(
    st.text(max_size=20),
    st.builds(lambda piece, times: piece * times, PIECES, st.sampled_from([1, 7, 300, 12_000, 150_000])),
    st.sampled_from(
        ["", "0", "-5", "1.5", "1e9", "9" * 30, "NaN", "null", "[]", "45", "1h", "25h", "2026-02-30", "0001-01-01",
         "9999-12-31", "Mars/Olympus", "entry", "owner", "a@b", "new", "../..", "\u0661"]
    ),
)  # fmt: skip
SOME = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # making what failed smaller would take minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


@pytest.fixture
def send(app: Flask, people: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> Send:
    """Sends one of the forms as somebody; what it changed is taken back."""
    ticket = people.ticket(people.marc)
    people.claire.set_password(PASSWORD)
    people.claire.save()
    Timer.start(people.olive, ticket)
    closed = people.ticket()
    closed.close(people.sam)
    monkeypatch.setattr(imap, "count_waiting", lambda: 1)
    monkeypatch.setattr(delivery, "try_out", lambda person: "")  # without a mail server
    ids = {
        "ticket": ticket.id,
        "mail": Mail.create(
            kind="ticket", person=people.sam, address="s@cobalt.example", ticket=ticket, message_id="<1>", due_at=0
        ).id,
        "held_mail": people.held().id,
        "blocked_sender": BlockedSender.create(email="x@y.example").id,
        "intranet": people.intranet.id,
        "stop": unsubscribe_token(people.marc.id, ticket.id),
        "closed": closed.id,
        "activity": Activity.get().id,
        "alert": Alert.create(project=people.intranet, purchase=people.pack(), threshold="75%").id,
        "comment": people.comment(ticket, people.claire, "- [ ] call", body_html=TASK).key,
        "mark": tasks.mark(TASK),
        "entry": people.entry(ticket).id,
        "estimate": Estimate.propose(ticket, people.sam, low_minutes=120, ceiling_minutes=180).id,
        "attachment": people.file(ticket, people.claire).id,
        "link": Link.join(ticket, people.sam, people.ticket(people.marc)).id,
        "linked_account": LinkedAccount.create(person=people.marc, issuer="https://a.example", subject="1").id,
        "other": people.ticket(people.marc).id,
        "membership": people.memberships["marc"].id,
        "purchase": people.pack(valid_from=people.intranet.today() + timedelta(days=9)).id,
        "request": Purchase.request(people.intranet, people.claire, minutes=1200).id,
        "view": SavedView.keep(people.olive, people.intranet, name="Mine", query="", shared=False).id,
        "feed": Feed.create(person=people.olive, kind="events", digest="0").id,
        "token": Invitation.issue(people.marc),
        "change": AddressChange.ask(people.marc, "new@town.example").confirm,
        "key": MailedKey.issue(people.marc, "browser").token,
        "day_off": DayOff.create(first_on=date(2026, 12, 25), last_on=date(2026, 12, 25), name="Christmas").id,
        "canned_reply": CannedReply.add(people.sam, name="Done", body="It is done").id,
        "charge": Charge.get(Charge.purchase == people.pack()).id,
        "statement": people.statement().number,
        "column": people.intranet.ordered_columns()[1].id,
        "sam": people.sam.id,
        "marc": people.marc.id,
        "claire": people.claire.email,
        "address": people.marc.email,
        "device": Session.load(Session.begin(people.marc)).session.id,
    }

    def send(
        name: str, fields: Fields, person: str = "olive", headers: dict[str, str] | None = None, method: str = ""
    ) -> TestResponse:
        form, endpoint = FORMS[name], name.split()[0]
        known = {f"{{{key}}}": str(value) for key, value in ids.items()}
        body: object = urlencode([(field, known.get(value, value)) for field, value in fields], errors="surrogatepass")
        encoding = "application/x-www-form-urlencoded"
        if form.files and not fields:
            body, encoding = {form.files: (BytesIO(b"A plan"), "plan.pdf")}, "multipart/form-data"
        is_claire_s = "{comment}" in form.address or endpoint in (
            "acknowledgements.update",
            "estimates.update",
            "requests.create",
            "satisfactions.update",
        )
        client = sign_in(people.claire if is_claire_s else people.everybody[person])
        with undone():
            app.extensions["limits"].storage.reset()
            once.register(app)
            if endpoint == "setups.create":
                Agency.delete().execute()
                app.extensions["trackr"].clear()
            return client.open(
                form.address.format(**ids),
                method=method or name.split()[1],
                data=body,
                content_type=encoding,
                headers=headers,
            )

    return send


def typed_into(answer: TestResponse) -> set[str]:
    """What stands in the fields of an answer."""
    areas = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", answer.text, re.DOTALL)
    inputs = re.findall(r'<input[^>]*\bvalue="([^"]*)"', answer.text)
    return {unescape(value) for value in [*areas, *inputs]}


def as_received(value: str) -> str:
    """What is no Unicode comes in as it was sent, quoted."""
    return value.encode(errors="surrogatepass").decode(errors="werkzeug.url_quote")


def test_every_form_of_the_application_is_filled_here(app: Flask) -> None:
    rules = app.url_map.iter_rules()
    assert {f"{rule.endpoint} {method}" for rule in rules for method in (rule.methods or set()) & WRITING} == set(FORMS)


@EACH
def test_a_form_that_is_filled_well_is_taken(send: Send, name: str) -> None:
    for headers in WAYS:
        assert send(name, list(FORMS[name].good.items()), headers=headers).status_code in (200, 204, 303)


@EACH
@SOME
@given(data=st.data())
def test_whatever_is_sent_a_person_can_read_the_answer(send: Send, name: str, data: st.DataObject) -> None:
    fields: Fields = []
    for field, good in FORMS[name].good.items():
        kind = data.draw(st.sampled_from(["good", "good", "odd", "odd", "missing", "doubled"]), label=field)
        if kind != "missing":
            values = st.just(good) if kind == "good" else VALUES
            fields += [(field, data.draw(values)) for _ in range(2 if kind == "doubled" else 1)]
    person = data.draw(st.sampled_from(["olive", "sam", "claire", "marc"]), label="person")
    answer = send(name, fields, person, data.draw(st.sampled_from([{}, HTMX]), label="headers"))
    assert answer.status_code in (200, 204, 303, 403, 404, 413, 422)
    if answer.status_code == 422:
        typed = dict(reversed(fields))
        shown = {
            as_received(typed[field]) for field in FORMS[name].text.split() if not typed.get(field, "{").startswith("{")
        }
        assert shown - {""} <= typed_into(answer)


@pytest.mark.parametrize(
    ("name", "field"), [(name, field) for name, form in FORMS.items() for field in form.good if field in WRONG]
)
def test_what_is_wrong_or_sent_twice_is_said(send: Send, name: str, field: str) -> None:
    good = FORMS[name].good
    wrong = [*(good | {field: WRONG[field]}).items()]
    twice = [*good.items(), (field, good[field])]
    for fields in (wrong, twice):
        answer = send(name, fields)
        assert answer.status_code == 422
        assert 'class="error' in answer.text or 'role="alert"' in answer.text


@EACH
def test_bytes_that_are_no_text_at_all_are_refused_like_an_empty_form(
    send: Send, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(globals(), "urlencode", lambda fields, errors: b"body=\xff\xfe&title=\x80&\x00=%")
    for headers in WAYS:
        assert send(name, [], headers=headers).status_code in (200, 204, 303, 422)


@EACH
def test_what_is_far_too_large_is_not_read(send: Send, name: str) -> None:
    fields = [("body", "a" * LARGEST_FORM), ("_method", name.split()[1])]
    for headers in WAYS:
        answer = send(name, fields, headers=headers, method="POST")
        assert answer.status_code == 413 and "This is too large" in answer.text

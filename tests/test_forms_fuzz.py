"""Forms filled with whatever can be sent: an answer that a person can read comes back, and never a fault."""

import re
from collections.abc import Callable
from html import unescape
from typing import NamedTuple
from urllib.parse import urlencode

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from tests.conftest import SignIn
from tests.people import PASSWORD, Cast
from tests.undo import undone
from trackr.models import Agency, Invitation
from trackr.web.app import LARGEST_BODY, LARGEST_FORM
from trackr.web.auth import WRITING

URLENCODED = "application/x-www-form-urlencoded"
HTMX = {"HX-Request": "true"}


class Form(NamedTuple):
    """A form of the application: what it is sent with when it is good, and which of that is text that comes back."""

    address: str
    good: dict[str, str]
    text: tuple[str, ...] = ()


TIME = {"duration": "1h05", "valued": "45m", "day": "2026-03-02", "note": "Found the cause", "internal_note": "Slow"}
FORMS = {
    "account.update PATCH": Form(
        "/account", {"name": "Olive", "language": "fr", "password": "", "current_password": ""}, ("name",)
    ),
    "archivals.create POST": Form("/projects/intranet/archival", {}),
    "archivals.destroy DELETE": Form("/projects/intranet/archival", {}),
    "closures.create POST": Form("/tickets/{ticket}/closure", {}),
    "closures.destroy DELETE": Form("/tickets/{ticket}/closure", {}),
    "comments.create POST": Form(
        "/tickets/{ticket}/comments", TIME | {"body": "Corrected", "internal": "1", "form_key": "k"}, ("body",)
    ),
    "comments.update PATCH": Form("/tickets/{ticket}/comments/{comment}", {"body": "Corrected"}, ("body",)),
    "comments.destroy DELETE": Form("/tickets/{ticket}/comments/{comment}", {}),
    "entries.create POST": Form("/tickets/{ticket}/entries", TIME | {"form_key": "k"}, tuple(TIME)),
    "entries.update PATCH": Form("/entries/{entry}", TIME, tuple(TIME)),
    "entries.destroy DELETE": Form("/entries/{entry}", {}),
    "invitations.update POST": Form("/invitations/{token}", {"password": PASSWORD}),
    "memberships.create POST": Form(
        "/projects/intranet/memberships",
        {"email": "a@b.example", "name": "Anna", "role": "client", "sees": "own", "hours": "1"},
        ("email", "name"),
    ),
    "memberships.destroy DELETE": Form("/projects/intranet/memberships/{membership}", {}),
    "placements.update PUT": Form("/tickets/{ticket}/placement", {"column": "{column}", "position": "3", "board": "1"}),
    "projects.create POST": Form(
        "/projects",
        {"name": "Website", "client": "Town", "slug": "website", "billing": "postpaid", "increment": "15"},
        ("name", "client", "slug"),
    ),
    "projects.update PATCH": Form(
        "/projects/intranet/settings",
        {
            "name": "Intranet",
            "client": "Town",
            "billing": "prepaid",
            "timezone": "Europe/Paris",
            "increment": "15",
            "minimum": "15",
            "grace": "5",
            "per": "day",
            "review_hours": "24",
            "detail": "entry",
        },
        ("name", "client", "increment", "minimum", "grace", "review_hours"),
    ),
    "purchases.create POST": Form(
        "/projects/intranet/purchases",
        {
            "hours": "20",
            "kind": "gift",
            "bought_on": "2026-03-02",
            "valid_from": "2026-03-03",
            "expires_on": "2027-03-02",
            "reference": "F-12",
        },
        ("hours", "bought_on", "valid_from", "expires_on", "reference"),
    ),
    "sessions.create POST": Form("/sign-in", {"email": "a@b.example", "password": PASSWORD, "next": "/"}, ("email",)),
    "sessions.destroy POST": Form("/sign-out", {}),
    "setups.create POST": Form(
        "/setup",
        {
            "agency": "Cobalt",
            "language": "en",
            "timezone": "Europe/Paris",
            "owner_name": "Olive",
            "email": "o@cobalt.example",
            "password": PASSWORD,
            "client": "Town",
            "name": "Site",
            "slug": "site",
            "client_name": "Claire",
            "client_email": "c@town.example",
            "billing": "prepaid",
            "hours": "20",
            "increment": "15",
        },
        ("agency", "owner_name", "email", "client", "name", "client_name", "client_email", "hours"),
    ),
    "tickets.create POST": Form(
        "/projects/intranet/tickets",
        {"title": "The form", "body": "It loses the date", "kind": "support", "priority": "high", "column": "{column}"},
        ("title", "body"),
    ),
    "tickets.update PATCH": Form(
        "/tickets/{ticket}",
        {
            "title": "The form",
            "body": "It loses the date",
            "kind": "assistance",
            "priority": "low",
            "assignee": "{sam}",
        },
        ("title", "body"),
    ),
}
EACH = pytest.mark.parametrize("name", FORMS)
WITH_TEXT = pytest.mark.parametrize("name", [name for name, form in FORMS.items() if form.text])
HEADERS = pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])

HUGE = 300_000
PIECES = st.sampled_from(
    [
        "a",
        " ",
        "\n",
        "\x00",
        "\x07\x1b[2J",
        "\ud800",
        "😀",
        "אבג\u202e",
        "\u2028",
        "<b>",
        "'\"&",
        "[",
        "%00",
        "1",
        "-1",
        "é",
    ]
)
VALUES = st.one_of(
    st.text(max_size=20),
    st.builds(lambda piece, length: piece * (length // len(piece)), PIECES, st.sampled_from([1, 7, 300, 12_000, HUGE])),
    st.sampled_from(
        ["", " ", "0", "-5", "1.5", "1e9", "9" * 30, "NaN", "true", "null", "[]", "45", "1h", "25h", "2026-02-30",
         "2026-13-01", "0001-01-01", "9999-12-31", "Mars/Olympus", "entry", "owner", "a@b", "new", "../..", "\u0661"]
    ),
)  # fmt: skip
SOME = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)

Send = Callable[..., TestResponse]


@pytest.fixture
def send(app: Flask, people: Cast, sign_in: SignIn) -> Send:
    """Sends one of the forms as somebody; what it changed is taken back."""
    ticket = people.ticket(people.marc)
    ids = {
        "ticket": str(ticket.id),
        "comment": people.comment(ticket, people.claire).key,
        "entry": str(people.entry(ticket).id),
        "membership": str(people.memberships["zoe"].id),
        "token": Invitation.issue(people.zoe),
        "column": str(people.intranet.ordered_columns()[1].id),
        "sam": str(people.sam.id),
    }

    def send(
        name: str, fields: list[tuple[str, str]], person: str = "olive", headers: dict[str, str] | None = None
    ) -> TestResponse:
        form, (endpoint, method) = FORMS[name], name.split()
        filled = [
            (field, ids.get(value.strip("{}"), value) if value.startswith("{") else value) for field, value in fields
        ]
        client = sign_in(people.claire if "comment}" in form.address else people.everybody[person])
        with undone():
            if endpoint == "setups.create":
                Agency.delete().execute()
                app.extensions["trackr"].clear()
            return client.open(
                form.address.format(**ids),
                method=method,
                data=urlencode(filled, errors="surrogatepass"),
                content_type=URLENCODED,
                headers=headers,
            )

    return send


def typed_into(answer: TestResponse) -> set[str]:
    """What stands in the fields of an answer."""
    areas = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", answer.text, re.DOTALL)
    inputs = re.findall(r'<input[^>]*\bvalue="([^"]*)"', answer.text)
    return {unescape(value) for value in [*areas, *inputs]}


def as_received(value: str) -> str:
    return value.encode(errors="surrogatepass").decode(errors="replace")


def test_every_form_of_the_application_is_filled_here(app: Flask) -> None:
    writing = {
        f"{rule.endpoint} {method}" for rule in app.url_map.iter_rules() for method in (rule.methods or set()) & WRITING
    }
    assert writing == set(FORMS)


@EACH
@HEADERS
def test_a_form_that_is_filled_well_is_taken(send: Send, name: str, headers: dict[str, str]) -> None:
    answer = send(name, list(FORMS[name].good.items()), headers=headers)
    assert answer.status_code in (200, 204, 303) or (name, answer.status_code) == ("sessions.create POST", 422)


@EACH
@SOME
@given(data=st.data())
def test_whatever_is_sent_a_person_can_read_the_answer(send: Send, name: str, data: st.DataObject) -> None:
    form = FORMS[name]
    fields: list[tuple[str, str]] = []
    for field, good in form.good.items():
        kind = data.draw(st.sampled_from(["good", "good", "odd", "odd", "missing", "doubled"]), label=field)
        if kind != "missing":
            values = st.just(good) if kind == "good" else VALUES
            fields += [(field, data.draw(values)) for _ in range(2 if kind == "doubled" else 1)]
    person = data.draw(st.sampled_from(["olive", "sam", "claire", "marc"]), label="person")
    headers = data.draw(st.sampled_from([{}, HTMX]), label="headers")
    answer = send(name, fields, person, headers)
    assert answer.status_code in (200, 204, 303, 403, 404, 422)
    if answer.status_code == 422:
        typed = dict(reversed(fields))
        expected = {as_received(typed[field]) for field in form.text if typed.get(field)}
        assert expected <= typed_into(answer)


# Field by field: what is wrong with it, and is told at it.
WRONG = {
    "email": "nobody",
    "client_email": "nobody",
    "duration": "45",
    "valued": "a lot",
    "day": "yesterday",
    "hours": "many",
    "bought_on": "2026-02-30",
    "valid_from": "soon",
    "expires_on": "1999-01-01",
    "slug": "Two Words",
    "increment": "0",
    "minimum": "-1",
    "grace": "x",
    "review_hours": "9999",
    "timezone": "Mars",
    "kind": "x",
    "priority": "x",
    "role": "owner",
    "sees": "x",
    "billing": "x",
    "per": "x",
    "detail": "x",
    "language": "xx",
    "column": "999",
    "assignee": "999",
    "position": "-1",
    "password": "short",
    "body": "\x00",
    "title": " ",
    "name": "\t",
    "client": "\x07",
    "agency": "",
    "owner_name": " ",
    "client_name": "",
}
UNREAD = {
    "internal",
    "hours",
    "form_key",
    "board",
    "next",
    "current_password",
}  # flags, keys, and what has its own rule
# A name left empty is made of the address.
MAY_BE_EMPTY = ("memberships.create POST", "name")
FIELDS = [
    (name, field)
    for name, form in FORMS.items()
    for field in form.good
    if field in WRONG
    and (name, field) != MAY_BE_EMPTY
    and not (field in UNREAD and name.startswith(("memberships", "account")))
]


@pytest.mark.parametrize(("name", "field"), FIELDS, ids="-".join)
def test_what_is_wrong_is_said_at_its_field(send: Send, name: str, field: str) -> None:
    good = FORMS[name].good
    wrong = good | {field: WRONG[field]}
    for fields in (list(wrong.items()), [*good.items(), (field, good[field])]):
        answer = send(name, fields)
        assert answer.status_code == 422
        assert 'class="error' in answer.text or 'role="alert"' in answer.text


@EACH
@HEADERS
@pytest.mark.parametrize("length", [LARGEST_FORM + 1, LARGEST_BODY + 1], ids=["a form", "a body"])
def test_what_is_far_too_large_is_not_read(send: Send, name: str, headers: dict[str, str], length: int) -> None:
    answer = send(name, [("body", "a" * length)], headers=headers)
    assert answer.status_code == 413 and "This is too large" in answer.text

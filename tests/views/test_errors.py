"""What cannot be answered: a page with a way on, for htmx a message, for programs JSON."""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from peewee import OperationalError

from tests.people import Cast
from tests.views.answers import HTMX, JSON, is_page
from trackr.db import database
from trackr.log import Logfmt
from trackr.models import Comment, Entry, Event, Meter, Ticket, gauge
from trackr.web.app import LARGEST_BODY, LARGEST_FORM

# What is asked by the colleague, and what it is refused with.
REFUSALS: dict[str, tuple[str, str, int, str]] = {
    "not there": ("GET", "/nowhere", 404, "Not Found"),
    "no such record": ("GET", "/tickets/999", 404, "Not Found"),
    "not allowed": ("GET", "/projects/new", 403, "Forbidden"),
    "not that way": ("DELETE", "/projects/intranet", 405, "Method Not Allowed"),
}
each = pytest.mark.parametrize("what", REFUSALS)


@each
def test_people_are_answered_with_a_page(what: str, sam: FlaskClient) -> None:
    method, address, status, _ = REFUSALS[what]
    answer = sam.open(address, method=method)
    assert (answer.status_code, answer.mimetype) == (status, "text/html")
    assert is_page(answer) and str(status) in answer.text and 'href="/"' in answer.text


@each
def test_htmx_is_answered_with_a_message_that_leaves_the_page_alone(what: str, sam: FlaskClient) -> None:
    method, address, status, _ = REFUSALS[what]
    answer = sam.open(address, method=method, headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (status, "#flash")
    assert not is_page(answer) and 'role="alert"' in answer.text


@each
def test_programs_are_answered_with_json(what: str, sam: FlaskClient) -> None:
    method, address, status, error = REFUSALS[what]
    answer = sam.open(address, method=method, headers=JSON)
    assert (answer.status_code, answer.json) == (status, {"error": error})


def test_who_is_signed_out_finds_nothing_either(nobody: FlaskClient) -> None:
    answer = nobody.get("/nowhere")
    assert answer.status_code == 404 and is_page(answer)


def test_the_methods_that_there_are_are_named(sam: FlaskClient) -> None:
    assert "GET" in sam.delete("/projects/intranet").headers["Allow"]


def test_french_readers_read_it_in_french(people: Cast, claire: FlaskClient) -> None:
    people.claire.change(name=people.claire.name, language="fr")
    assert '<html lang="fr"' in claire.get("/nowhere").text


def multipart(**fields: str) -> dict[str, Any]:
    """What a browser sends for a form that may carry files."""
    part = '--line\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
    body = "".join(part.format(name, value) for name, value in fields.items()) + "--line--\r\n"
    return {"data": body.encode(), "content_type": "multipart/form-data; boundary=line"}


def test_a_form_that_is_too_large_is_refused_and_nothing_is_kept(people: Cast, claire: FlaskClient) -> None:
    address = f"/tickets/{people.ticket().id}/comments"
    assert claire.post(address, **multipart(body="x" * (LARGEST_FORM + 1))).status_code == 413
    assert claire.post(address, **multipart(body="Small enough")).status_code == 303
    assert Comment.select().count() == 1


@pytest.mark.parametrize("encoding", ["application/x-www-form-urlencoded", "application/octet-stream"])
def test_a_body_that_is_too_large_is_refused(encoding: str, people: Cast, claire: FlaskClient) -> None:
    address = f"/tickets/{people.ticket().id}/comments"
    answer = claire.post(address, data=b"body=" + b"x" * LARGEST_BODY, content_type=encoding)
    assert answer.status_code == 413


def test_a_form_of_too_many_fields_is_refused(people: Cast, claire: FlaskClient) -> None:
    ticket = people.ticket()
    fields = {f"field{number}": "x" for number in range(1001)}
    answer = claire.post(f"/tickets/{ticket.id}/comments", **multipart(**fields))
    assert (answer.status_code, Comment.select().count()) == (413, 0)


def broken(*arguments: Any, **more: Any) -> Any:
    raise RuntimeError("broken on purpose")


@pytest.fixture
def fault(people: Cast, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a form whose last step fails: the reply is written then, the time half."""
    monkeypatch.setattr(gauge, "read", broken)
    people.intranet.change(people.olive, review_hours=24)
    return f"/tickets/{people.ticket().id}/comments"


def state() -> list[Any]:
    return [list(model.select().order_by(model.id).tuples()) for model in (Comment, Entry, Event, Meter, Ticket)]


@pytest.mark.parametrize(
    ("headers", "told"),
    [
        ({}, lambda answer: is_page(answer)),
        (HTMX, lambda answer: answer.headers["HX-Retarget"] == "#flash" and not is_page(answer)),
        (JSON, lambda answer: answer.json == {"error": "Internal Server Error"}),
    ],
    ids=["page", "htmx", "json"],
)
def test_a_fault_of_ours_is_told_and_leaves_nothing_half_written(
    headers: dict[str, str], told: Callable[[Any], bool], fault: str, sam: FlaskClient
) -> None:
    before = state()
    answer = sam.post(fault, data={"body": "Corrected.", "duration": "1h"}, headers=headers)
    assert answer.status_code == 500 and told(answer)
    assert "broken on purpose" not in answer.text and "Traceback" not in answer.text
    assert state() == before


def test_after_a_fault_the_next_form_is_taken(fault: str, sam: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sam.post(fault, data={"body": "Corrected.", "duration": "1h"}).status_code == 500
    monkeypatch.undo()
    assert sam.post(fault, data={"body": "Corrected.", "duration": "1h"}).status_code == 303
    assert Comment.select().count() == Entry.select().count() == 1


def test_a_fault_is_written_to_the_log_with_where_and_why(
    fault: str, sam: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    sam.post(f"{fault}?q=secret", data={"body": "Private words", "duration": "1h"})
    told = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert [record.getMessage() for record in told] == ["fault"]
    fields = vars(told[0])["fields"]
    assert (fields["method"], fields["path"]) == ("POST", fault)
    assert "broken on purpose" in fields["error"]
    line = Logfmt().format(told[0])
    assert "broken on purpose" in line and "Traceback" in line and "\n" not in line
    assert "secret" not in line and "Private words" not in line


def test_a_refusal_is_no_fault(sam: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    sam.get("/nowhere")
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]


def test_the_log_says_who_was_refused(people: Cast, zoe: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        zoe.get("/projects/intranet")
        zoe.get("/access")
    told = [Logfmt().format(record) for record in caplog.records]
    refused = [line.partition(" ms=")[0].partition("path=")[2] for line in told if f"person={people.zoe.id}" in line]
    assert refused == ["/projects/intranet status=404", "/access status=403"]


@pytest.mark.parametrize("headers", [{}, HTMX, JSON], ids=["page", "htmx", "json"])
def test_a_database_that_does_not_answer_is_a_fault_that_is_told(
    headers: dict[str, str], sam: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*arguments: object, **more: object) -> None:
        raise OperationalError("database is locked")

    for name in ("execute", "execute_sql"):
        monkeypatch.setattr(database.obj, name, locked)
    answer = sam.get("/projects/intranet", headers=headers)
    assert answer.status_code == 500
    assert "locked" not in answer.text

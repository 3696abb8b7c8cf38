"""Files on a ticket: sent with a ticket, a reply or by themselves, downloaded, looked at, deleted."""

import io
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from tests.people import Cast
from tests.undo import undone
from tests.views.answers import HTMX, regions
from trackr.files import store
from trackr.models import Attachment, Comment, Ticket
from trackr.settings import Settings

Sent = tuple[bytes, str]
PLAN: Sent = (b"A plan", "plan.pdf")


def photo() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (80, 60), "teal").save(out, "PNG")
    return out.getvalue()


def send(client: FlaskClient, address: str, *files: Sent, headers: Any = None, **fields: str) -> TestResponse:
    """As a browser writes it, which spares the signs that would break the line."""
    spared = str.maketrans({'"': "%22", "\r": "%0D", "\n": "%0A"})
    sent = [FileStorage(io.BytesIO(content), name.translate(spared)) for content, name in files]
    boundary, body = encode_multipart(fields | {"files": sent})
    return client.post(address, data=body, content_type=f"multipart/form-data; boundary={boundary}", headers=headers)


def attach(client: FlaskClient, ticket: Ticket, *files: Sent, **more: Any) -> TestResponse:
    return send(client, f"/tickets/{ticket.id}/attachments", *files, **more)


def of(attachment: Attachment, name: str = "") -> str:
    return f"/attachments/{attachment.id}/{name or attachment.name}"


@pytest.fixture
def ticket(people: Cast) -> Ticket:
    return people.ticket()


@pytest.fixture
def plan(claire: FlaskClient, ticket: Ticket) -> Attachment:
    """Claire's plan."""
    attach(claire, ticket, PLAN)
    return Attachment.get()


def test_files_come_with_a_reply_and_stand_below_it(claire: FlaskClient, sam: FlaskClient, ticket: Ticket) -> None:
    answer = send(claire, f"/tickets/{ticket.id}/comments", PLAN, (photo(), "photo.png"), body="See here")
    assert (answer.status_code, answer.location) == (303, f"/tickets/{ticket.id}#comment-1")
    page = sam.get(f"/tickets/{ticket.id}").text
    message = page[page.index('id="comment-1"') :]
    assert message.index("See here") < message.index("plan.pdf") < message.index("photo.png")
    assert "1\u00a0kB" in message and f"/attachments/{Attachment.get(name='photo.png').id}/preview" in message


def test_a_reply_may_be_a_file_alone_but_not_nothing(claire: FlaskClient, ticket: Ticket) -> None:
    assert send(claire, f"/tickets/{ticket.id}/comments", PLAN, body="").status_code == 303
    assert send(claire, f"/tickets/{ticket.id}/comments", body="").status_code == 422


def test_files_come_with_a_new_ticket(claire: FlaskClient) -> None:
    answer = send(claire, "/projects/intranet/tickets", PLAN, title="See the plan")
    assert answer.status_code == 303
    assert "plan.pdf" in claire.get(answer.location).text
    assert Attachment.get().comment is None


def test_files_come_by_themselves_with_a_line_that_says_so(claire: FlaskClient, ticket: Ticket) -> None:
    answer = attach(claire, ticket, PLAN, (b"Another", "other.txt"))
    assert (answer.status_code, answer.location) == (303, f"/tickets/{ticket.id}")
    assert "added plan.pdf, other.txt" in claire.get(answer.location).text


def test_htmx_is_answered_with_what_changed(claire: FlaskClient, ticket: Ticket) -> None:
    assert {"ticket", "side"} <= regions(attach(claire, ticket, PLAN, headers=HTMX))
    answer = send(claire, f"/tickets/{ticket.id}/comments", PLAN, body="See here", headers=HTMX)
    assert "thread" in regions(answer) and "plan.pdf" in answer.text


def test_a_field_that_nothing_was_chosen_in_is_no_file(sam: FlaskClient, ticket: Ticket) -> None:
    assert send(sam, f"/tickets/{ticket.id}/comments", (b"", ""), body="Hello").status_code == 303
    assert Attachment.select().count() == 0


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([], "Choose a file."),
        ([(b"", "empty.txt"), PLAN], "There is nothing in empty.txt."),
        ([(b"x" * 2_000_001, "large.bin")], "At most 1 MB for a file; larger: large.bin."),
        ([PLAN] * 200, "At most 20 files at once, these are 200."),
    ],
    ids=["none", "empty", "large", "many"],
)
def test_what_cannot_be_taken_is_said_at_the_field(
    claire: FlaskClient, ticket: Ticket, files: list[Sent], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "largest", 1_000_000)
    answer = attach(claire, ticket, *files)
    assert answer.status_code == 422
    assert said in answer.text and 'id="files-error"' in answer.text
    assert Attachment.select().count() == 0 and not store.folder.exists()


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_what_was_typed_stays_where_a_file_is_refused(
    claire: FlaskClient, ticket: Ticket, headers: dict[str, str]
) -> None:
    answer = send(claire, f"/tickets/{ticket.id}/comments", (b"", "empty.txt"), body="Nearly sent", headers=headers)
    assert answer.status_code == 422
    assert "Nearly sent" in answer.text and "There is nothing in empty.txt." in answer.text
    assert Comment.select().count() == 0


def test_files_have_to_be_chosen_again_where_the_rest_is_refused(sam: FlaskClient, ticket: Ticket) -> None:
    answer = send(sam, f"/tickets/{ticket.id}/comments", PLAN, body="Hello", duration="45")
    assert answer.status_code == 422 and "choose them again" in answer.text
    assert Attachment.select().count() == 0 and not store.folder.exists()


def test_the_same_form_sent_twice_is_stored_once(claire: FlaskClient, ticket: Ticket) -> None:
    address = f"/tickets/{ticket.id}/comments"
    answers = [send(claire, address, PLAN, body="Hello", form_key="k1").status_code for _ in range(2)]
    assert answers == [303, 422]
    assert Attachment.select().count() == 1 and store.has(Attachment.get().digest)


def test_beyond_the_quota_the_form_comes_back(
    claire: FlaskClient, ticket: Ticket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "quota", 3)
    answer = attach(claire, ticket, PLAN)
    assert answer.status_code == 422 and "There is no room left" in answer.text


def test_a_form_beyond_all_limits_is_not_read(
    claire: FlaskClient, ticket: Ticket, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claire.application, "largest_request", 3_000_000)
    answer = attach(claire, ticket, (b"x" * 3_000_001, "large.bin"))
    assert answer.status_code == 413 and "leave files out" in answer.text


def test_a_download_is_saved_and_never_run(sam: FlaskClient, plan: Attachment) -> None:
    answer = sam.get(of(plan))
    assert (answer.status_code, answer.data) == (200, b"A plan")
    assert answer.headers["Content-Disposition"] == "attachment; filename=plan.pdf"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox; default-src 'none'" in answer.headers.getlist("Content-Security-Policy")
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_a_download_that_one_has_is_not_sent_again_and_one_that_broke_off_goes_on(
    sam: FlaskClient, plan: Attachment
) -> None:
    tag = sam.get(of(plan)).headers["ETag"]
    assert sam.get(of(plan), headers={"If-None-Match": tag}).status_code == 304
    answer = sam.get(of(plan), headers={"Range": "bytes=2-"})
    assert (answer.status_code, answer.data) == (206, b"plan")


def test_an_address_with_another_name_leads_nowhere(sam: FlaskClient, plan: Attachment) -> None:
    assert sam.get(of(plan, "invoice.html")).status_code == 404


HOSTILE = {
    "../../../etc/passwd": "passwd",
    "plan.pdf\r\nSet-Cookie: a=b": "plan.pdf Set-Cookie: a=b",
    "\u202egpj.exe": "gpj.exe",
    '"><img src=x onerror=alert(1)>.png': '"><img src=x onerror=alert(1)>.png',
    "100% {{ 7*7 }} #1?.txt": "100% {{ 7*7 }} #1?.txt",
    "תוכנית.pdf": "תוכנית.pdf",
    "計画.pdf": "計画.pdf",
}


@pytest.mark.parametrize("sent", HOSTILE)
def test_a_hostile_name_is_text_and_nothing_else(sam: FlaskClient, ticket: Ticket, sent: str) -> None:
    attach(sam, ticket, (b"A plan", sent))
    attachment = Attachment.get()
    assert attachment.name == HOSTILE[sent]
    page = sam.get(f"/tickets/{ticket.id}")
    assert "<img src=x" not in page.text and "Set-Cookie" not in page.headers
    with sam.application.test_request_context():
        address = sam.application.url_for("attachments.show", attachment=attachment.id, filename=attachment.name)
    answer = sam.get(address)
    assert answer.status_code == 200 and answer.headers["Content-Disposition"].startswith("attachment; ")
    assert "Set-Cookie" not in answer.headers


POLYGLOTS = {
    "page.html": b"<script>alert(1)</script>",
    "drawing.svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "photo.png": b"<html><script>alert(1)</script>",
    "movie.gif": b"GIF89a/*<svg/onload=alert(1)>*/=alert(1)//",
}


@pytest.mark.parametrize("name", POLYGLOTS)
def test_what_a_browser_could_run_has_no_picture(sam: FlaskClient, ticket: Ticket, name: str) -> None:
    attach(sam, ticket, (POLYGLOTS[name], name))
    attachment = Attachment.get()
    assert not attachment.is_image
    assert sam.get(f"/attachments/{attachment.id}/preview").status_code == 404
    assert sam.get(of(attachment)).mimetype == "application/octet-stream"
    assert f"/attachments/{attachment.id}/preview" not in sam.get(f"/tickets/{ticket.id}").text


def test_an_image_that_holds_a_page_too_is_shown_as_an_image_drawn_anew(sam: FlaskClient, ticket: Ticket) -> None:
    attach(sam, ticket, (photo() + b"<script>alert(1)</script>", "page.html"))
    answer = sam.get(f"/attachments/{Attachment.get().id}/preview")
    assert (answer.status_code, answer.mimetype) == (200, "image/webp")
    assert b"script" not in answer.data
    assert "sandbox; default-src 'none'" in answer.headers.getlist("Content-Security-Policy")


def test_a_file_of_a_note_is_for_staff_alone(people: Cast, sam: FlaskClient, claire: FlaskClient) -> None:
    ticket = people.ticket()
    send(sam, f"/tickets/{ticket.id}/comments", (photo(), "secret.png"), body="Look", internal="1")
    attachment = Attachment.get()
    assert attachment.internal
    addresses = [of(attachment), f"/attachments/{attachment.id}/preview"]
    assert [sam.get(address).status_code for address in addresses] == [200, 200]
    assert [claire.get(address).status_code for address in addresses] == [404, 404]
    assert "secret.png" not in claire.get(f"/tickets/{ticket.id}").text
    sam.delete(f"/attachments/{attachment.id}")
    assert "secret.png" not in claire.get(f"/tickets/{ticket.id}").text
    assert "deleted secret.png" in sam.get(f"/tickets/{ticket.id}").text


def test_a_file_of_a_comment_that_was_deleted_is_gone(sam: FlaskClient, ticket: Ticket) -> None:
    send(sam, f"/tickets/{ticket.id}/comments", PLAN, body="Look")
    attachment = Attachment.get()
    sam.delete(f"/tickets/{ticket.id}/comments/1")
    assert sam.get(of(attachment)).status_code == 404
    assert not store.has(attachment.digest)


def test_a_file_is_deleted_with_a_trace(claire: FlaskClient, sam: FlaskClient, plan: Attachment) -> None:
    answer = claire.delete(f"/attachments/{plan.id}")
    assert (answer.status_code, answer.location) == (303, f"/tickets/{plan.ticket_id}")
    assert sam.get(of(plan)).status_code == 404 and not store.has(plan.digest)
    page = sam.get(f"/tickets/{plan.ticket_id}").text
    assert "deleted plan.pdf" in page and f"/attachments/{plan.id}/plan.pdf" not in page


def test_the_owner_deletes_what_others_sent(olive: FlaskClient, plan: Attachment) -> None:
    assert olive.delete(f"/attachments/{plan.id}", headers=HTMX).status_code == 200


def test_others_do_not_delete_it(sam: FlaskClient, plan: Attachment) -> None:
    assert f'id="file-{plan.id}"' in sam.get(f"/tickets/{plan.ticket_id}").text
    assert f'action="/attachments/{plan.id}"' not in sam.get(f"/tickets/{plan.ticket_id}").text
    assert sam.delete(f"/attachments/{plan.id}").status_code == 403


@pytest.mark.parametrize("name", ["marc", "zoe"])
def test_who_does_not_see_the_ticket_finds_no_file(request: pytest.FixtureRequest, name: str, plan: Attachment) -> None:
    client = request.getfixturevalue(name)
    assert [client.get(of(plan)).status_code, client.delete(f"/attachments/{plan.id}").status_code] == [404, 404]
    assert attach(client, plan.ticket, PLAN).status_code == 404


def test_signed_out_is_led_to_the_sign_in(nobody: FlaskClient, plan: Attachment) -> None:
    assert nobody.get(of(plan)).location == f"/sign-in?next={of(plan)}"
    assert attach(nobody, plan.ticket, PLAN).location == "/sign-in?next=/"


def test_a_content_that_is_lost_is_not_found(sam: FlaskClient, plan: Attachment) -> None:
    store.remove(plan.digest)
    assert sam.get(of(plan)).status_code == 404


@given(
    files=st.lists(st.tuples(st.binary(max_size=30), st.text(max_size=30)), max_size=3),
    body=st.sampled_from(["", "Hello"]),
)
@hypothesis_settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_files_are_sent_a_person_can_read_the_answer(
    sam: FlaskClient, ticket: Ticket, files: list[Sent], body: str
) -> None:
    sent = [(content, name.encode(errors="replace").decode()) for content, name in files]
    with undone():
        answer = send(sam, f"/tickets/{ticket.id}/comments", *sent, body=body)
        assert answer.status_code in (303, 422)
        assert sam.get(f"/tickets/{ticket.id}").status_code == 200

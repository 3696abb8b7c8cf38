"""POST /previews, and the button `preview` of the forms."""

import pytest
from flask.testing import FlaskClient

from tests.people import Cast
from tests.views.answers import HTMX, form_in, is_page
from trackr.models import Comment, Ticket

TEXT = "**Bold** <script>alert(1)</script>\n\n- [x] done"


def test_a_text_is_shown_as_it_would_be(claire: FlaskClient) -> None:
    answer = claire.post("/previews", data={"body": TEXT}, headers=HTMX)
    assert "<strong>Bold</strong>" in answer.text and 'aria-checked="true"' in answer.text
    assert "<script" not in answer.text and not is_page(answer)


def test_nothing_is_nothing_and_too_much_is_said(claire: FlaskClient) -> None:
    assert "Nothing to show yet" in claire.post("/previews", data={"body": " "}).text
    answer = claire.post("/previews", data={"body": "a" * 100_001})
    assert answer.status_code == 422 and "At most" in answer.text


@pytest.mark.parametrize("place", ["/tickets/1/comments", "/projects/intranet/tickets", "/tickets/1"])
def test_without_htmx_the_form_comes_back_with_it(people: Cast, claire: FlaskClient, place: str) -> None:
    ticket = people.ticket()
    values = {"body": TEXT, "title": "Title", "preview": "1"} | ({"_method": "PATCH"} if place == "/tickets/1" else {})
    answer = claire.post(place, data=values)
    assert answer.status_code == 200 and "<strong>Bold</strong>" in answer.text
    assert form_in(answer, place).values["body"] == TEXT
    assert (Comment.select().count(), Ticket.select().count(), ticket.body) == (0, 1, "")


def test_a_form_with_too_long_a_text_says_so(people: Cast, claire: FlaskClient) -> None:
    answer = claire.post(f"/tickets/{people.ticket().id}/comments", data={"body": "a" * 100_001, "preview": "1"})
    assert answer.status_code == 422 and form_in(answer, "/tickets/1/comments").invalid == {"body"}


def test_one_signs_in_first(nobody: FlaskClient) -> None:
    assert nobody.post("/previews", data={"body": TEXT}, headers=HTMX).status_code == 401

"""POST /tickets/<id>/merge: a ticket goes on in another one."""

from flask.testing import FlaskClient

from tests.people import Cast
from tests.views.answers import HTMX, regions
from trackr.models import Comment, Ticket
from trackr.models.merging import merge


def pair(people: Cast) -> tuple[Ticket, Ticket]:
    """One of Claire's with a reply, a note and time, one of Marc's."""
    one = people.ticket(title="Hers", body="Why?", body_html="<p>Why?</p>")
    people.comment(one, people.sam, "Because")
    people.comment(one, people.sam, "Between us", internal=True)
    people.entry(one, 45)
    return one, people.ticket(people.marc, title="His own")


def test_a_ticket_is_merged_and_its_conversation_read_where_it_goes_on(people: Cast, sam: FlaskClient) -> None:
    one, other = pair(people)
    assert "nobody sees more than today" in sam.get(f"/tickets/{one.id}/merge").text
    answer = sam.post(f"/tickets/{one.id}/merge", data={"into": f"#{other.id}"})
    assert (answer.status_code, answer.location) == (303, f"/tickets/{other.id}")
    page = sam.get(f"/tickets/{other.id}").text
    assert all(words in page for words in ("Because", "Between us", "<p>Why?</p>", f"from #{one.id}", "45\u00a0min"))
    assert f"/tickets/{one.id}/comments/1/edit" not in page
    assert "Undo the merge" in sam.get(f"/tickets/{one.id}").text


def test_htmx_is_led_to_where_it_goes_on(people: Cast, sam: FlaskClient) -> None:
    one, other = pair(people)
    answer = sam.post(f"/tickets/{one.id}/merge", data={"into": other.id}, headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, f"/tickets/{other.id}")


def test_bad_input_brings_the_form_back_with_what_was_typed(people: Cast, sam: FlaskClient) -> None:
    one, _ = pair(people)
    elsewhere = Ticket.open(people.shop, people.zoe, title="Elsewhere")
    for number in ("x", "", "999", str(one.id), str(elsewhere.id)):
        answer = sam.post(f"/tickets/{one.id}/merge", data={"into": number})
        assert answer.status_code == 422 and 'aria-invalid="true"' in answer.text and f'value="{number}"' in answer.text
    assert not Ticket.get_by_id(one.id).is_closed


def test_a_client_is_led_on_where_they_see_it_and_reads_no_notes(people: Cast, claire: FlaskClient) -> None:
    one, other = pair(people)
    merge(one, people.sam, other)
    assert f'href="/tickets/{other.id}"' in claire.get(f"/tickets/{one.id}").text
    page = claire.get(f"/tickets/{other.id}").text
    assert "Because" in page and "Between us" not in page


def test_nobody_sees_more_than_before(people: Cast, marc: FlaskClient) -> None:
    one, other = pair(people)
    merge(one, people.sam, other)
    assert marc.get(f"/tickets/{one.id}").status_code == 404
    page = marc.get(f"/tickets/{other.id}").text
    assert "Because" not in page and "Hers" not in page and f"#{one.id}" not in page


def test_who_does_not_see_the_other_is_told_nothing_of_it_and_still_answered(
    people: Cast, marc: FlaskClient, sam: FlaskClient
) -> None:
    one, other = pair(people)
    merge(other, people.sam, one)
    page = marc.get(f"/tickets/{other.id}").text
    assert "Hers" not in page and f"#{one.id}" not in page
    assert marc.post(f"/tickets/{other.id}/comments", data={"body": "Still broken"}).status_code == 303
    assert "Still broken" in sam.get(f"/tickets/{one.id}").text


def test_what_is_written_meanwhile_is_kept_and_sent_to_where_it_goes_on(people: Cast, claire: FlaskClient) -> None:
    one, other = pair(people)
    merge(one, people.sam, other)
    answer = claire.post(f"/tickets/{one.id}/comments", data={"body": "My long answer", "form_key": "k"})
    assert answer.status_code == 422 and "My long answer" in answer.text
    assert f'action="/tickets/{other.id}/comments"' in answer.text
    assert (
        claire.post(f"/tickets/{other.id}/comments", data={"body": "My long answer", "form_key": "k"}).status_code
        == 303
    )
    assert Comment.get(Comment.body == "My long answer").ticket == other


def test_a_merge_is_taken_back(people: Cast, sam: FlaskClient) -> None:
    one, other = pair(people)
    merge(one, people.sam, other)
    answer = sam.delete(f"/tickets/{one.id}/merge", headers=HTMX)
    assert {"ticket", "side", "pulse"} <= regions(answer)
    assert (Ticket.get_by_id(one.id).is_closed, "Because" in sam.get(f"/tickets/{other.id}").text) == (False, False)


def test_a_merged_ticket_is_not_reopened_but_says_why(people: Cast, sam: FlaskClient) -> None:
    one, other = pair(people)
    merge(one, people.sam, other)
    assert sam.delete(f"/tickets/{one.id}/closure").status_code == 422
    assert Ticket.get_by_id(one.id).is_closed


def test_others_merge_nothing(people: Cast, claire: FlaskClient, zoe: FlaskClient, nobody: FlaskClient) -> None:
    one, other = pair(people)
    sent = {"into": other.id}
    statuses = [browser.post(f"/tickets/{one.id}/merge", data=sent).status_code for browser in (claire, zoe, nobody)]
    assert statuses == [403, 404, 303]

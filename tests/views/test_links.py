"""POST /tickets/<id>/links: two tickets that belong together."""

from flask.testing import FlaskClient

from tests.people import Cast
from tests.views.answers import HTMX, regions
from trackr.models import Event, Link, Ticket


def pair(people: Cast) -> tuple[Ticket, Ticket]:
    """One of Claire's, one of Marc's."""
    return people.ticket(title="Hers"), people.ticket(people.marc, title="His own")


def test_a_duplicate_is_shown_on_both_sides(people: Cast, sam: FlaskClient) -> None:
    one, other = pair(people)
    answer = sam.post(f"/tickets/{one.id}/links", data={"number": f"#{other.id}", "kind": "duplicate"})
    assert (answer.status_code, answer.location) == (303, f"/tickets/{one.id}")
    page, there = (sam.get(f"/tickets/{ticket.id}").text for ticket in (one, other))
    assert "Duplicate of" in page and "His own" in page and "Close as a duplicate" in page
    assert "Has a duplicate:" in there and "Hers" in there and "Close as a duplicate" not in there


def test_htmx_is_answered_with_what_moves(people: Cast, sam: FlaskClient) -> None:
    one, other = pair(people)
    answer = sam.post(f"/tickets/{one.id}/links", data={"number": other.id}, headers=HTMX)
    assert {"ticket", "side", "pulse"} <= regions(answer)


def test_bad_input_is_said_beside_what_was_typed(people: Cast, sam: FlaskClient) -> None:
    one, _ = pair(people)
    for number in ("x", "", "999", str(one.id)):
        answer = sam.post(f"/tickets/{one.id}/links", data={"number": number})
        assert answer.status_code == 422 and 'id="link-error"' in answer.text
        assert not number or f'value="{number}"' in answer.text
    assert Link.select().count() == 0


def test_a_client_never_learns_of_a_linked_ticket_that_is_not_theirs(
    people: Cast, marc: FlaskClient, claire: FlaskClient
) -> None:
    one, other = pair(people)
    Link.join(other, people.sam, one)
    page = marc.get(f"/tickets/{other.id}").text
    assert "Hers" not in page and f"#{one.id}" not in page and "Linked tickets" not in page
    assert "Hers" in claire.get(f"/tickets/{other.id}").text


def test_a_link_across_projects_is_shown_to_who_sees_both(people: Cast, claire: FlaskClient, sam: FlaskClient) -> None:
    one = people.ticket()
    Link.join(one, people.sam, Ticket.open(people.shop, people.zoe, title="Elsewhere"))
    assert "Elsewhere" in sam.get(f"/tickets/{one.id}").text
    assert "Elsewhere" not in claire.get(f"/tickets/{one.id}").text


def test_two_tickets_have_one_link_and_it_can_be_said_anew(people: Cast) -> None:
    one, other = pair(people)
    for first, second, kind in ((one, other, "related"), (other, one, "related"), (other, one, "duplicate")):
        Link.join(first, people.sam, second, kind)
    assert [(link.ticket, link.other, link.kind) for link in Link.select()] == [(other, one, "duplicate")]


def test_a_link_is_removed_from_either_side(people: Cast, sam: FlaskClient) -> None:
    one, other = pair(people)
    link = Link.join(one, people.sam, other)
    assert sam.delete(f"/tickets/{other.id}/links/{link.id}").status_code == 303
    assert Link.select().count() == 0
    assert Event.select().where(Event.kind == "ticket.unlinked").count() == 2


def test_a_link_of_another_ticket_is_not_there(people: Cast, sam: FlaskClient) -> None:
    one, other = pair(people)
    link = Link.join(one, people.sam, other)
    assert sam.delete(f"/tickets/{people.ticket().id}/links/{link.id}").status_code == 404


def test_others_link_nothing(people: Cast, claire: FlaskClient, zoe: FlaskClient, nobody: FlaskClient) -> None:
    one, other = pair(people)
    sent = {"number": other.id}
    statuses = [browser.post(f"/tickets/{one.id}/links", data=sent).status_code for browser in (claire, zoe, nobody)]
    assert (statuses, Link.select().count()) == ([403, 404, 303], 0)

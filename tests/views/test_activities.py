"""GET, POST /activities, GET …/<id>/edit, PATCH …/<id>, POST and DELETE …/<id>/archival."""

import pytest
from flask.testing import FlaskClient

from tests.people import Cast
from tests.views.answers import HTMX, form_in, is_page, regions
from trackr.models import Activity

ACTIVITIES = "/activities"
AUDIT = {"name": "Audit", "percent": "125", "minimum": "30"}


def named(name: str) -> Activity:
    return Activity.get(Activity.name == name)


def address(name: str) -> str:
    return f"{ACTIVITIES}/{named(name).id}"


def order() -> list[str]:
    return [activity.name for activity in Activity.offered()]


def test_the_owner_sees_what_an_hour_of_each_is_worth(olive: FlaskClient) -> None:
    text = olive.get(ACTIVITIES).text.replace("\u00a0", " ")
    assert "Out of hours" in text and "1 h 30" in text and "never valued" in text


def test_it_is_reached_from_the_agency_s_tabs_and_from_a_project_s_settings(
    olive: FlaskClient, sam: FlaskClient
) -> None:
    for page in ("/agency", "/projects/intranet/settings"):
        assert f'href="{ACTIVITIES}"' in olive.get(page).text
    assert f'href="{ACTIVITIES}"' not in sam.get("/").text


def test_one_is_added(olive: FlaskClient) -> None:
    answer = olive.post(ACTIVITIES, data=AUDIT)
    assert (answer.status_code, answer.location) == (303, ACTIVITIES)
    audit = named("Audit")
    assert (audit.percent, audit.minimum, order()[-1]) == (125, 30, "Audit")


def test_without_figures_an_hour_is_worth_an_hour(olive: FlaskClient) -> None:
    olive.post(ACTIVITIES, data={"name": "Audit"})
    assert (named("Audit").percent, named("Audit").minimum) == (100, 0)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", " "), ("name", "x" * 61), ("name", "support"), ("percent", "1001"), ("percent", "-1"),
        ("percent", "1.5"), ("minimum", "1441"), ("minimum", "soon"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_marked_and_what_was_typed_is_kept(field: str, typed: str, olive: FlaskClient) -> None:
    for way, place in ((olive.post, ACTIVITIES), (olive.patch, address("Training"))):
        answer = way(place, data=AUDIT | {field: typed})
        form = form_in(answer, place)
        assert (answer.status_code, form.invalid, form.values[field]) == (422, {field}, typed)
    assert len(order()) == 6 and named("Training")


def test_one_is_mended(olive: FlaskClient) -> None:
    place = address("Training")
    values = form_in(olive.get(f"{place}/edit"), place).values
    assert values == {"_method": "PATCH", "name": "Training", "percent": "100", "minimum": "0"}
    assert olive.post(place, data=values | {"percent": "50"}).location == ACTIVITIES
    assert named("Training").percent == 50


def test_what_is_not_sent_stays(olive: FlaskClient) -> None:
    olive.patch(address("On site"), data={"percent": "110"})
    assert (named("On site").percent, named("On site").minimum, order()[2]) == (110, 120, "On site")


def test_htmx_moves_one_and_is_brought_the_list(olive: FlaskClient) -> None:
    answer = olive.patch(address("Assistance"), data={"position": "0"}, headers=HTMX)
    assert order()[:2] == ["Assistance", "Support"]
    assert not is_page(answer) and 'id="activities"' in answer.text and "live" in regions(answer)


def test_the_plain_buttons_move_too(olive: FlaskClient) -> None:
    place = address("Support")
    values = form_in(olive.get(ACTIVITIES), place).values
    assert olive.post(place, data=values | {"position": "1"}).status_code == 303
    assert order()[:2] == ["Assistance", "Support"]


def test_an_archived_one_is_listed_apart_and_offered_again(olive: FlaskClient) -> None:
    place = f"{address('Training')}/archival"
    assert form_in(olive.get(f"{address('Training')}/edit"), place).values == {}
    assert olive.post(place).location == ACTIVITIES
    assert "Training" not in order()
    assert form_in(olive.get(ACTIVITIES), place).values == {"_method": "DELETE"}
    answer = olive.post(place, data={"_method": "DELETE"}, headers=HTMX)
    assert answer.status_code == 200 and order()[-1] == "Training"


def test_one_whose_name_is_taken_meanwhile_stays_archived(people: Cast, olive: FlaskClient) -> None:
    place = f"{address('Training')}/archival"
    olive.post(place)
    Activity.add(people.olive, name="Training")
    for headers in ({}, HTMX):
        answer = olive.delete(place, headers=headers)
        assert answer.status_code == 422 and "Another one goes by this name." in answer.text


def test_without_any_the_page_says_so(olive: FlaskClient) -> None:
    Activity.delete().execute()
    assert "No activities" in olive.get(ACTIVITIES).text


def test_only_the_owner_may(sam: FlaskClient, claire: FlaskClient) -> None:
    for browser in (sam, claire):
        assert browser.get(ACTIVITIES).status_code == browser.post(ACTIVITIES, data=AUDIT).status_code == 403
    assert sam.patch(address("Training"), data=AUDIT).status_code == 403
    assert claire.patch(address("Training"), data=AUDIT).status_code == 404


def test_one_that_does_not_exist_is_not_found(olive: FlaskClient) -> None:
    assert olive.get(f"{ACTIVITIES}/999/edit").status_code == 404


def test_signed_out_is_led_to_the_sign_in(nobody: FlaskClient) -> None:
    assert nobody.get(ACTIVITIES).location == f"/sign-in?next={ACTIVITIES}"
    assert nobody.post(ACTIVITIES, data=AUDIT).status_code == 303 and len(order()) == 6

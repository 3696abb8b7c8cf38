"""Lists of tickets kept under a name, for oneself or for everybody of the agency."""

import pytest
from flask.testing import FlaskClient

from tests.people import Cast
from tests.views.answers import HTMX, form_in
from trackr.models import Event, SavedView
from trackr.models.saved_view import MOST

SENT = {"project": "intranet", "name": "Urgent forms", "query": "q=form&priority=urgent&page=3&x=y"}
LIST = "/projects/intranet/tickets"


def keep(people: Cast, shared: bool = False, name: str = "Sam’s own") -> SavedView:
    return SavedView.keep(people.sam, people.intranet, name=name, query="sort=title", shared=shared)


def test_a_view_is_kept_with_what_can_be_read_of_its_query(people: Cast, sam: FlaskClient) -> None:
    answer = sam.post("/views", data=SENT)
    view = SavedView.get()
    assert (answer.status_code, answer.location) == (303, f"{LIST}?q=form&priority=urgent")
    assert (view.name, view.query, view.shared, view.person) == (
        "Urgent forms", "q=form&priority=urgent", False, people.sam,
    )  # fmt: skip
    assert f'href="{LIST}?q=form&amp;priority=urgent"' in sam.get(LIST).text


def test_htmx_is_led_to_the_list(sam: FlaskClient) -> None:
    assert sam.post("/views", data=SENT, headers=HTMX).headers["HX-Redirect"].startswith(LIST)


def test_a_client_keeps_views_of_their_own_and_shares_none(claire: FlaskClient, marc: FlaskClient) -> None:
    claire.post("/views", data=SENT | {"shared": "1"})
    assert not SavedView.get().shared
    assert "Urgent forms" in claire.get(LIST).text and "Urgent forms" not in marc.get(LIST).text


def test_what_is_shared_all_staff_see_and_no_client(
    people: Cast, olive: FlaskClient, sam: FlaskClient, claire: FlaskClient
) -> None:
    sam.post("/views", data=SENT | {"shared": "1"})
    keep(people)
    assert "Urgent forms" in olive.get(LIST).text and "Sam’s own" not in olive.get(LIST).text
    assert "Urgent forms" not in claire.get(LIST).text
    assert [event.kind for event in Event.select().where(Event.kind.startswith("view"))] == ["view.kept"]


def test_there_are_views_of_the_list_of_all_projects(sam: FlaskClient, claire: FlaskClient) -> None:
    assert sam.post("/views", data=SENT | {"project": ""}).location == "/tickets?q=form&priority=urgent"
    assert "Urgent forms" in sam.get("/tickets").text and "Urgent forms" not in sam.get(LIST).text
    assert form_in(claire.post("/views", data=SENT | {"project": ""}), "/views").invalid == {"project"}


def test_a_view_is_renamed_shared_and_removed(people: Cast, sam: FlaskClient) -> None:
    address = f"/views/{keep(people).id}"
    assert form_in(sam.get(f"{address}/edit"), address).values["name"] == "Sam’s own"
    assert sam.patch(address, data={"name": "Ours", "shared": "1"}).location == f"{LIST}?sort=title"
    assert (SavedView.get().name, SavedView.get().shared, SavedView.get().query) == ("Ours", True, "sort=title")
    assert sam.delete(address).location == LIST and SavedView.select().count() == 0


def test_what_is_not_one_s_own_is_not_there_but_the_owner_may_mend_what_is_shared(
    people: Cast, olive: FlaskClient, claire: FlaskClient, nobody: FlaskClient
) -> None:
    own, shared = f"/views/{keep(people).id}", f"/views/{keep(people, shared=True).id}"
    assert olive.patch(own, data={"name": "Mine"}).status_code == claire.delete(shared).status_code == 404
    assert nobody.delete(shared).status_code == 303 and SavedView.select().count() == 2
    assert olive.delete(shared).status_code == 303 and SavedView.select().count() == 1


@pytest.mark.parametrize("name", ["", "  ", "x" * 61])
def test_a_view_needs_a_name(name: str, people: Cast, sam: FlaskClient) -> None:
    answer = sam.post("/views", data=SENT | {"name": name})
    form = form_in(answer, "/views")
    assert (answer.status_code, form.invalid, form.values["query"]) == (422, {"name"}, "q=form&priority=urgent")
    address = f"/views/{keep(people).id}"
    assert form_in(sam.patch(address, data={"name": name}), address).invalid == {"name"}


def test_very_many_are_refused(people: Cast, sam: FlaskClient) -> None:
    for number in range(MOST):
        keep(people, name=str(number))
    assert sam.post("/views", data=SENT).status_code == 422


def test_a_project_of_others_has_no_views(zoe: FlaskClient) -> None:
    refused = zoe.post("/views", data=SENT)
    assert (refused.status_code, form_in(refused, "/views").invalid) == (422, {"project"})
    assert "Intranet" not in refused.text and "Online shop" in refused.text
    assert zoe.get("/views/new?project=intranet").status_code == 404
    assert SavedView.select().count() == 0

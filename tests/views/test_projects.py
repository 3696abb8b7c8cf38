"""GET /projects/<slug>, POST /projects, GET and PATCH /projects/<slug>/settings."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.people import Cast
from tests.views.answers import HTMX, form_in, is_page
from trackr.models import Project
from trackr.reach.board import LATEST_DONE, MOST_OPEN

NEW = {"name": "Salle des fêtes", "client": "Town hall"}
SETTINGS = "/projects/intranet/settings"


def intranet() -> Project:
    return Project.get(Project.slug == "intranet")


def test_the_board_shows_the_tickets(people: Cast, sam: FlaskClient, claire: FlaskClient) -> None:
    ticket = people.ticket(title="The <form> loses the date")
    for browser in (sam, claire):
        answer = browser.get("/projects/intranet")
        assert answer.status_code == 200 and is_page(answer)
        assert f'id="t-{ticket.id}"' in answer.text and "The &lt;form&gt; loses the date" in answer.text


def test_htmx_is_answered_with_the_board_alone(sam: FlaskClient) -> None:
    answer = sam.get("/projects/intranet", headers=HTMX)
    assert not is_page(answer) and 'id="board"' in answer.text


def test_going_back_in_the_browser_s_history_brings_the_whole_page(sam: FlaskClient) -> None:
    answer = sam.get("/projects/intranet", headers=HTMX | {"HX-History-Restore-Request": "true"})
    assert is_page(answer)


def test_a_client_of_own_tickets_sees_theirs(people: Cast, marc: FlaskClient) -> None:
    theirs, others = people.ticket(people.marc), people.ticket(people.claire)
    text = marc.get("/projects/intranet").text
    assert f'id="t-{theirs.id}"' in text and f'id="t-{others.id}"' not in text


def test_only_the_latest_of_the_done_tickets_are_on_the_board(people: Cast, sam: FlaskClient) -> None:
    done = people.intranet.ordered_columns()[-1]
    tickets = [people.ticket(column=done) for _ in range(LATEST_DONE + 3)]
    text = sam.get("/projects/intranet").text
    assert [ticket for ticket in tickets if f'id="t-{ticket.id}"' in text] == tickets[3:]
    assert f'/projects/intranet/tickets?column={done.id}">All {LATEST_DONE + 3} done</a>' in text


def test_of_a_full_column_the_first_are_shown_unless_all_are_asked_for(people: Cast, sam: FlaskClient) -> None:
    for _ in range(MOST_OPEN + 2):
        people.ticket()
    first = people.intranet.ordered_columns()[0].id
    board, whole = sam.get("/projects/intranet").text, sam.get(f"/projects/intranet?column={first}").text
    assert (board.count('class="card"'), whole.count('class="card"')) == (MOST_OPEN, MOST_OPEN + 2)
    assert f'/projects/intranet?column={first}">Show all 102</a>' in board
    page = {"HX-Request": "true", "HX-Current-URL": f"http://localhost/projects/intranet?column={first}"}
    answer = sam.put("/tickets/1/placement", data={"column": first, "board": "1"}, headers=page)
    assert answer.text.count('class="card"') == MOST_OPEN + 2


def test_every_column_takes_new_tickets_at_its_foot(people: Cast, sam: FlaskClient) -> None:
    assert sam.get("/projects/intranet").text.count('name="stay"') == 4


def test_a_stranger_finds_nothing(zoe: FlaskClient) -> None:
    assert zoe.get("/projects/intranet").status_code == zoe.get("/projects/nowhere").status_code == 404


def test_signed_out_is_led_to_the_sign_in(nobody: FlaskClient) -> None:
    assert nobody.get("/projects/intranet").location == "/sign-in?next=/projects/intranet"
    assert nobody.post("/projects", data=NEW).status_code == 303
    assert Project.select().count() == 2


def test_the_owner_makes_a_project(olive: FlaskClient) -> None:
    answer = olive.post("/projects", data=NEW | {"slug": "hall", "billing": "postpaid", "increment": "30"})
    assert (answer.status_code, answer.location) == (303, "/projects/hall")
    project = Project.get(Project.slug == "hall")
    assert (project.name, project.client, project.billing, project.increment) == (
        "Salle des fêtes", "Town hall", "postpaid", 30,
    )  # fmt: skip
    assert olive.get("/projects/hall").status_code == 200


def test_the_short_name_is_made_of_the_name(olive: FlaskClient) -> None:
    assert olive.post("/projects", data=NEW).location == "/projects/salle-des-fetes"


def test_a_project_lives_in_the_agency_s_time_zone_and_language(people: Cast, olive: FlaskClient) -> None:
    people.agency.timezone, people.agency.language = "America/Montreal", "fr"
    people.agency.save()
    olive.post("/projects", data=NEW | {"slug": "hall"})
    project = Project.get(Project.slug == "hall")
    assert (project.timezone, project.language) == ("America/Montreal", "fr")
    assert "New" not in [column.name for column in project.ordered_columns()]


def test_htmx_is_told_where_the_new_project_is(olive: FlaskClient) -> None:
    answer = olive.post("/projects", data=NEW | {"slug": "hall"}, headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/projects/hall")


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""), ("name", "x" * 101), ("client", " "), ("slug", "shop"), ("slug", "new"), ("slug", "Town Hall"),
        ("slug", "../etc"), ("slug", "a--b"), ("slug", "x" * 61), ("increment", "0"), ("increment", "x"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_marked_and_what_was_typed_is_kept(field: str, typed: str, olive: FlaskClient) -> None:
    sent = NEW | {"slug": "hall", "billing": "postpaid"} | {field: typed}
    answer = olive.post("/projects", data=sent)
    form = form_in(answer, "/projects")
    assert (answer.status_code, form.invalid) == (422, {field})
    assert {name: form.values.get(name) for name in sent if name != "increment"} == {
        name: value for name, value in sent.items() if name != "increment"
    }
    assert Project.select().count() == 2


def test_a_name_without_letters_asks_for_a_short_name(olive: FlaskClient) -> None:
    answer = olive.post("/projects", data=NEW | {"name": "★"})
    assert (answer.status_code, form_in(answer, "/projects").invalid) == (422, {"slug"})


def test_only_the_owner_makes_projects_and_changes_them(sam: FlaskClient, claire: FlaskClient) -> None:
    for browser in (sam, claire):
        assert browser.post("/projects", data=NEW).status_code == 403
        assert browser.get("/projects/new").status_code == 403
        assert browser.get(SETTINGS).status_code == 403
        assert browser.patch(SETTINGS, data={"name": "Mine"}).status_code == 403
    assert intranet().name == "Intranet"


def test_a_stranger_finds_no_settings(zoe: FlaskClient) -> None:
    assert zoe.get(SETTINGS).status_code == zoe.patch(SETTINGS, data={"name": "Mine"}).status_code == 404


@pytest.mark.parametrize(
    ("field", "typed", "stored"),
    [
        ("name", "Intranet 2", "Intranet 2"), ("client", "City hall", "City hall"), ("increment", "15", 15),
        ("minimum", "30", 30), ("per", "day", "day"), ("review_hours", "48", 48), ("detail", "total", "total"),
        ("timezone", "Europe/Berlin", "Europe/Berlin"), ("billing", "postpaid", "postpaid"), ("at_zero", "ask", "ask"),
        ("warn_percents", " 100 % ; 50,90,50", "50,90,100"), ("warn_days", "7, 30, 60", "60,30,7"),
        ("warn_days", " ", ""),
    ],
)  # fmt: skip
def test_a_setting_is_changed_alone(field: str, typed: str, stored: Any, olive: FlaskClient) -> None:
    before = vars(intranet())["__data__"]
    answer = olive.patch(SETTINGS, data={field: typed})
    assert (answer.status_code, answer.location) == (303, SETTINGS)
    after = vars(intranet())["__data__"]
    assert {name for name in before if not name.endswith("_version") and after[name] != before[name]} == {field}
    assert after[field] == stored


def test_a_plain_form_changes_settings_and_htmx_does(olive: FlaskClient) -> None:
    assert olive.post(SETTINGS, data={"_method": "PATCH", "increment": "15", "grace": "5"}).status_code == 303
    assert (intranet().increment, intranet().grace) == (15, 5)
    answer = olive.patch(SETTINGS, data={"increment": "30"}, headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Redirect"], intranet().increment) == (204, SETTINGS, 30)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", ""), ("client", ""), ("increment", "0"), ("increment", "481"), ("increment", "1.5"),
        ("minimum", "-1"), ("grace", "1"), ("per", "week"), ("review_hours", "745"), ("detail", "all"),
        ("at_zero", "stop"), ("warn_percents", "0"), ("warn_percents", "101"), ("warn_percents", "75 or so"),
        ("warn_percents", "1,2,3,4,5,6"), ("warn_days", "366"), ("warn_days", "-7"), ("warn_days", "9" * 30),
        ("timezone", "Paris"), ("timezone", "../etc/passwd"), ("timezone", ""), ("billing", "free"),
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_is_marked(field: str, typed: str, olive: FlaskClient) -> None:
    before = vars(intranet())["__data__"]
    answer = olive.patch(SETTINGS, data={field: typed})
    assert (answer.status_code, form_in(answer, SETTINGS).invalid) == (422, {field})
    assert vars(intranet())["__data__"] == before


def test_the_grace_is_shorter_than_the_increment(olive: FlaskClient) -> None:
    olive.patch(SETTINGS, data={"increment": "15", "grace": "5"})
    answer = olive.patch(SETTINGS, data={"increment": "5"})
    assert (answer.status_code, intranet().increment) == (422, 15)


def test_a_form_sent_as_it_came_changes_nothing(people: Cast, olive: FlaskClient) -> None:
    before = vars(intranet())["__data__"]
    assert olive.post(SETTINGS, data=form_in(olive.get(SETTINGS), SETTINGS).values).status_code == 303
    assert vars(intranet())["__data__"] == before


def test_what_statements_carry_is_set(olive: FlaskClient) -> None:
    words = {"client_address": "Place 1\n34400 Lunel", "client_vat_number": "FR12", "client_reference": "Order 7"}
    olive.patch(SETTINGS, data=words | {"closes": "weekly", "closes_empty": "1", "seen_days": "15", "rate": "1 085,5"})
    project = Project.get(Project.slug == "intranet")
    assert {name: getattr(project, name) for name in words} == words
    assert (project.closes, project.closes_empty, project.seen_days, project.rate_cents) == ("weekly", True, 15, 108550)
    assert 'value="1085.50"' in olive.get(SETTINGS).text
    olive.patch(SETTINGS, data={"closes_empty": "0", "rate": ""})
    project = Project.get(Project.slug == "intranet")
    assert (project.closes, project.closes_empty, project.rate_cents) == ("weekly", False, None)
    assert olive.patch(SETTINGS, data={"rate": "85.555"}).status_code == 422


def test_settings_that_cannot_be_taken_come_back_as_typed(olive: FlaskClient) -> None:
    answer = olive.patch(SETTINGS, data={"name": "Other", "increment": "soon"})
    values = form_in(answer, SETTINGS).values
    assert (values["name"], values["increment"]) == ("Other", "soon")

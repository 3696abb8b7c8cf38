"""GET, PUT /projects/<project>/templates: what new tickets begin with, by kind."""

from flask.testing import FlaskClient

from tests.views.answers import HTMX, form_in
from trackr.models import Event, Template

PLACE = "/projects/intranet/templates"
BODIES = {"support": "Since when?", "assistance": "What for?"}
NEW = "/projects/intranet/tickets"


def test_the_owner_sets_what_tickets_begin_with(olive: FlaskClient, claire: FlaskClient) -> None:
    values = form_in(olive.get(PLACE), PLACE).values
    assert olive.post(PLACE, data=values | BODIES).location == PLACE
    assert form_in(olive.get(PLACE), PLACE).values["support"] == "Since when?"
    assert form_in(claire.get(f"{NEW}/new"), NEW).values["body"] == "Since when?"
    assert form_in(claire.get(f"{NEW}/new?kind=assistance"), NEW).values["body"] == "What for?"
    assert form_in(claire.get(f"{NEW}/new?kind=x"), NEW).values["body"] == "Since when?"


def test_an_empty_one_is_taken_away_and_what_is_not_sent_stays(olive: FlaskClient) -> None:
    olive.put(PLACE, data=BODIES)
    olive.put(PLACE, data={"support": ""}, headers=HTMX)
    assert [(one.kind, one.body) for one in Template.select()] == [("assistance", "What for?")]


def test_the_same_again_is_no_change(olive: FlaskClient) -> None:
    olive.put(PLACE, data=BODIES)
    olive.put(PLACE, data=BODIES)
    assert Event.select().where(Event.kind == "template.changed").count() == 1


def test_it_is_reached_from_the_settings(olive: FlaskClient) -> None:
    assert f'href="{PLACE}"' in olive.get("/projects/intranet/settings").text


def test_too_long_a_text_comes_back(olive: FlaskClient) -> None:
    answer = olive.put(PLACE, data=BODIES | {"support": "a" * 5001})
    form = form_in(answer, PLACE)
    assert (answer.status_code, form.invalid, form.values["assistance"]) == (422, {"support"}, "What for?")


def test_it_is_the_owner_s_and_strangers_find_nothing(
    sam: FlaskClient, claire: FlaskClient, zoe: FlaskClient, nobody: FlaskClient
) -> None:
    assert [client.put(PLACE, data=BODIES).status_code for client in (sam, claire, zoe)] == [403, 403, 404]
    assert nobody.get(PLACE).location == f"/sign-in?next={PLACE}"

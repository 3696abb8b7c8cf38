"""GET, PUT /opening-hours, POST /days-off, DELETE /days-off/<id>."""

import pytest
from flask.testing import FlaskClient

from tests.views.answers import HTMX, form_in
from trackr.models import Agency, DayOff

HOURS, OFF = "/opening-hours", "/days-off"
CLOSED = {"name": "Annual closing", "first_on": "2026-08-03", "last_on": "2026-08-14"}


def stored() -> Agency:
    return Agency.get()


def test_the_owner_changes_them_and_the_time_zone(olive: FlaskClient) -> None:
    values = form_in(olive.get(HOURS), HOURS).values
    assert (values["monday"], values["sunday"], values["timezone"]) == ("9:00-18:00", "", "Europe/Paris")
    typed = values | {"monday": "9h-12h30, 14-18", "friday": "", "timezone": "Europe/Lisbon"}
    assert olive.post(HOURS, data=typed).location == HOURS
    assert (stored().week[0], stored().week[4]) == (((540, 750), (840, 1080)), ())
    assert form_in(olive.get(HOURS), HOURS).values["monday"] == "9:00-12:30, 14:00-18:00"
    assert olive.put(HOURS, data={"saturday": "10-12"}, headers=HTMX).headers["HX-Redirect"] == HOURS
    assert (stored().week[0][0], stored().week[5], stored().timezone) == ((540, 750), ((600, 720),), "Europe/Lisbon")


@pytest.mark.parametrize(("field", "typed"), [("monday", "nine"), ("sunday", "9-12, 11-13"), ("timezone", "Mars")])
def test_what_is_wrong_is_marked_and_what_was_typed_is_kept(olive: FlaskClient, field: str, typed: str) -> None:
    answer = olive.put(HOURS, data={field: typed})
    form = form_in(answer, HOURS)
    assert (answer.status_code, form.invalid) == (422, {field})
    assert field == "timezone" or form.values[field] == typed


def test_never_open_is_refused(olive: FlaskClient) -> None:
    days = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    answer = olive.put(HOURS, data=dict.fromkeys(days, ""))
    assert answer.status_code == 422 and "an hour a week at least" in answer.text and stored().week[0]


def test_days_off_are_added_listed_and_removed(olive: FlaskClient) -> None:
    assert olive.post(OFF, data=CLOSED).location == HOURS
    olive.post(OFF, data={"name": "Christmas", "first_on": "2026-12-25"}, headers=HTMX)
    page = olive.get(HOURS).text
    assert "Annual closing" in page and "3 to 14 August" in page and "Friday 25 December" in page
    for day_off in DayOff.listed():
        assert form_in(olive.get(HOURS), f"{OFF}/{day_off.id}").values == {"_method": "DELETE"}
        assert olive.post(f"{OFF}/{day_off.id}", data={"_method": "DELETE"}).location == HOURS
    assert DayOff.listed() == []


@pytest.mark.parametrize(
    ("field", "typed"),
    [("name", " "), ("first_on", ""), ("first_on", "soon"), ("last_on", "2026-08-01"), ("last_on", "2027-08-01"),
     ("first_on", "2026-07-01")],
)  # fmt: skip
def test_days_that_cannot_be_off_are_marked(olive: FlaskClient, field: str, typed: str) -> None:
    olive.post(OFF, data={"name": "Feast", "first_on": "2026-07-14"})
    form = form_in(answer := olive.post(OFF, data=CLOSED | {field: typed}), OFF)
    assert (answer.status_code, form.values[field], field in form.invalid) == (422, typed, True)
    assert len(DayOff.listed()) == 1


def test_only_the_owner_may(sam: FlaskClient, claire: FlaskClient, nobody: FlaskClient) -> None:
    for browser, status in ((sam, 403), (claire, 403), (nobody, 303)):
        assert browser.get(HOURS).status_code == browser.put(HOURS).status_code == status
        assert browser.post(OFF, data=CLOSED).status_code == status
    assert "/opening-hours" not in sam.get("/").text

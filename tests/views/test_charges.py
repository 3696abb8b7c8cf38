"""GET /charges, /charges.csv, PATCH /charges/<id>: what is to be billed, and the invoice that takes it."""

import csv
import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from tests.hours.documents import january
from tests.people import Cast
from tests.views.answers import HTMX, form_in
from trackr.models import Charge

CHARGES = "/charges"


@pytest.fixture
def charge(people: Cast) -> Charge:
    """One of a statement, and one of a pack whose reference begins like a formula."""
    people.intranet.change(people.olive, rate_cents=8000)
    statement = people.statement(replace(january(), rate_cents=9000))
    people.pack(10, reference="=1+1")
    return Charge.create(project=people.intranet, statement=statement, minutes=450)


def test_what_is_to_be_billed_stands_with_its_amount_by_the_rate_of_its_time(
    charge: Charge, olive: FlaskClient
) -> None:
    text = olive.get(CHARGES).text.replace("\u00a0", " ")
    assert "Statement 12, January 2026" in text and "€675.00" in text and "=1+1" in text and "€800.00" in text
    assert "€1,475.00" in text and "17 h 30" in text


def test_the_invoice_is_noted_then_paid_and_can_be_taken_back(charge: Charge, olive: FlaskClient) -> None:
    address = f"{CHARGES}/{charge.id}"
    form = form_in(olive.get(f"{address}/edit"), address)
    assert (form.values["state"], form.values["invoiced_on"]) == ("invoiced", "2026-03-14")
    answer = olive.post(address, data=form.values | {"invoice": "F-2026-9"})
    assert (answer.status_code, answer.location) == (303, CHARGES)
    assert "Invoice F-2026-9 of 14 March" in olive.get(f"{CHARGES}?state=invoiced").text
    olive.post(address, data={"_method": "PATCH", "state": "paid"})  # the button of the list
    assert (Charge.get_by_id(charge.id).invoice, Charge.get_by_id(charge.id).state) == ("F-2026-9", "paid")
    assert olive.patch(address, data={"state": "open"}, headers=HTMX).headers["HX-Redirect"] == CHARGES
    assert Charge.get_by_id(charge.id).is_open


def test_what_is_wrong_is_marked_and_what_was_typed_is_kept(charge: Charge, olive: FlaskClient) -> None:
    address = f"{CHARGES}/{charge.id}"
    answer = olive.patch(address, data={"state": "paid", "invoice": "", "paid_on": "soon"})
    form = form_in(answer, address)
    assert (answer.status_code, form.invalid, form.values["paid_on"]) == (422, {"invoice", "paid_on"}, "soon")
    assert Charge.get_by_id(charge.id).is_open


def test_the_list_is_narrowed_by_state_project_and_period(charge: Charge, olive: FlaskClient) -> None:
    found = {
        query: "Statement 12" in olive.get(f"{CHARGES}?{query}").text
        for query in (
            "state=paid",
            "project=shop",
            "period=2026-03",
            "period=2026",
            "period=2025",
            "period=x&state=all",
        )
    }
    assert [query for query, is_there in found.items() if is_there] == [
        "period=2026-03", "period=2026", "period=x&state=all",
    ]  # fmt: skip


def test_the_accounts_are_handed_a_csv_without_formulas(charge: Charge, olive: FlaskClient) -> None:
    rows = list(csv.DictReader(olive.get("/charges.csv").get_data().decode("utf-8-sig").splitlines()))
    assert sorted(row["Pack"] for row in rows) == ["", "'=1+1"]
    of_statement = next(row for row in rows if row["Statement"])
    told = ("Hours", "Rate", "Amount", "Currency", "From", "To")
    assert [of_statement[name] for name in told] == ["7.50", "90.00", "675.00", "EUR", "2026-01-01", "2026-01-31"]


def test_it_is_the_owner_s(charge: Charge, sam: FlaskClient, claire: FlaskClient, nobody: FlaskClient) -> None:
    for browser, lists, one in ((sam, 403, 404), (claire, 403, 404), (nobody, 303, 303)):
        assert [browser.get(address).status_code for address in (CHARGES, "/charges.csv")] == [lists] * 2
        assert browser.patch(f"{CHARGES}/{charge.id}", data={"state": "void"}).status_code == one
    assert Charge.get_by_id(charge.id).is_open


def test_that_of_an_archived_project_is_billed_all_the_same(people: Cast, charge: Charge, olive: FlaskClient) -> None:
    people.intranet.archive(people.olive)
    sent = {"state": "invoiced", "invoice": "F-1"}
    assert olive.patch(f"{CHARGES}/{charge.id}", data=sent).status_code == 303


def test_several_are_put_on_one_invoice_at_once_or_none(people: Cast, charge: Charge, olive: FlaskClient) -> None:
    both = [str(one.id) for one in Charge.select()]
    sent = {"charges": both, "state": "invoiced", "invoice": "F-2026-9", "invoiced_on": "2026-03-02"}
    answer = olive.post(f"{CHARGES}/bulk?project=intranet", data=sent)
    assert (answer.status_code, answer.location) == (303, f"{CHARGES}?project=intranet")
    assert {(one.state, one.invoice, str(one.invoiced_on)) for one in Charge.select()} == {
        ("invoiced", "F-2026-9", "2026-03-02")
    }
    olive.post(f"{CHARGES}/bulk", data={"charges": both, "state": "paid", "invoice": "", "paid_on": ""})
    assert {(one.state, one.invoice, str(one.paid_on)) for one in Charge.select()} == {
        ("paid", "F-2026-9", "2026-03-14")
    }
    charge.move(people.olive, "open")
    answer = olive.post(f"{CHARGES}/bulk?state=all", data={"charges": both, "state": "paid", "paid_on": "2026-03-10"})
    form = form_in(answer, f"{CHARGES}/bulk?state=all")
    assert (answer.status_code, form.invalid, form.values["paid_on"]) == (422, {"invoice"}, "2026-03-10")
    assert len(re.findall(r'value="\d+" checked', answer.text)) == 2 and Charge.get_by_id(charge.id).is_open
    assert olive.post(f"{CHARGES}/bulk", data={"state": "paid"}).status_code == 422

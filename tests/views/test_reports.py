"""GET /reports, /reports/<table>.csv, GET and PUT /reports/rates: the owner's figures, and those of staff."""

import csv

import pytest
from flask.testing import FlaskClient

from tests.people import Cast
from tests.views.answers import HTMX, form_in
from trackr.models import Event, Person, Project, Purchase, Satisfaction, Target, Ticket
from trackr.models.rates import set_rates
from trackr.reach.reports import OF_STAFF, OF_THE_OWNER

REPORTS, RATES = "/reports", "/reports/rates"
SPENT_BY_OLIVE = "7 h 07"


@pytest.fixture
def ticket(people: Cast) -> Ticket:
    """With an hour of Sam's valued at 45 minutes, and 7 h 07 of Olive's valued at nothing."""
    ticket = people.ticket()
    people.entry(ticket, 60, valued_minutes=45)
    people.entry(ticket, 427, people.olive, valued_minutes=0)
    return ticket


def rows(browser: FlaskClient, table: str, query: str = "") -> list[dict[str, str]]:
    answer = browser.get(f"{REPORTS}/{table}.csv{query}")
    assert answer.status_code == 200, table
    return list(csv.DictReader(answer.get_data().decode("utf-8-sig").splitlines()))


def test_the_owner_reads_all_of_it_on_one_page(people: Cast, olive: FlaskClient, ticket: Ticket) -> None:
    Target.set_for(people.intranet, people.olive, first={"normal": 240}, later={}, tells=False)
    people.comment(people.ticket(), people.sam)
    ticket.close(people.sam)
    Satisfaction.say(ticket, people.claire, answer="thanks")
    text = olive.get(REPORTS).text.replace("\u00a0", " ")
    for words in ("Sam Stone", SPENT_BY_OLIVE, "8 h 07", "Hours left", "100 %", "Open tickets by age", "Thank you"):
        assert words in text, words
    assert f"{REPORTS}/people.csv?period=12-months" in text


def test_what_waits_names_hours_asked_for_and_what_is_to_be_billed(people: Cast, olive: FlaskClient) -> None:
    Purchase.request(people.shop, people.zoe, minutes=600)
    people.pack()
    assert rows(olive, "waiting") == [
        waits(Project="Intranet", **{"To bill": "1"}),
        waits(Project="Online shop", **{"Minutes asked for": "600"}),
    ]
    text = olive.get(REPORTS).text
    assert "/charges?project=intranet" in text and "10 h" in text.replace("\u00a0", " ")


def waits(**some: str) -> dict[str, str]:
    """A line of what waits, with nothing in it but that."""
    counts = ("Open tickets", "Wait for us", "Wait for the client", "Minutes asked for", "To bill")
    return {"Longest since": "", **dict.fromkeys(counts, "0"), **some}


def test_staff_read_their_own_figures_alone_and_never_money(people: Cast, sam: FlaskClient, ticket: Ticket) -> None:
    set_rates(people.olive, costs={people.sam: 4321}, rates={people.intranet: 9876})
    text = sam.get(f"{REPORTS}?period=2026").text.replace("\u00a0", " ")
    assert "Your figures" in text and "1 h 00" in text
    assert not any(words in text for words in (SPENT_BY_OLIVE, "8 h 07", "Olive", "€", "Rates", "By person"))
    for table in OF_STAFF:
        assert not {"Value", "Cost", "Person"} & set(rows(sam, table)[0])
    assert rows(sam, "months", "?period=2026-03")[0]["Internal minutes"] == "60"


def test_a_member_of_some_projects_does_not_read_of_others(people: Cast, ticket: Ticket) -> None:
    from trackr.hours import report_period
    from trackr.reach import Reach
    from trackr.reach.reports import Report

    lee = people.person("lee", "staff", limited=True, shop=True)
    people.entry(ticket, 30, lee)
    today = people.intranet.today()
    report = Report(Reach(lee), report_period.read("2026", today), people.intranet.zone, today)
    assert (report.cells, report.projects) == ([], [])


def test_the_margin_stands_in_money_once_every_hour_has_its_rate(
    people: Cast, olive: FlaskClient, ticket: Ticket
) -> None:
    set_rates(people.olive, costs={people.sam: 4000}, rates={people.intranet: 10000})
    text = olive.get(REPORTS).text
    assert "None yet for: Olive Owen" in text and "€75.00" in text  # the value is known, the cost of Olive is not
    told = {row["Person"]: row["Margin"] for row in rows(olive, "people")}
    assert told == {"Sam Stone": "35.00", "Olive Owen": ""}
    set_rates(people.olive, costs={people.olive: 6000}, rates={})
    assert [(row["Value"], row["Cost"], row["Margin"]) for row in rows(olive, "projects")] == [
        ("75.00", "467.00", "-392.00")
    ]


def test_every_table_can_be_had_without_formulas(people: Cast, olive: FlaskClient, ticket: Ticket) -> None:
    Project.update(name="=1+1", client="@x").where(Project.id == people.intranet.id).execute()
    Person.update(name="+2").where(Person.id == people.sam.id).execute()
    text = "".join(olive.get(f"{REPORTS}/{table}.csv").text for table in OF_THE_OWNER)
    assert "'=1+1" in text and "'@x" in text and "'+2" in text
    assert ",=1+1" not in text and "\n=1+1" not in text and "\n+2" not in text
    assert [row["Open tickets"] for row in rows(olive, "ages")] == ["1", "0", "0", "0", "0"]


def test_the_address_names_the_period(people: Cast, olive: FlaskClient, ticket: Ticket) -> None:
    assert "No time in this period" in olive.get(f"{REPORTS}?period=2025-q3").text
    assert [row["Month"] for row in rows(olive, "months", "?period=2026-q1")] == ["2026-01", "2026-02", "2026-03"]
    assert len(rows(olive, "months", "?period=nonsense")) == 12


def test_rates_are_set_together_and_no_event_tells_what_they_are(people: Cast, olive: FlaskClient) -> None:
    form = form_in(olive.get(RATES), RATES)
    sams, intranets = f"cost-{people.sam.id}", f"rate-{people.intranet.id}"
    answer = olive.post(RATES, data=form.values | {sams: "45,50", intranets: "90"})
    assert (answer.status_code, answer.location) == (303, RATES)
    assert (Person.get_by_id(people.sam.id).cost_cents, Project.get_by_id(people.intranet.id).rate_cents) == (
        4550,
        9000,
    )
    assert Event.get(Event.kind == "rates.changed").details == {"people": [people.sam.id]}
    assert olive.put(RATES, data={sams: ""}, headers=HTMX).headers["HX-Redirect"] == RATES
    assert Person.get_by_id(people.sam.id).cost_cents is None
    assert Project.get_by_id(people.intranet.id).rate_cents == 9000
    bad = olive.put(RATES, data={sams: "much", intranets: "1"})
    form = form_in(bad, RATES)
    assert (bad.status_code, form.invalid, form.values[sams]) == (422, {sams}, "much")


def test_clients_and_strangers_find_no_figures(sam: FlaskClient, claire: FlaskClient, nobody: FlaskClient) -> None:
    asked = (REPORTS, f"{REPORTS}/months.csv", f"{REPORTS}/people.csv", RATES)
    assert [sam.get(address).status_code for address in asked] == [200, 200, 404, 403]
    assert [claire.get(address).status_code for address in asked] == [403, 404, 404, 403]
    assert [nobody.get(address).status_code for address in asked] == [303] * 4
    assert claire.put(RATES, data={}).status_code == 403

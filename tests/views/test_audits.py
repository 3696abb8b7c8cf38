"""GET /audit, /audit.csv: the trail, for the owner alone."""

from flask.testing import FlaskClient

from tests.people import PASSWORD, Cast
from trackr.models import Audit, Session


def test_the_owner_reads_it_and_asks_for_a_part_of_it(people: Cast, olive: FlaskClient, nobody: FlaskClient) -> None:
    nobody.post("/sign-in", data={"email": people.marc.email, "password": PASSWORD}, headers={"User-Agent": "=Bad"})
    nobody.post("/sign-in", data={"email": "who@town.example", "password": "my secret password"})
    olive.get("/projects/intranet/tickets.csv")
    text = olive.get("/audit").text
    assert text.count("Sign-in refused") == 3 and "127.0.0.1" in text and "Taken out as a file" in text
    assert "secret" not in text and "who@" not in text
    rows = {query: olive.get(f"/audit?{query}").text.count("<tr>") - 1 for query in (
        "kind=export", f"person={people.marc.id}", "since=2026-03-14&until=2026-03-14", "since=2026-03-15",
        "until=2026-03-13", "person=x&page=x&since=x",
    )}  # fmt: skip
    assert list(rows.values()) == [1, 1, Audit.select().count(), -1, -1, Audit.select().count()]


def test_it_has_pages(people: Cast, olive: FlaskClient) -> None:
    for _ in range(50):
        Session.refuse(people.marc)
    assert 'rel="next" href="/audit?page=2"' in olive.get("/audit").text
    assert 'rel="prev"' in olive.get("/audit?page=2").text


def test_it_is_taken_along_as_csv_and_that_is_told_too(people: Cast, olive: FlaskClient, nobody: FlaskClient) -> None:
    nobody.post("/sign-in", data={"email": people.marc.email, "password": PASSWORD}, headers={"User-Agent": "=Bad"})
    answer = olive.get("/audit.csv?kind=session.refused")
    assert answer.mimetype == "text/csv" and len(answer.text.splitlines()) == 2
    assert "2026-03-14T15:09:26.000+00:00,Sign-in refused,,Marc Moreau,,,127.0.0.1,'=Bad,web" in answer.text
    assert Audit.get(Audit.kind == "export").details == {"what": "audit.csv"}

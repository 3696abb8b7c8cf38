"""GET /statements/<number>.pdf, .csv, .xlsx and .json: a statement as a file, for who may read it."""

from dataclasses import replace
from io import BytesIO

from flask.testing import FlaskClient
from pypdf import PdfReader

from tests.conftest import SignIn
from tests.hours.documents import january
from tests.people import Cast
from trackr.documents.statement import TYPES
from trackr.models import Statement
from trackr.reach.statements import FILES


def test_a_client_gets_every_kind_of_file_under_a_name_that_says_what_it_is(people: Cast, claire: FlaskClient) -> None:
    people.statement()
    begin = {"pdf": b"%PDF-1.7", "csv": b"\xef\xbb\xbfStatement,", "xlsx": b"PK", "json": b'{\n "format": 1,'}
    for extension in FILES:
        answer = claire.get(f"/statements/12.{extension}")
        assert (answer.status_code, answer.mimetype) == (200, TYPES[extension])
        assert answer.data.startswith(begin[extension])
        name = f"atelier-cobalt-intranet-2026-01-statement-12.{extension}"
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        assert (
            claire.get(f"/statements/12.{extension}", headers={"If-None-Match": answer.headers["ETag"]}).status_code
            == 304
        )


def test_it_speaks_the_clients_language_whoever_asks(people: Cast, claire: FlaskClient) -> None:
    people.statement(replace(january(), language="fr"))
    assert ",Ce qui a été fait," in claire.get("/statements/12.csv").data.decode("utf-8-sig").splitlines()[0]


def test_who_may_not_read_it_finds_nothing(people: Cast, marc: FlaskClient, zoe: FlaskClient, sign_in: SignIn) -> None:
    people.statement()
    people.memberships["marc"].hours = True
    people.memberships["marc"].save()
    for browser in (marc, zoe):  # Marc sees the hours, but not every ticket that a statement names
        assert browser.get("/statements/12.csv").status_code == 404
    assert sign_in(None).get("/statements/12.csv").location.startswith("/sign-in")


def test_there_is_no_file_of_another_kind_nor_of_a_period_closed_before_documents_were_kept(
    people: Cast, claire: FlaskClient
) -> None:
    people.statement()
    Statement.create(project=people.intranet, number=13, first_day="2026-02-01", last_day="2026-02-28")
    assert [claire.get(f"/statements/{name}").status_code for name in ("12.doc", "13.pdf", "99.pdf")] == [404] * 3


def test_the_data_for_the_invoice_are_in_the_pdf_where_the_agency_wants_them(people: Cast, claire: FlaskClient) -> None:
    people.statement(replace(january(), rate_cents=9000, logo="0" * 64))  # which is lost
    people.agency.factur_x = True
    people.agency.save()
    reader = PdfReader(BytesIO(claire.get("/statements/12.pdf").data))
    assert list(reader.attachments) == ["factur-x.xml"]

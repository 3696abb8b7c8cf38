"""GET and PUT /agency, GET /agency/logo: what statements carry of the agency."""

from io import BytesIO

import pytest
from flask.testing import FlaskClient
from PIL import Image

from tests.people import PHOTO, Cast
from tests.views.answers import HTMX
from trackr.archive import digests_in
from trackr.files import store
from trackr.hours.document import Document
from trackr.models import Agency, Statement, attachment, ledger, logo
from trackr.settings import Settings

WORDS = {"address": "14 rue des Tanneurs\n34000 Montpellier", "registration": "SIRET 812 345 678 00021"}


def image(size: tuple[int, int] = (4000, 1000), kind: str = "JPEG") -> BytesIO:
    content = BytesIO()
    Image.new("RGB", size, "teal").save(content, kind, comment=b"sentinel")
    content.seek(0)
    return content


def test_the_owner_says_who_they_are(olive: FlaskClient) -> None:
    figures = {"country": "BE", "currency": "chf", "vat": "5,5", "vat_number": "BE 0123", "factur_x": "1"}
    answer = olive.put("/agency", data=WORDS | figures)
    assert (answer.status_code, answer.location) == (303, "/agency")
    agency = Agency.current()
    assert agency and {name: getattr(agency, name) for name in WORDS} == WORDS
    assert (agency.country, agency.currency, agency.vat_hundredths, agency.factur_x) == ("BE", "CHF", 550, True)
    assert agency.name == "Atelier Cobalt", "what is not sent stays"
    olive.post("/agency", data={"_method": "PUT", "name": "Cobalt & Co"}, headers=HTMX)
    assert "· Cobalt &amp; Co</title>" in olive.get("/agency").text


def test_a_logo_is_drawn_anew_and_kept_as_long_as_a_statement_names_it(
    people: Cast, olive: FlaskClient, claire: FlaskClient, settings: Settings
) -> None:
    assert claire.get("/agency/logo").status_code == 404
    assert olive.put("/agency", data={"logo": (image(), "logo.jpg")}).status_code == 303
    shown = claire.get("/agency/logo")
    assert (shown.content_type, Image.open(BytesIO(shown.data)).size) == ("image/png", (1200, 300))
    assert b"sentinel" not in shown.data
    agency = Agency.current()
    assert agency is not None
    digest = agency.logo
    people.entry(people.ticket(), 30)
    statement = ledger.close(people.intranet, people.intranet.today().replace(day=13))
    assert Document.from_text(Statement.get_by_id(statement.id).document).logo == digest
    olive.put("/agency", data={"no_logo": "1"})
    attachment.let_go([digest])
    assert store.has(digest) and logo.used_digests() == {digest}
    assert digests_in(settings.database_path) == [digest]
    assert claire.get("/agency/logo").status_code == 404


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "", "Write the agency’s name."),
        ("vat", "a fifth", "Write an amount such as 85.00, at most 100."),
        ("currency", "EU", "Write three letters, such as EUR."),
        ("country", "ZZ", "Choose one of the options."),
        ("logo", (BytesIO(PHOTO), "logo.png"), "Choose a PNG or JPEG image"),
        ("logo", (BytesIO(b"<svg>"), "logo.svg"), "Choose a PNG or JPEG image"),
    ],
)
def test_what_cannot_be_taken_changes_nothing(
    olive: FlaskClient, field: str, typed: str | tuple[BytesIO, str], said: str
) -> None:
    answer = olive.put("/agency", data={"registration": "SIRET 8", field: typed})
    assert answer.status_code == 422
    assert said in answer.text and 'value="SIRET 8"' in answer.text
    agency = Agency.current()
    assert agency and (agency.registration, agency.logo) == ("", "")


def test_it_is_the_owner_s(sam: FlaskClient, claire: FlaskClient, nobody: FlaskClient) -> None:
    assert [one.put("/agency").status_code for one in (sam, claire)] == [403, 403]
    assert nobody.get("/agency").location.startswith("/sign-in")

"""GET /completions/<form>: what a word that is being written may become."""

import re

from flask.testing import FlaskClient

from tests.people import Cast
from tests.views.answers import HTMX
from trackr.models import Ticket


def offered(browser: FlaskClient, form: str, q: str, internal: str = "0") -> list[str]:
    answer = browser.get(f"/completions/{form}", query_string={"q": q, "internal": internal}, headers=HTMX)
    assert answer.status_code == 200
    return re.findall(r'data-text="([^"]+)"', answer.text)


def test_tickets_are_offered_by_words_of_their_titles_and_by_number(people: Cast, sam: FlaskClient) -> None:
    first = people.ticket(title="Les horaires d’été").id
    second = people.ticket(title="Horaires of the museum").id
    Ticket.open(people.shop, people.zoe, title="Horaires elsewhere")
    assert offered(sam, f"reply:{first}", "#hor") == [f"#{second}", f"#{first}"]
    assert offered(sam, "ticket:intranet", "#ete hor") == [f"#{first}"]
    assert offered(sam, f"edit:{first}", f"#{second}") == [f"#{second}"]
    assert len(offered(sam, f"reply:{first}", "#")) == 2
    assert offered(sam, f"reply:{first}", "#nothing") == offered(sam, f"reply:{first}", "x") == []


def test_people_are_offered_by_a_beginning_of_their_names(people: Cast, sam: FlaskClient) -> None:
    ticket = people.ticket(requester=people.marc).id
    assert offered(sam, f"reply:{ticket}", "@") == ["@claire", "@marc", "@olive"]
    assert offered(sam, f"reply:{ticket}", "@clem") == ["@claire"]
    assert offered(sam, f"reply:{ticket}", "@", internal="1") == ["@olive"]
    note = people.comment(people.ticket(), people.sam, internal=True)
    assert offered(sam, f"comment:{note.ticket_id}:{note.key}", "@") == ["@olive"]


def test_a_client_is_offered_nothing_that_they_may_not_see(
    people: Cast, claire: FlaskClient, marc: FlaskClient
) -> None:
    others, own = people.ticket(title="Form"), people.ticket(requester=people.marc, title="Form of mine")
    assert offered(marc, f"reply:{own.id}", "#form") == offered(marc, f"reply:{own.id}", "#") == [f"#{own.id}"]
    assert offered(marc, "ticket:intranet", f"#{others.id}") == []
    assert offered(claire, f"reply:{own.id}", "@") == ["@marc"]
    people.comment(own, people.sam)
    people.comment(own, people.olive, internal=True)
    assert offered(claire, f"reply:{own.id}", "@") == ["@marc", "@sam"]
    assert offered(claire, f"reply:{own.id}", "@", internal="1") == ["@marc", "@sam"]
    assert offered(marc, "ticket:intranet", "@") == ["@sam"] and offered(claire, "ticket:intranet", "@o") == []


def test_strangers_find_no_form(people: Cast, zoe: FlaskClient, nobody: FlaskClient) -> None:
    ticket = people.ticket().id
    assert zoe.get(f"/completions/reply:{ticket}?q=@").status_code == 404
    assert nobody.get(f"/completions/reply:{ticket}?q=@", headers=HTMX).status_code == 401

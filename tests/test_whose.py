"""Who may do what with what somebody wrote, and with what is not theirs any more."""

import pytest

from tests.conftest import SignIn
from tests.people import Cast
from tests.test_access import outcome
from trackr.models import Person, Ticket

# What hangs on who wrote it. Marc asked the ticket, Claire, Sam and Olive wrote on it: 1 is Claire's, 2 Marc's,
# 3 Sam's, n1 a note of Sam's, n2 one of Olive's; Sam and Olive logged an entry each.
AUTHORS = """
claire  GET     /tickets/{ticket}                    ok
marc    GET     /tickets/{ticket}                    ok
claire  GET     /tickets/{ticket}/edit               403
claire  PATCH   /tickets/{ticket}                    403
marc    PATCH   /tickets/{ticket}                    ok
sam     PATCH   /tickets/{ticket}                    ok
claire  POST    /tickets/{ticket}/closure            ok
marc    POST    /tickets/{ticket}/comments           ok
marc    PATCH   /tickets/{ticket}/comments/1         403
claire  PATCH   /tickets/{ticket}/comments/1         ok
claire  DELETE  /tickets/{ticket}/comments/2         403
claire  PATCH   /tickets/{ticket}/comments/3         403
sam     PATCH   /tickets/{ticket}/comments/3         ok
olive   DELETE  /tickets/{ticket}/comments/3         403
sam     PATCH   /tickets/{ticket}/comments/n1        ok
olive   PATCH   /tickets/{ticket}/comments/n1        403
sam     DELETE  /tickets/{ticket}/comments/n2        403
claire  GET     /tickets/{ticket}/comments/n1/edit   404
claire  DELETE  /tickets/{ticket}/comments/n1        404
marc    PATCH   /tickets/{ticket}/comments/n2        404
marc    GET     /tickets/{ticket}/comments/9/edit    404
marc    GET     /tickets/{ticket}/comments/1x/edit   404
zoe     PATCH   /tickets/{ticket}/comments/1         404
sam     PATCH   /entries/{sams}                      ok
olive   PATCH   /entries/{sams}                      ok
sam     GET     /entries/{olives}/edit               403
sam     PATCH   /entries/{olives}                    403
sam     DELETE  /entries/{olives}                    403
marc    GET     /projects/intranet/hours             404
marc    GET     /projects/intranet/meter             404
marc    GET     /projects/shop                       404
olive   DELETE  /projects/shop/memberships/{claires} 404
"""


@pytest.mark.parametrize("row", AUTHORS.strip().splitlines())
def test_what_somebody_wrote_is_theirs_to_change(people: Cast, sign_in: SignIn, row: str) -> None:
    ticket = people.ticket(people.marc)
    for author, internal in (("claire", 0), ("marc", 0), ("sam", 0), ("sam", 1), ("olive", 1)):
        people.comment(ticket, getattr(people, author), internal=bool(internal))
    sams, olives = (people.entry(ticket, 60, person).id for person in (people.sam, people.olive))
    ids = {"ticket": ticket.id, "claires": people.memberships["claire"].id, "sams": sams, "olives": olives}
    name, method, address, expected = row.split()
    assert outcome(sign_in(getattr(people, name)).open(address.format(**ids), method=method)) == expected


@pytest.mark.parametrize("number", [0, 999, 2**31, 2**63, 10**30])
def test_a_number_that_nothing_has_is_404(people: Cast, sign_in: SignIn, number: int) -> None:
    olive = sign_in(people.olive)
    assert olive.get(f"/tickets/{number}").status_code == 404
    assert olive.get(f"/entries/{number}/edit").status_code == 404
    assert olive.delete(f"/projects/intranet/memberships/{number}").status_code == 404


def test_who_was_taken_out_of_the_project_finds_nothing_any_more(people: Cast, sign_in: SignIn) -> None:
    ticket, claire = people.ticket(), sign_in(people.claire)
    people.memberships["claire"].revoke(people.olive)
    assert claire.get(f"/tickets/{ticket.id}").status_code == 404
    assert claire.get("/projects/intranet").status_code == 404


def test_who_is_not_active_any_more_is_signed_out(people: Cast, sign_in: SignIn) -> None:
    claire = sign_in(people.claire)
    Person.update(active=False).where(Person.id == people.claire.id).execute()
    assert claire.get("/projects/intranet").location == "/sign-in?next=/projects/intranet"


def test_a_client_who_names_a_column_or_an_assignee_is_not_heard(people: Cast, sign_in: SignIn) -> None:
    done = people.intranet.ordered_columns()[-1]
    claire, sam = sign_in(people.claire), people.sam
    claire.post("/projects/intranet/tickets", data={"title": "Quick", "column": done.id, "assignee": sam.id})
    claire.patch(f"/tickets/{Ticket.get().id}", data={"assignee": sam.id, "priority": "low"})
    ticket = Ticket.get()
    assert (ticket.title, ticket.is_closed, ticket.assignee, ticket.priority) == ("Quick", False, None, "normal")

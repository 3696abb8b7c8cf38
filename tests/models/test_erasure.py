"""Forgetting somebody: nobody can tell who it was, and all that others rely on stays whole."""

from datetime import timedelta

import pytest

from tests.people import PHOTO, Cast
from trackr.db import database
from trackr.documents.person_copy import as_zip
from trackr.models import Agency, Attachment, Audit, Meter, Person, Session, Ticket
from trackr.models.base import Refused, now
from trackr.models.erasure import erase
from trackr.models.retention import sweep
from trackr.reach.person_data import about, files


def everything() -> str:
    """All rows of all tables, but for events and search, which are told in docs/security.md."""
    tables = [name for name in database.get_tables() if "search" not in name and name != "event"]
    return str([list(database.execute_sql(f'SELECT * FROM "{name}"')) for name in tables])


def test_no_table_knows_the_name_or_the_address_any_more(people: Cast) -> None:
    people.pack()
    ticket = people.ticket()
    people.comment(ticket, people.claire, "It works")
    people.entry(ticket)
    token, hours = Session.begin(people.claire), list(Meter.select().dicts())
    erase(people.claire, people.olive)
    assert "claire" not in everything().lower() and "Clement" not in everything()
    assert Session.load(token) is None and list(Meter.select().dicts()) == hours
    claire = Person.get_by_id(people.claire.id)
    assert (claire.name, claire.active, Ticket.get().requester) == ("Former client", False, claire)
    assert Audit.get(Audit.kind == "person.erased").subject == claire
    with pytest.raises(Refused, match="forgotten"):
        claire.place(people.olive, role="client", limited=False, active=True)


def test_nobody_forgets_themselves(people: Cast) -> None:
    with pytest.raises(Refused, match="yourself"):
        erase(people.olive, people.olive)


def test_a_copy_holds_what_they_wrote_and_nothing_of_others(people: Cast) -> None:
    ticket = people.ticket()
    people.comment(ticket, people.claire, "It works")
    people.comment(ticket, people.sam, "Secret", internal=True)
    people.entry(ticket, internal_note="Secret")
    people.file(ticket, people.claire)
    told = about(people.claire)
    assert [row["body"] for row in told["comments"]] == ["It works"] and told["files"] == ["photo.png"]
    assert "Secret" not in str(told) and "Secret" in str(about(people.sam))
    from trackr.files import store

    whole = b"".join(as_zip(told, [(file.name, store.path(file.digest)) for file in files(people.claire)]))
    assert whole.startswith(b"PK") and len(whole) > len(PHOTO)


def test_files_of_closed_tickets_go_after_a_while_where_the_agency_says_so(people: Cast) -> None:
    old, new = people.ticket(), people.ticket()
    for ticket in (old, new):
        people.file(ticket)
        ticket.close(people.sam)
    Ticket.update(closed_at=now() - timedelta(days=31)).where(Ticket.id == old.id).execute()
    sweep()
    assert Attachment.select().where(Attachment.deleted_at.is_null()).count() == 2
    Agency.update(file_days=30).execute()
    sweep()
    assert Attachment.get(Attachment.deleted_at.is_null()).ticket == new

"""Forgetting somebody: nobody can tell who it was, and all that others rely on stays whole."""

from datetime import timedelta

import pytest

from tests.people import PHOTO, Cast
from trackr.db import database
from trackr.documents.person_copy import as_zip
from trackr.files import store
from trackr.models import (
    Agency,
    Attachment,
    Audit,
    BlockedSender,
    Mail,
    Membership,
    Meter,
    Participant,
    Person,
    ReceivedMail,
    Session,
    Ticket,
)
from trackr.models.base import Refused, now
from trackr.models.erasure import erase
from trackr.models.retention import sweep
from trackr.reach import Reach
from trackr.reach.history import Asked, history
from trackr.reach.person_data import about, files
from trackr.settings import Settings


def everything() -> str:
    """All rows of all tables."""
    tables = [name for name in database.get_tables() if "search" not in name]
    return str([list(database.execute_sql(f'SELECT * FROM "{name}"')) for name in tables])


def test_no_table_knows_the_name_or_the_address_any_more(people: Cast) -> None:
    people.pack()
    ticket = people.ticket()
    named_in_quiet_lines(people, ticket)
    people.comment(ticket, people.claire, "It works")
    people.entry(ticket)
    mails_of(people, ticket)
    token, hours = Session.begin(people.claire), list(Meter.select().dicts())
    erase(people.claire, people.olive)
    assert "claire" not in everything().lower() and "Clement" not in everything()
    assert [mail.digest for mail in ReceivedMail.select()] == ["", "", ""] and not BlockedSender.select().exists()
    assert ReceivedMail.get_by_id(3).strangers == "x@y.example"
    assert not [path for path in store.folder.rglob("*") if path.is_file() and b"Clement" in path.read_bytes()]
    assert Session.load(token) is None and list(Meter.select().dicts()) == hours
    claire = Person.get_by_id(people.claire.id)
    assert (claire.name, claire.active, Ticket.get().requester) == ("Former client", False, claire)
    assert Audit.get(Audit.kind == "person.erased").subject == claire
    with pytest.raises(Refused, match="forgotten"):
        claire.place(people.olive, role="client", limited=False, active=True)


def named_in_quiet_lines(people: Cast, ticket: Ticket) -> None:
    """Claire is brought in and taken out wherever that is told."""
    address, name = people.claire.email, people.claire.name
    rights = {"role": "client", "sees": "all", "hours": True}
    Membership.grant(people.shop, people.olive, email=address, name=name, **rights).revoke(people.olive)
    Participant.leave(ticket, people.sam, people.claire)
    Participant.add(ticket, people.sam, people.claire)
    ticket.change(people.sam, requester=people.marc)
    ticket.change(people.sam, requester=people.claire)


def test_no_byte_of_the_database_knows_them_any_more(people: Cast, settings: Settings) -> None:
    ticket = people.ticket(body="As Claire Clement is told")
    named_in_quiet_lines(people, ticket)
    ticket.change(people.claire, body="It is told", body_html="<p>It is told</p>")
    path = settings.database_path
    files = [path, path.with_name(f"{path.name}-wal")]
    assert b"Clement" in b"".join(file.read_bytes() for file in files)
    erase(people.claire, people.olive)
    assert b"Clement" not in b"".join(file.read_bytes() for file in files)


def test_history_goes_on_telling_whom_it_was_about(people: Cast) -> None:
    ticket = people.ticket()
    ticket.change(people.sam, assignee=people.olive, requester=people.marc)
    Participant.add(ticket, people.sam, people.claire)
    erase(people.claire, people.olive)
    told = [deed.details for deed in history(Reach(people.sam), Asked(), ticket=ticket).deeds]
    assert told[:2] == [
        {"person": "Former client"},
        {"assignee": [None, "Olive Owen"], "requester": ["Former client", people.marc.name]},
    ]


def mails_of(people: Cast, ticket: Ticket) -> None:
    """Claire's mails in every state, and those of others that name her."""
    address, name = people.claire.email, people.claire.name
    raw = f"From: {name} <{address}>".encode()
    comment = people.comment(ticket, people.claire, "By mail", mailed=f"{name} <{address}>")
    people.comment(ticket, people.sam, "Well", mailed=f"On Monday {name} wrote:")
    people.held(raw, sender=address, sender_name=name, subject=name, message_id="1@claire.example")
    people.held(raw, message_id="2", state="taken", comment=comment, ticket=ticket, strangers="a@b.example")
    more = {"sender": "sam@cobalt.example", "strangers": f"{address}\nx@y.example"}
    people.held(b"To: " + raw, message_id="3", state="taken", **more)
    BlockedSender.create(email="claire@home.example")
    BlockedSender.create(email=address)
    told = {"person": people.olive, "address": "olive@cobalt.example", "kind": "request", "state": "sent"}
    Mail.create(subject=f"{name} asks for 10 h", message_id="4", due_at=now(), data=f'{{"by": "{name}"}}', **told)


def test_nobody_forgets_themselves(people: Cast) -> None:
    with pytest.raises(Refused, match="yourself"):
        erase(people.olive, people.olive)


def test_a_copy_holds_what_they_wrote_and_nothing_of_others(people: Cast) -> None:
    ticket = people.ticket()
    people.comment(ticket, people.claire, "It works")
    people.comment(ticket, people.sam, "Secret", internal=True)
    people.entry(ticket, internal_note="Secret")
    people.file(ticket, people.claire)
    people.held(sender=people.claire.email, subject="Mine")
    told = about(people.claire)
    assert [row["subject"] for row in told["mails received"]] == ["Mine"]
    assert [row["body"] for row in told["comments"]] == ["It works"] and told["files"] == ["photo.png"]
    assert "Secret" not in str(told) and "Secret" in str(about(people.sam))
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
    people.held(state="taken", received_at=now() - timedelta(days=31))
    told = {"person": people.olive, "address": "o@x.example", "kind": "ticket", "due_at": now()}
    for number, state in enumerate(("sent", "queued")):
        Mail.create(message_id=number, state=state, created_at=now() - timedelta(days=31), **told)
    Agency.update(file_days=30, sent_mail_days=30, received_mail_days=30).execute()
    sweep()
    assert ReceivedMail.get().digest == "" and [mail.state for mail in Mail.select()] == ["queued"]
    assert Attachment.get(Attachment.deleted_at.is_null()).ticket == new

"""Two people, or two windows, at the same moment: everything is stored once, and every sum still adds up."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from werkzeug.test import TestResponse

from tests.conftest import SignIn
from tests.people import Cast
from trackr.db import database
from trackr.models import (
    Agency,
    Comment,
    Entry,
    Event,
    Invitation,
    Line,
    Meter,
    Person,
    Project,
    Purchase,
    Ticket,
    ledger,
)
from trackr.models.base import Refused, now

Request = Callable[[], TestResponse]


def at_once(*requests: Request) -> list[int]:
    """Send the requests at the same moment, each from a thread of its own. Returns the statuses, the smallest first."""
    start = Barrier(len(requests))

    def send(request: Request) -> int:
        start.wait()
        try:
            return request().status_code
        finally:
            database.close()  # this thread's connection

    with ThreadPoolExecutor(len(requests)) as threads:
        return sorted(threads.map(send, requests))


def kinds(name: str) -> int:
    return Event.select().where(Event.kind == name).count()


def is_consistent(project: Project) -> bool:
    """Whether sums, packs and meter are what the entries and the ledger's lines say."""
    project = Project.get_by_id(project.id)
    for ticket in Ticket.select():
        entries = list(Entry.select().where(Entry.ticket == ticket))
        sums = [sum(getattr(entry, name) for entry in entries) for name in ("spent_minutes", "valued_minutes")]
        assert [ticket.spent_minutes, ticket.valued_minutes] == sums
    lines = list(Line.select().where(Line.project == project))
    for pack in Purchase.select().where(Purchase.project == project):
        assert pack.left_minutes == sum(line.minutes for line in lines if line.purchase_id == pack.id)
    assert Meter.of(project).balance_minutes == sum(line.minutes for line in lines)
    stored = [(line.day, line.kind, line.purchase_id, line.entry_id, line.minutes) for line in lines]
    ledger.rewrite(project, project.today().replace(year=2000))
    again = list(Line.select().where(Line.project == project).order_by(Line.day, Line.sequence))
    return [(line.day, line.kind, line.purchase_id, line.entry_id, line.minutes) for line in again] == stored


def test_two_who_close_a_ticket_at_once_close_it_once(people: Cast, sign_in: SignIn) -> None:
    ticket = people.ticket()
    clients = [sign_in(person) for person in (people.sam, people.claire, people.olive)]
    assert at_once(*(partial(client.post, f"/tickets/{ticket.id}/closure") for client in clients)) == [303] * 3
    assert Ticket.get().is_closed and kinds("ticket.closed") == 1


def test_who_closes_a_ticket_that_somebody_closed_meanwhile_sees_it_closed(people: Cast) -> None:
    ticket = people.ticket()
    late = Ticket.get_by_id(ticket.id)
    ticket.close(people.sam)
    late.close(people.claire)
    assert late.is_closed and late.column.is_done
    assert Ticket.get().closed_at == ticket.closed_at and kinds("ticket.ordered") == 0


def test_two_who_move_a_ticket_at_once_leave_it_in_one_place(people: Cast, sign_in: SignIn) -> None:
    ticket, done = people.ticket(), people.intranet.ordered_columns()[-1]
    others = people.intranet.ordered_columns()[1:3]
    moves = [
        partial(sign_in(person).put, f"/tickets/{ticket.id}/placement", data={"column": column.id})
        for person, column in zip((people.sam, people.olive, people.sam), (done, *others), strict=True)
    ]
    assert at_once(*moves) == [303] * 3
    assert Ticket.get().is_closed == (Ticket.get().column == done)


def test_many_tickets_moved_to_the_same_place_at_once_stand_in_an_order(people: Cast, sign_in: SignIn) -> None:
    tickets, column = [people.ticket() for _ in range(8)], people.intranet.ordered_columns()[1]
    put, data = sign_in(people.sam).put, {"column": column.id, "position": "1"}
    moves = [partial(put, f"/tickets/{ticket.id}/placement", data=data) for ticket in tickets]
    assert at_once(*moves) == [303] * 8
    assert len({ticket.position for ticket in Ticket.select().where(Ticket.column == column)}) == 8


def test_comments_written_at_once_are_all_kept_and_numbered(people: Cast, sign_in: SignIn) -> None:
    ticket = people.ticket()
    clients = [sign_in(person) for person in (people.sam, people.claire, people.olive, people.sam)]
    writes = [
        partial(client.post, f"/tickets/{ticket.id}/comments", data={"body": f"Answer {number}"})
        for number, client in enumerate(clients)
    ]
    assert at_once(*writes) == [303] * 4
    assert sorted(comment.number for comment in Comment.select()) == [1, 2, 3, 4]
    assert Project.get_by_id(people.intranet.id).client_version == people.intranet.client_version + 6


@pytest.mark.parametrize("address", ["entries", "comments"])
def test_a_form_that_is_sent_twice_at_once_is_stored_once(people: Cast, sign_in: SignIn, address: str) -> None:
    people.pack(20)
    ticket, form = people.ticket(), {"body": "Done", "duration": "1h", "form_key": "the same"}
    send = partial(sign_in(people.sam).post, f"/tickets/{ticket.id}/{address}", data=form)
    assert at_once(send, send, send) == [303, 422, 422]
    assert (Entry.select().count(), Purchase.get().left_minutes) == (1, 19 * 60)


def test_time_logged_at_once_is_all_drawn(people: Cast, sign_in: SignIn) -> None:
    people.pack(2)
    post, tickets = sign_in(people.sam).post, [people.ticket(), people.ticket()]
    logs = [
        partial(post, f"/tickets/{ticket.id}/entries", data={"duration": duration})
        for ticket in tickets
        for duration in ("35m", "40m", "45m")
    ]
    assert at_once(*logs) == [303] * 6
    assert Purchase.get().left_minutes == 0 and Meter.of(people.intranet).deficit_minutes == 120
    assert is_consistent(people.intranet)


def test_hours_bought_and_used_at_once_both_count(people: Cast, sign_in: SignIn) -> None:
    ticket = people.ticket()
    assert at_once(
        partial(sign_in(people.sam).post, f"/tickets/{ticket.id}/entries", data={"duration": "2h"}),
        partial(sign_in(people.olive).post, "/projects/intranet/purchases", data={"hours": "10"}),
    ) == [303, 303]
    assert Meter.of(people.intranet).balance_minutes == 8 * 60 and is_consistent(people.intranet)


def mend(entry: Entry, actor: Person, minutes: int) -> None:
    entry.change(actor, spent_minutes=minutes, valued_minutes=minutes, day=entry.day, note=entry.note, internal_note="")


def test_two_who_mend_the_same_entry_do_not_count_it_twice(people: Cast) -> None:
    people.pack(20)
    entry = people.entry(people.ticket(), 60)
    late = Entry.get_by_id(entry.id)
    mend(entry, people.sam, 90)
    mend(late, people.olive, 120)
    assert Entry.get().valued_minutes == 120 and is_consistent(people.intranet)
    assert [event.details["was"]["valued"] for event in Event.select().where(Event.kind == "entry.changed")] == [60, 90]


def test_two_who_take_the_same_entry_back_take_it_back_once(people: Cast, sign_in: SignIn) -> None:
    people.pack(20)
    entry = people.entry(people.ticket(), 60)
    late = Entry.get_by_id(entry.id)
    entry.remove(people.sam)
    late.remove(people.olive)
    assert kinds("entry.removed") == 1 and is_consistent(people.intranet)


def test_who_mends_an_entry_that_was_taken_back_meanwhile_is_told(people: Cast) -> None:
    entry = people.entry(people.ticket(), 60)
    late = Entry.get_by_id(entry.id)
    entry.remove(people.sam)
    with pytest.raises(Refused, match="gone"):
        mend(late, people.olive, 120)
    assert Entry.select().count() == 0 and is_consistent(people.intranet)


def test_who_takes_back_an_entry_whose_number_is_another_ones_by_now_is_told(people: Cast) -> None:
    ticket = people.ticket()
    entry = people.entry(ticket, 60)
    seen = entry.mark
    entry.remove(people.sam)
    another = people.entry(ticket, 60, at=now() + timedelta(seconds=1))
    assert another.id == entry.id
    with pytest.raises(Refused, match="changed"):
        another.remove(people.sam, mark=seen)
    another.remove(people.sam, mark=another.mark)
    assert Entry.select().count() == 0 and is_consistent(people.intranet)


def test_a_comment_deleted_in_two_windows_leaves_one_trace(people: Cast) -> None:
    comment = people.comment(people.ticket())
    late = Comment.get_by_id(comment.id)
    comment.remove(people.sam)
    late.remove(people.sam)
    assert kinds("comment.deleted") == 1


def test_who_edits_a_comment_that_was_deleted_meanwhile_is_told(people: Cast) -> None:
    comment = people.comment(people.ticket())
    late = Comment.get_by_id(comment.id)
    comment.remove(people.sam)
    with pytest.raises(Refused, match="gone"):
        late.edit(people.sam, body="New", body_html="New")
    assert kinds("comment.edited") == 0


def test_an_invitation_used_twice_at_once_lets_one_password_be_chosen(people: Cast, sign_in: SignIn) -> None:
    token = Invitation.issue(people.claire)
    choices = [
        partial(sign_in(None).post, f"/invitations/{token}", data={"password": f"{word} horse battery staple"})
        for word in ("correct", "wrong", "third")
    ]
    statuses = at_once(*choices)
    assert statuses[0] == 303 and set(statuses[1:]) <= {404, 422}


def test_the_first_set_up_done_twice_at_once_is_done_once(people: Cast, sign_in: SignIn) -> None:
    people.agency.delete_instance()
    form = {
        "agency": "Cobalt", "owner_name": "Olive", "password": "correct horse battery", "client": "Town",
        "name": "Site", "client_name": "Claire", "language": "en", "timezone": "Europe/Paris", "hours": "20",
    }  # fmt: skip
    own = [{"email": f"o{number}@a.example", "client_email": f"c{number}@b.example"} for number in range(3)]
    statuses = at_once(*(partial(sign_in(None).post, "/setup", data=form | addresses) for addresses in own))
    assert statuses[0] == 303 and set(statuses[1:]) <= {404, 422}
    assert (Agency.select().count(), Project.select().where(Project.slug.startswith("site")).count()) == (1, 1)


def test_two_projects_of_one_short_name_made_at_once_are_one(people: Cast, sign_in: SignIn) -> None:
    form = {"name": "Website", "client": "Town", "slug": "website"}
    send = partial(sign_in(people.olive).post, "/projects", data=form)
    assert at_once(send, send) == [303, 422]


def test_one_person_brought_in_twice_at_once_takes_part_once(people: Cast, sign_in: SignIn) -> None:
    form = {"email": "new@town.example", "name": "New"}
    send = partial(sign_in(people.olive).post, "/projects/intranet/memberships", data=form)
    assert at_once(send, send) == [303, 303]
    assert Person.select().where(Person.email == "new@town.example").count() == 1


def test_a_form_for_a_ticket_or_a_pack_that_is_sent_twice_at_once_is_done_once(people: Cast, sign_in: SignIn) -> None:
    """Who clicks again while the first answer is on its way."""
    ticket, pack = {"title": "The form", "form_key": "a"}, {"hours": "20", "form_key": "b"}
    claires, olives = ([sign_in(person) for _ in range(2)] for person in (people.claire, people.olive))
    assert at_once(*(partial(one.post, "/projects/intranet/tickets", data=ticket) for one in claires)) == [303, 303]
    assert at_once(*(partial(one.post, "/projects/intranet/purchases", data=pack) for one in olives)) == [303, 303]
    assert (Ticket.select().count(), Purchase.select().count()) == (1, 1)
    again = claires[0].post("/projects/intranet/tickets", data=ticket, headers={"HX-Request": "true"})
    assert again.headers["HX-Redirect"] == f"/tickets/{Ticket.get().id}"
    claires[0].post("/projects/intranet/tickets", data=ticket | {"title": "Went back, and asks something else"})
    sign_in(people.marc).post("/projects/intranet/tickets", data=ticket)  # a key that somebody else has too
    assert Ticket.select().count() == 3

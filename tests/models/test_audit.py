"""The trail: it tells who did what to whom, stays as it was written, and goes when it is old enough."""

from datetime import timedelta

import pytest
from peewee import IntegrityError

from tests.people import Cast
from trackr.db import database
from trackr.models import Agency, Audit, Event, Membership, Person, Session
from trackr.models.audit import Audit as Trail
from trackr.models.base import now, to_milliseconds
from trackr.models.event import coming
from trackr.models.retention import sweep


def kinds() -> list[str]:
    return [line.kind for line in Audit.select().order_by(Audit.id)][2:]  # the cast's two projects were opened


def test_it_tells_of_rights_and_of_those_who_come_in(people: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Trail, "where", staticmethod(lambda: ("192.0.2.7", "Browser " * 100)))
    rights = {"email": people.zoe.email, "name": "Zoe", "role": "client", "hours": False}
    with coming("api"):
        for sees in ("all", "own"):
            place = Membership.grant(people.intranet, people.olive, sees=sees, **rights)
    place.revoke(people.olive)
    people.sam.place(people.olive, role="owner", limited=False, active=False)
    Session.begin(people.zoe)
    Session.refuse(people.zoe)
    people.intranet.archive(people.olive)
    assert kinds() == [
        "membership.granted", "membership.changed", "membership.revoked", "person.changed", "person.disabled",
        "session.began", "session.refused", "settings",
    ]  # fmt: skip
    line = Audit.get(Audit.kind == "membership.changed")
    assert (line.person, line.subject, line.project, line.via) == (people.olive, people.zoe, people.intranet, "api")
    assert (line.details["sees"], line.address, len(line.agent)) == ("own", "192.0.2.7", 250)
    assert Audit.get(Audit.kind == "session.refused").person is None


def test_what_is_no_setting_leaves_no_line(people: Cast) -> None:
    people.comment(people.ticket())
    assert Event.select().count() > 2 and kinds() == []


@pytest.mark.parametrize("sql", [
    "UPDATE audit SET kind = 'x'",
    "UPDATE audit SET address = '', person_id = NULL",
    "UPDATE audit SET address = '192.0.2.1'",
    "DELETE FROM audit",
    "INSERT OR REPLACE INTO audit SELECT * FROM audit",
])  # fmt: skip
def test_no_program_changes_a_line_or_takes_one_away(people: Cast, sql: str) -> None:
    with pytest.raises(IntegrityError, match="stays as it was written"):
        database.execute_sql(sql)


def test_it_goes_when_it_is_older_than_the_agency_keeps_it(people: Cast) -> None:
    long_ago = to_milliseconds(now() - timedelta(days=366))
    Audit.create(kind="old", created_at=long_ago)
    Agency.update(audit_days=0).execute()
    sweep()
    assert "old" in kinds()
    Agency.update(audit_days=365).execute()
    sweep()
    assert kinds() == []


def test_who_is_shut_out_does_not_shut_out_themselves(people: Cast) -> None:
    from trackr.models.base import Refused

    with pytest.raises(Refused, match="yourself"):
        people.olive.place(people.olive, role="staff", limited=False, active=True)
    assert Person.get_by_id(people.olive.id).is_owner

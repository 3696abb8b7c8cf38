"""Mails that a mail server hands over by LMTP, to the listener itself."""

import smtplib
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.mail.programs import mail
from tests.people import Cast
from trackr import jobs
from trackr.db import CannotStart
from trackr.doctor import lmtp as doctor
from trackr.mail import lmtp, reading
from trackr.mail.listener import listening
from trackr.models import ReceivedMail, Ticket
from trackr.settings import Settings

FROM, TO = "claire@town.example", "tickets@cobalt.example"


def new(number: int, text: str = "Hello") -> bytes:
    return mail(text, subject=f"Mail {number}", **{"Message-ID": f"<{number}@town.example>"}).replace(b"\n", b"\r\n")


def hand(server: smtplib.LMTP, content: bytes, *to: str, sender: str = FROM) -> list[int]:
    """The answers, one for each recipient."""
    server.ehlo_or_helo_if_needed()
    server.mail(sender)
    recipients = to or (TO,)
    for one in recipients:
        server.rcpt(one)
    return [server.data(content)[0], *(server.getreply()[0] for _ in recipients[1:])]


@pytest.fixture
def server(settings: Settings, people: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[smtplib.LMTP]:
    monkeypatch.setattr(jobs, "JOBS", ())
    there = replace(settings, lmtp_listen=str(tmp_path / "lmtp.sock"))
    with listening(there) as bound, jobs.at_work(bound):
        [finding] = doctor.examine(there)
        assert str(finding).startswith("ok")
        with smtplib.LMTP(there.lmtp_listen, local_hostname="mx.cobalt.example") as caller:
            yield caller
    assert not Path(there.lmtp_listen).exists()
    [finding] = doctor.examine(there)
    assert str(finding).startswith("hint") and "trackr serve" in str(finding)


def test_what_is_handed_over_goes_the_way_of_all_mails(
    server: smtplib.LMTP, people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.shop.change(people.olive, mail_address="shop@cobalt.example")
    for _ in range(2):
        assert hand(server, new(1, ".\n.. dots\n" + "x" * 600_000)) == [250]
    assert Ticket.select().count() == 1 and Ticket.get().body.startswith(".\n.. dots")
    assert hand(server, new(2), sender="") == [250]
    aliases = (TO, "shop@cobalt.example")
    assert hand(server, new(3).replace(b"claire@town", b"zoe@shop"), *aliases) == [250, 250]
    assert hand(server, b"X: y\n" * 900 + b"\nHello") == [250]
    became = {one.subject: (one.state, one.why, one.project) for one in ReceivedMail.select()}
    assert became["Mail 2"][:2] == ("ignored", "automatic")  # with an empty path: nobody is to be answered
    assert became["Mail 3"] == ("taken", "", people.shop) and became[""][0] == "broken"
    with monkeypatch.context() as patch:
        patch.setattr(lmtp, "take", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
        assert hand(server, new(5), *aliases) == [451, 451]
    assert hand(server, new(5)) == [250] and ReceivedMail.by_message_id("5@town.example").state == "taken"


def test_what_is_too_large_is_refused_before_and_while_it_comes(
    server: smtplib.LMTP, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LARGEST", 5000)
    server.ehlo_or_helo_if_needed()
    assert server.mail(FROM, ["SIZE=60000000"])[0] == 552
    assert hand(server, new(1, "x" * 9000), TO, "shop@cobalt.example") == [552, 552]
    assert hand(server, new(2)) == [250] and [one.subject for one in ReceivedMail.select()] == ["Mail 2"]


def test_what_is_in_the_way_of_listening_is_said_at_the_start(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = replace(settings, lmtp_listen=f"127.0.0.1:{other.getsockname()[1]}")
        with pytest.raises(CannotStart, match=r"TRACKR_LMTP_LISTEN, .*: another program uses it"), listening(taken):
            pass
    here = replace(settings, lmtp_listen=str(tmp_path / "lmtp.sock"))
    with listening(here):
        assert Path(here.lmtp_listen).stat().st_mode & 0o777 == 0o660
        with pytest.raises(CannotStart, match="another program uses it"), listening(here):
            pass
    with monkeypatch.context() as patch:
        patch.setattr("trackr.mail.listener.find_spec", lambda _: None)
        with pytest.raises(CannotStart, match="extra `lmtp`"), listening(here):
            pass
    left = socket.socket(socket.AF_UNIX)
    left.bind(here.lmtp_listen)
    left.close()
    with listening(here) as bound:
        assert bound is not None

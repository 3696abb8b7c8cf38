"""Out of a real mailbox, of dovecot: in batches, as mails come, and in spite of faults."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import pytest

from tests.mail import dovecot
from tests.mail.programs import mail
from tests.people import Cast
from trackr.mail import imap, mailbox, post, reading
from trackr.models import ReceivedMail, Ticket
from trackr.settings import Settings

pytestmark = pytest.mark.skipif(not dovecot.IS_HERE, reason=dovecot.MISSING)
names = (f"box{number}" for number in count())


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dovecot.Server]:
    with dovecot.running(tmp_path_factory.mktemp("dovecot")) as server:
        yield server


@pytest.fixture
def box(server: dovecot.Server, settings: Settings, people: Cast) -> dovecot.Server:
    """A mailbox of the test's own, which the settings name."""
    found = replace(server, name=next(names))
    post.open(replace(settings, imap_url=found.url, mail_from="tickets@cobalt.example"))
    return found


def new(number: int, text: str = "Hello") -> bytes:
    return mail(text, subject=f"Mail {number}", **{"Message-ID": f"<{number}@town.example>"})


def collect() -> int:
    assert post.mailbox
    with imap.opened(post.mailbox) as opened:
        return mailbox.collect(opened)


def test_all_that_is_there_is_taken_in_batches_and_moved(box: dovecot.Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "BATCH", 2)
    box.deliver(*(new(number) for number in range(5)), new(4), b"From: x\n" * 900)
    assert collect() == 7 and collect() == 0
    assert Ticket.select().count() == 5 and ReceivedMail.select().where(ReceivedMail.state == "broken").count() == 1
    assert box.counts("INBOX", "Trackr") == [0, 7]


def test_of_one_that_is_too_large_the_head_is_fetched(box: dovecot.Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST", 5000)
    box.deliver(new(1, "x" * 6000 + "\n"))
    assert collect() == 1
    received = ReceivedMail.get()
    assert (received.why, received.size > 6000, len(received.content()) < 1000) == ("too_large_size", True, True)


def test_what_cannot_be_taken_now_stays_in_the_box(box: dovecot.Server, monkeypatch: pytest.MonkeyPatch) -> None:
    box.deliver(new(1))
    with monkeypatch.context() as patch:
        patch.setattr(mailbox, "take", lambda *_, **__: (_ for _ in ()).throw(OSError("disk full")))
        with pytest.raises(OSError, match="disk full"):
            collect()
    assert box.counts("INBOX") == [1] and collect() == 1


def test_a_connection_that_ends_within_a_mail_costs_nothing(
    box: dovecot.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    box.deliver(*(new(number) for number in range(3)))
    really = mailbox._take
    with monkeypatch.context() as patch, pytest.raises(imap.FAULTS):
        patch.setattr(mailbox, "_take", lambda box, *told: (really(box, *told), box.client.sock.shutdown(2)))
        collect()
    assert ReceivedMail.select().count() == 1 and box.counts("INBOX") == [3]
    assert collect() == 3 and ReceivedMail.select().count() == Ticket.select().count() == 3


def test_a_watch_takes_a_mail_when_it_comes(box: dovecot.Server, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = threading.Event()
    monkeypatch.setattr(mailbox, "take", lambda *_, **__: taken.set())
    monkeypatch.setattr(mailbox, "SLICE_SECONDS", 0.2)
    watch = mailbox.watch()
    assert watch
    time.sleep(0.3)  # until it idles
    box.deliver(new(1))
    assert taken.wait(10)
    watch.stop()
    assert not watch.is_alive() and box.counts("INBOX", "Trackr") == [0, 1]


@pytest.mark.parametrize(("change", "code"), [
    ({"password": "wrong"}, "password"),
    ({"encrypted": True}, "tls"),
    ({"port": 1}, "refused"),
    ({"host": "no.invalid"}, "name"),
])  # fmt: skip
def test_what_is_wrong_is_said(box: dovecot.Server, change: dict[str, object], code: str) -> None:
    assert post.mailbox
    with pytest.raises(imap.MailboxTrouble) as trouble, imap.opened(replace(post.mailbox, **change)):  # type: ignore[arg-type]
        pass
    assert trouble.value.code == code and trouble.value.values["host"] in str(trouble.value)

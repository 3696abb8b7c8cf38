"""`trackr receive`: one mail from a mail server's pipe."""

from dataclasses import replace
from io import BytesIO

import pytest

from tests.mail.programs import mail
from tests.people import Cast
from trackr.doctor import mailbox
from trackr.mail import pipe, reading
from trackr.models import ReceivedMail
from trackr.settings import Settings


def new(number: int, text: str = "Hello") -> bytes:
    return mail(text, subject=f"Mail {number}", **{"Message-ID": f"<{number}@town.example>"})


def test_the_pipe_takes_one_and_says_when_it_is_to_come_again(
    settings: Settings, people: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert pipe.receive(BytesIO(new(1)), settings.data) and ReceivedMail.get().state == "taken"
    monkeypatch.setattr(reading, "LARGEST", 5000)
    assert pipe.receive(BytesIO(new(2, "x" * 90_000)), settings.data)
    assert ReceivedMail.get_by_id(2).size > 90_000
    assert not pipe.receive(BytesIO(new(3)), settings.data / "nowhere")


def test_the_doctor_says_what_is_wrong_with_the_mailbox(settings: Settings) -> None:
    assert list(mailbox.examine(settings)) == []
    [finding] = mailbox.examine(replace(settings, imap_url="imap://tickets:secret@127.0.0.1:1"))
    assert str(finding).startswith("wrong mailbox: Nothing answers on port 1 of 127.0.0.1") and "secret" not in str(
        finding
    )

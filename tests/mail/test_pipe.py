"""`trackr receive`: one mail from a mail server's pipe."""

from io import BytesIO

import pytest

from tests.mail.programs import mail
from tests.people import Cast
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

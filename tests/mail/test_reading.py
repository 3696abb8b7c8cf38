"""What is read of a mail: the answers of nine programs, and whatever else lands in a mailbox."""

from itertools import product

import pytest

from tests.mail import samples
from tests.mail.programs import PROGRAMS, mail
from trackr.mail import reading

SAID = {
    False: "Hello Sam,\n\nThe one in the second field.\n\nClaire",
    True: "Bonjour Sam,\n\nCelle du deuxième champ, à côté de « Début ».\n\nClaire",
}
ANSWERS = {
    f"{program.__name__} {'fr' if french else 'en'} {'plain' if plain else 'html'}": (program, french, plain)
    for program, french, plain in product(PROGRAMS, (False, True), (True, False))
    if french or program.__name__ != "orange"
}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_read_without_what_it_answers(name: str) -> None:
    program, french, plain = ANSWERS[name]
    read = reading.read(program(SAID[french], french, plain))
    words = [line for line in read.text.split("\n") if line]
    assert words == [line for line in SAID[french].split("\n") if line]
    assert "The form is back online." in read.whole and read.ticket_number == 1
    assert read.title == "The form loses the date" and read.nature.kind == "person"


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_a_mail_is_read_as_a_person_would(name: str) -> None:
    raw, expected = samples.SAMPLES[name]
    read = reading.read(raw, ours=frozenset({samples.ADDRESS}))
    found = {key: samples.LOOK[key](read) if key in samples.LOOK else getattr(read, key) for key in expected}
    assert found == expected


@pytest.mark.parametrize("name", samples.HOSTILE)
def test_a_hostile_mail_is_read_or_refused_soon(name: str) -> None:
    try:
        read = reading.read(samples.HOSTILE[name]())
    except reading.Unreadable:
        return
    assert "\n" not in read.subject + read.sender.email and len(read.text) <= reading.LONGEST_BODY
    assert all("/" not in part.name and part.name != ".." for part in read.files)


def test_a_mail_without_an_id_has_the_same_one_twice() -> None:
    raw = mail("Hello").replace(b"Message-ID: <a1@town.example>\n", b"")
    assert reading.read(raw).message_id == reading.read(raw).message_id != reading.read(raw + b"!").message_id

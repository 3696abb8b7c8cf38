"""What was seen: by a word of a client, or by the silence of days where the project says so."""

from datetime import timedelta

from tests.clock import Clock
from tests.people import Cast
from trackr.models import Acknowledgement, Event, question
from trackr.models.base import now


def test_the_first_word_stands(people: Cast, clock: Clock) -> None:
    statement, rita = people.statement(), people.person("rita", intranet=True)
    Acknowledgement.say(statement, people.claire)
    clock.forward(days=1)
    Acknowledgement.say(statement, rita)
    seen = Acknowledgement.get()
    assert (seen.person, seen.created_at) == (people.claire, now() - timedelta(days=1))
    assert [event.actor for event in Event.select().where(Event.kind == "statement.seen")] == [people.claire]


def test_silence_counts_after_the_days_that_the_project_names(people: Cast, clock: Clock) -> None:
    people.statement()
    clock.forward(days=30)
    assert Acknowledgement.by_silence() == 0  # where no days are named, never
    people.intranet.change(people.olive, seen_days=31)
    clock.forward(days=30)
    assert Acknowledgement.by_silence() == 0  # the days begin when they are named: of what is older nobody could know
    clock.forward(days=1)
    assert [Acknowledgement.by_silence() for _ in range(2)] == [1, 0]
    assert Acknowledgement.get().person is None


def test_a_word_takes_the_place_of_a_silence(people: Cast, clock: Clock) -> None:
    people.intranet.change(people.olive, seen_days=15)
    statement = people.statement()
    Acknowledgement.by_silence(now() + timedelta(days=15))
    Acknowledgement.say(statement, people.claire)
    assert [seen.person for seen in Acknowledgement.select()] == [people.claire]


def test_a_question_stops_the_silence_of_its_statement_alone(people: Cast, clock: Clock) -> None:
    people.intranet.change(people.olive, seen_days=15)
    asked, other, ticket = people.statement(), people.statement(number=13), people.ticket()
    clock.forward(days=3)
    question.ask(asked, ticket, people.claire)
    clock.forward(days=20)
    assert Acknowledgement.by_silence() == 1
    assert Acknowledgement.get().statement == other
    found = question.asked([asked, other])
    assert [(one.ticket, one.person) for one in found[asked.number]] == [(ticket.id, "Claire Clement")]
    assert other.number not in found

"""Changes of a ticket, each told by one line."""

import json

import pytest

from tests.people import Cast
from trackr.models import Event


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [("kind", "assistance", ["support", "assistance"]), ("priority", "high", ["normal", "high"])],
)
def test_a_change_is_told_with_what_was(people: Cast, name: str, value: str, told: list[str]) -> None:
    people.ticket().change(people.sam, **{name: value})
    assert json.loads(Event.get(Event.kind == "ticket.changed").data) == {name: told}

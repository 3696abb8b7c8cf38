"""The content of a statement: it adds up, and reads back as it was written."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.hours.documents import january
from trackr.hours.allocation import Kind, Line
from trackr.hours.document import Document, Identity

KINDS = st.sampled_from([kind for kind in Kind if kind is not Kind.SETTLED])


def test_it_reads_back_as_it_was_written():
    assert Document.from_text(january().as_text()) == january()


def test_the_digest_changes_with_any_change():
    first = january()
    assert replace(first, client_reference="BC 2026-05").digest != first.digest
    assert january().digest == first.digest


def test_a_settled_deficit_moves_nothing():
    day = date(2026, 1, 8)
    lines = [
        Line(day, Kind.BOUGHT, 1, None, 1200),
        Line(day, Kind.SETTLED, 1, None, -90),
        Line(day, Kind.SETTLED, None, None, 90),
    ]
    identity = Identity.of(-90, lines)
    assert (identity.bought_minutes, identity.closing_minutes, identity.follows) == (1200, 1110, True)


@given(opening=st.integers(-600, 6000), lines=st.lists(st.tuples(KINDS, st.integers(-600, 600)), max_size=20))
def test_the_identity_always_follows(opening, lines):
    made = [Line(date(2026, 1, 2), kind, None, None, minutes) for kind, minutes in lines]
    identity = Identity.of(opening, made)
    assert identity.follows
    assert identity.closing_minutes == opening + sum(minutes for _, minutes in lines)

"""Taking back what a test did, so that it may do the same again as somebody else."""

from collections.abc import Iterator
from contextlib import contextmanager

from trackr.db import database


@contextmanager
def undone() -> Iterator[None]:
    """Nothing written inside stays. For requests made in this thread: they share its connection."""
    with database.atomic() as transaction:
        yield
        transaction.rollback()

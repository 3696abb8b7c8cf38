"""Taking back what a test did, so that it may do the same again as somebody else."""

from collections.abc import Iterator
from contextlib import contextmanager

from trackr.db import database
from trackr.web import kept


@contextmanager
def unread() -> Iterator[None]:
    """What is read inside stays unread."""
    with database.atomic() as transaction:
        yield
        transaction.rollback()


@contextmanager
def undone() -> Iterator[None]:
    """Nothing written inside stays, and nothing drawn. For requests made in this thread: they share its connection."""
    with unread():
        yield
    forget_drawn()


def forget_drawn() -> None:
    """Let every page be drawn anew: after a step back, the same versions stand for something else."""
    for parts in vars(kept).values():
        if isinstance(parts, kept.Kept):
            parts._parts.clear()

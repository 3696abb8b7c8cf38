"""Taking back what a test did, so that it may do the same again as somebody else."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

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
    for room in _rooms():
        room._parts.clear()


def all_drawn() -> list[dict[Any, Any]]:
    """What is kept by now, to be put back later."""
    return [room._parts.copy() for room in _rooms()]


def put_back(drawn: list[dict[Any, Any]]) -> None:
    """Keep what was kept before, and that alone."""
    forget_drawn()
    for room, parts in zip(_rooms(), drawn, strict=True):
        room._parts.update(parts)


def _rooms() -> list[kept.Kept]:
    return [room for room in vars(kept).values() if isinstance(room, kept.Kept)]

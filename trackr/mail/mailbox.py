"""Taking mails out of a mailbox, in a thread of its own: what is there in batches, then what comes as it comes.

A mail leaves the folder only once it is taken in, so that one which breaks off on its way, or a kill, costs nothing;
one that comes twice is known by its Message-ID.
"""

import imaplib
import logging
import re
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime

from imap_tools import BaseMailBox

from trackr import log
from trackr.db import Unanswered, database
from trackr.mail import reading
from trackr.mail.imap import FAULTS, FOLDER, opened
from trackr.mail.post import Server, post
from trackr.mail.smtp import Trouble
from trackr.mail.taking import take

BATCH = 100
DONE = "Trackr"  # the folder of what was taken
IDLE_SECONDS = 20 * 60  # after which servers think that nobody is there
SLICE_SECONDS = 2  # in which it is asked to stop
POLL_SECONDS = 60  # where the server cannot tell
SHORTEST_PAUSE, LONGEST_PAUSE = 5, 600  # seconds, after a fault

logger = logging.getLogger(__name__)


class Watch(threading.Thread):
    """Takes in what comes, until it is told to stop. After a fault it begins again, later each time."""

    def __init__(self, server: Server) -> None:
        super().__init__(name="mailbox", daemon=True)
        self._server = server
        self._stop_asked = threading.Event()

    def run(self) -> None:
        pause = SHORTEST_PAUSE
        while not self._stop_asked.is_set():
            try:
                with opened(self._server) as box:
                    pause = SHORTEST_PAUSE
                    while not self._stop_asked.is_set():
                        collect(box, self._stop_asked)
                        self._wait(box)
            except (Trouble, Unanswered, *FAULTS) as problem:
                log.event(logger, "mailbox_waits", level=logging.WARNING, said=str(problem), again_seconds=pause)
                self._stop_asked.wait(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
            except Exception:  # noqa: BLE001 (logged, and no reason to take no more mail)
                log.event(logger, "mailbox_failed", level=logging.ERROR, exc_info=True)
                self._stop_asked.wait(LONGEST_PAUSE)
        database.close()

    def stop(self) -> None:
        self._stop_asked.set()
        self.join(SLICE_SECONDS * 5)

    def _wait(self, box: BaseMailBox) -> None:
        """Until something new is there."""
        if "IDLE" not in box.client.capabilities:
            self._stop_asked.wait(POLL_SECONDS)
            return
        box.idle.start()
        try:
            ends = time.monotonic() + IDLE_SECONDS
            while time.monotonic() < ends:
                if self._stop_asked.is_set() or any(b"EXISTS" in told for told in box.idle.poll(SLICE_SECONDS)):
                    return
        finally:
            box.idle.stop()


def watch() -> Watch | None:
    """A thread for the mailbox of the settings, running; None where there is none."""
    if post.mailbox is None:
        return None
    found = Watch(post.mailbox)
    found.start()
    return found


def collect(box: BaseMailBox, stop: threading.Event | None = None) -> int:
    """Take in all that is in the folder; returns how many. One that cannot be fetched is left, and not in the way."""
    moves = _has_folder(box)
    left: set[str] = set()
    count = 0
    while batch := _waiting(box, moves, left):
        taken: list[str] = []
        try:
            told = _told(box, batch)
            for uid in batch:
                if stop and stop.is_set():
                    return count + len(taken)
                try:
                    _take(box, uid, *told.get(uid, (0, None)))
                except UnicodeError as problem:  # an answer that is none
                    log.event(logger, "mail_left", level=logging.WARNING, uid=uid, said=str(problem))
                    left.add(uid)
                    continue
                taken.append(uid)
        finally:
            # Together: a server takes as long for one as for all. Those that come again after a kill are known.
            _put_aside(box, taken, moves)
        count += len(taken)
    return count


def _waiting(box: BaseMailBox, moves: bool, left: set[str]) -> list[str]:
    """The first of those that wait: their numbers alone, or a box of years would not fit into one answer."""
    if not moves:
        return [uid for uid in box.uids("UNSEEN") if uid not in left][:BATCH]
    there = int(box.folder.status(FOLDER, ["MESSAGES"])["MESSAGES"])
    if there <= len(left):
        return []
    return [uid for uid in box.uids(f"1:{min(there, BATCH + len(left))}") if uid not in left]


def _take(box: BaseMailBox, uid: str, size: int, arrived: datetime | None) -> None:
    what = "BODY.PEEK[HEADER]" if size > reading.LARGEST else "BODY.PEEK[]"
    for content in _contents(box, uid, f"(UID {what})"):
        take(content, size=size, arrived=arrived)


def _told(box: BaseMailBox, uids: list[str]) -> dict[str, tuple[int, datetime | None]]:
    """How large each is, and when it came into the box, by the server's word."""
    _, answer = box.client.uid("FETCH", ",".join(uids), "(UID RFC822.SIZE INTERNALDATE)")
    found = {}
    for line in answer or ():
        told = line if isinstance(line, bytes) else b""
        uid, size = re.search(rb"UID (\d+)", told), re.search(rb"RFC822\.SIZE (\d+)", told)
        if uid and size:
            arrived = imaplib.Internaldate2tuple(told)
            at = datetime.fromtimestamp(time.mktime(arrived), UTC) if arrived else None
            found[uid[1].decode()] = int(size[1]), at
    return found


def _contents(box: BaseMailBox, uid: str, what: str) -> Iterator[bytes]:
    """The content that the server sends; none where the mail has gone meanwhile."""
    _, answer = box.client.uid("FETCH", uid, what)
    yield from (part[1] for part in answer or () if isinstance(part, tuple) and isinstance(part[1], bytes))


def _has_folder(box: BaseMailBox) -> bool:
    """Whether what was taken can be moved into a folder of its own, made if missing; else it is marked as read."""
    with suppress(*FAULTS):
        if not box.folder.exists(DONE):
            box.folder.create(DONE)
        return True
    return False


def _put_aside(box: BaseMailBox, uids: list[str], moves: bool) -> None:
    if moves:
        box.move(uids, DONE)
    else:
        box.flag(uids, "\\Seen", True)

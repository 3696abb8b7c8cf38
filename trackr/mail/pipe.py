"""One mail from a mail server's pipe."""

import logging
import os
from pathlib import Path
from typing import BinaryIO

from trackr import log
from trackr.db import CannotStart, Unanswered, database, in_use, migrate, open_database
from trackr.mail import reading
from trackr.mail.post import post
from trackr.mail.taking import take
from trackr.settings import Settings, SettingsError

AGAIN = 75  # what mail servers read as "try again later" (sysexits.h)

logger = logging.getLogger(__name__)


def receive(pipe: BinaryIO, data: Path | None) -> bool:
    """Take it in; False where it is to be tried again: whatever is in the way lies here, not in the mail."""
    # Read whole before anything is done: of one that is too large no more than the head is used.
    raw, size = pipe.read(reading.LARGEST + 1), 0
    while more := pipe.read(1024 * 1024):
        size += len(more)
    try:
        settings = Settings.load(os.environ, data, create=False)
        with in_use(settings):
            open_database(settings)
            migrate(settings)
            post.open(settings)
            take(raw, size=size and size + len(raw))
    except (CannotStart, SettingsError, Unanswered, OSError) as problem:
        log.event(logger, "mail_not_taken", level=logging.ERROR, said=" ".join(str(problem).split()))
        return False
    finally:
        if database.obj is not None:
            database.close()
    return True

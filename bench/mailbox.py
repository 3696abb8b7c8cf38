"""A full mailbox at the first start: how soon its mails are in, and how quick the pages stay meanwhile.

Only where Debian's dovecot is, and for root, who may start it.
"""

import os
import shutil
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from time import perf_counter, sleep, time

from bench.figures import percentile
from bench.instance import Instance, serving
from bench.load import Timings, drive
from bench.run import Bench
from bench.table import Row, milliseconds, per_second, times
from tests.mail import dovecot
from tests.mail.programs import PROGRAMS, mail
from trackr.seed import words

BOX = "desk"
ADDRESS = "tickets@cobalt.example"
SAID = "Hello Sam,\n\nThe date in the second field is lost once I go back to the page before.\n\nThank you"
DAY = 24 * 3600
EVERY_SECONDS = 0.1  # somebody asks for a board
MOST_SECONDS = 480  # then it is broken off, and what was taken until then counts
LEAST_PER_SECOND = 30


def mailbox(bench: Bench) -> list[Row]:
    """Half of the mails are answers of many programs, a third open tickets, the others are a newsletter's."""
    if not dovecot.IS_HERE:
        bench.say(dovecot.MISSING)
        return []
    count = bench.effort.mails
    data, folder = bench.copy("mailbox"), bench.folder / "dovecot"
    folder.mkdir()
    with dovecot.running(folder) as server:
        url = dovecot.Server(server.port, folder, BOX).url
        (data / "trackr.toml").write_text(f'TRACKR_IMAP_URL = "{url}"\nTRACKR_MAIL_FROM = "{ADDRESS}"\n')
        with serving(data) as instance:
            before = drive(instance.port, islice(instance.board(), 100))
            bench.say(f"a mailbox of {count:,} mails")
            _fill(folder / "mail", islice(_mails(instance), count))
            began, used = perf_counter(), instance.server.processor_seconds()
            during, taken = _watch(instance, count)
            took, used = perf_counter() - began, instance.server.processor_seconds() - used
    bench.say(f"{taken:,} mails in {took:.0f} s, {1000 * used / max(taken, 1):.1f} ms of processor time each")
    quiet, busy = _figures(before), _figures(during)
    return [
        times(f"a mailbox of {count:,} mails", per_second(taken / took), "", taken / took, least=LEAST_PER_SECOND),
        times("board, while they are taken", milliseconds(*busy), milliseconds(*quiet), busy[0] / quiet[0]),
    ]


def _mails(instance: Instance) -> Iterator[bytes]:
    number = 0
    while True:
        for program in PROGRAMS:
            number += 1
            client, _ = words.CLIENTS[number % len(words.CLIENTS)]
            heads = {"From": client, "To": ADDRESS, "Message-ID": f"<{number}@town.example>"}
            if number % 6 == 0:
                yield _with(mail("Our offers", "<p>Our offers</p>" * 50), heads | {"Precedence": "bulk"})
            elif number % 3 == 0:
                yield _with(mail(SAID), heads | {"Subject": f"The form {number}"})
            else:
                heads["Subject"] = f"Re: [Load #{instance.written[number % len(instance.written)]}] The form"
                yield _with(program(SAID, number % 2 == 0, number % 4 != 0), heads)


def _with(content: bytes, heads: dict[str, str]) -> bytes:
    head, _, body = content.partition(b"\n\n")
    names = tuple(f"{name}:".lower().encode() for name in heads)
    kept = [line for line in head.split(b"\n") if not line.lower().startswith(names)]
    return b"\n".join([*kept, *(f"{name}: {value}".encode() for name, value in heads.items())]) + b"\n\n" + body


def _fill(folder: Path, mails: Iterator[bytes]) -> None:
    """Straight into its folder, a week old: over IMAP it would take longer than taking them out."""
    aside = folder / "aside"
    aside.mkdir()
    for number, content in enumerate(mails):
        path = aside / f"{1_000_000 + number}.bench"
        path.write_bytes(content)
        os.utime(path, (time() - 7 * DAY,) * 2)
        shutil.chown(path, "mail", "mail")
    for path in sorted(aside.iterdir()):
        path.rename(folder / BOX / "new" / path.name)


def _watch(instance: Instance, count: int) -> tuple[Timings, int]:
    """Ask for a board every so often until all is in; what that took, and how many mails are in."""
    during, began = Timings(), perf_counter()
    taken = 0
    while taken < count and perf_counter() - began < MOST_SECONDS:
        for _board in range(10):
            during.answers += drive(instance.port, islice(instance.board(), 1)).answers
            sleep(EVERY_SECONDS)
        taken = instance.count("received_mail")
    return during, taken


def _figures(timings: Timings) -> tuple[float, float]:
    return percentile(timings.answers, 0.5), percentile(timings.answers, 0.95)

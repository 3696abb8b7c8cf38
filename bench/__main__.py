"""`python -m bench`: runs the parts, and prints their table."""

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench import speed
from bench.cold import cold
from bench.footprint import idle, memory, start
from bench.growth import growth
from bench.machine import describe
from bench.mailbox import mailbox
from bench.run import QUICK, THOROUGH, Bench
from bench.servers import ROOT
from bench.table import Row, markdown, write

PAGE = ROOT / "docs" / "performance.md"

PARTS: dict[str, Callable[[Bench], list[Row]]] = {
    "board": speed.board,
    "ticket": speed.ticket,
    "list": speed.tickets,
    "pulse": speed.pulse,
    "reply": speed.reply,
    "growth": growth,
    "memory": memory,
    "idle": idle,
    "start": start,
    "cold": cold,
    "mailbox": mailbox,
}

USUAL = [name for name in PARTS if name != "mailbox"]  # which needs another program, and takes minutes


def main() -> None:
    arguments = read_arguments()
    effort = QUICK if arguments.quick else THOROUGH
    machine = describe()
    folders = tempfile.TemporaryDirectory(prefix="trackr-bench-", dir=arguments.folder)
    with folders as folder, Bench(Path(folder), effort) as bench:
        rows = [row for name in arguments.only for row in PARTS[name](bench)]
    text = f"{markdown(rows)}\n\n{machine}"
    print(text)
    if arguments.write:
        write(PAGE, text)


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure Trackr beside the bare limit.")
    parser.add_argument(
        "--only", metavar="PARTS", type=_parts, default=USUAL, help=f"only these, of {', '.join(PARTS)}"
    )
    parser.add_argument("--quick", action="store_true", help="a rough look, within a minute or two")
    parser.add_argument("--write", action="store_true", help=f"put the table into {PAGE.relative_to(ROOT)}")
    # Not the usual folder for what is temporary: that is memory on many machines, and writing shall reach a disk.
    parser.add_argument("--folder", default="/var/tmp", help="where the data is made, on a disk (%(default)s)")
    return parser.parse_args()


def _parts(text: str) -> list[str]:
    names = text.split(",")
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        raise argparse.ArgumentTypeError(f"no part {', '.join(unknown)}; there are {', '.join(PARTS)}")
    return names


if __name__ == "__main__":
    main()

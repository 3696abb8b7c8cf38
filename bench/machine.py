"""The machine that the figures are of."""

import os
import platform
import re
import sqlite3
from pathlib import Path

from trackr.serve import THREADS
from trackr.version import VERSION


def describe() -> str:
    """Versions, processor, and how busy others keep it: to be asked before the run, which makes it busy itself."""
    found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    model = found[1] if found else platform.machine()
    cores = len(os.sched_getaffinity(0))
    return (
        f"Trackr {VERSION} with {THREADS} threads, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version},"
        f" {platform.system()} on {cores} cores of {model}. Load before the run: {os.getloadavg()[0]:.1f}."
    )

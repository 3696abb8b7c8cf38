"""Where Debian's Chromium is, and how it is started: quietly, and asking nothing of the network but what tests ask."""

import os
import shutil

QUIETLY = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)


def path() -> str | None:
    """The program, None where this machine has none."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium-headless-shell") or shutil.which("chromium")

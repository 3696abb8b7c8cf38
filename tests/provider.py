"""A real provider of OpenID Connect, of npm, in a process of its own: see oidc/provider.mjs."""

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = Path(os.environ.get("OIDC_PROVIDER", ROOT / ".venv" / "oidc")).absolute()  # where tests/run has installed it
NODE = shutil.which("node")
IS_HERE = bool(NODE) and (FOLDER / "node_modules" / "oidc-provider").exists()
MISSING = "there is no provider of OpenID Connect here: tests/run installs one where there are node and npm"

SECONDS = 60  # for its start, on a machine that has much else to do


@contextmanager
def running(*callbacks: str) -> Iterator[dict[str, str]]:
    """Start it, for browsers that are sent back to these addresses; gives the settings of an instance that uses it."""
    command = [str(NODE), str(ROOT / "tests" / "oidc" / "provider.mjs"), str(FOLDER), *callbacks]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        overdue = threading.Timer(SECONDS, process.kill)
        overdue.start()
        try:
            assert process.stdout is not None
            port = process.stdout.readline().strip()
            overdue.cancel()
            assert port, "the provider did not start"
            yield {
                "oidc_issuer": f"http://127.0.0.1:{port}",
                "oidc_client_id": "trackr",
                "oidc_client_secret": "sesame",
                "oidc_name": "Example",
            }
        finally:
            overdue.cancel()
            process.kill()

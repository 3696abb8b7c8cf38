"""Work in a process of its own, which gives back all the memory that it takes, and stops when it takes too long.

A script is run by its path, so that nothing of Trackr is loaded; what it needs comes and goes as bytes.
"""

import subprocess
import sys
import threading

LONGEST_SECONDS = 60

_turn = threading.Lock()  # one at a time, for the sake of memory


class Failed(RuntimeError):
    """What the script said when it gave up, or that it took too long."""


def run(script: str, *words: str, content: bytes = b"") -> bytes:
    """What the script writes, given those words and that content. Raises Failed."""
    command = [sys.executable, "-I", script, *words]
    try:
        with _turn:
            done = subprocess.run(  # noqa: S603 -- our own script and words
                command, input=content, capture_output=True, check=True, timeout=LONGEST_SECONDS
            )
    except subprocess.CalledProcessError as problem:
        raise Failed(problem.stderr.decode(errors="replace")[-2000:]) from problem
    except subprocess.TimeoutExpired as problem:
        raise Failed(f"took more than {LONGEST_SECONDS} s") from problem
    return done.stdout

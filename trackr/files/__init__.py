"""Files that people send along: their names, their contents in the data folder, and pictures of them.

Knows nothing of the web, of tickets, or of who may see what.
"""

from dataclasses import dataclass
from typing import BinaryIO

from trackr.files.contents import Store

__all__ = ["Store", "Upload", "store"]

store = Store()  # that of the instance, once its database is open


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as somebody sends it; its content is read from `stream`."""

    name: str  # a safe one
    size: int  # bytes
    stream: BinaryIO

"""What the instance knows of a person as a ZIP: `person.json`, and the files they sent. Made while it is sent."""

import json
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

CHUNK = 64 * 1024  # bytes


class _Sink:
    """What a ZIP is written to, and taken from piece by piece."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing waits anywhere."""

    def taken(self) -> bytes:
        taken, self._pieces = b"".join(self._pieces), []
        return taken


def as_zip(about: dict[str, Any], files: Iterable[tuple[str, Path]]) -> Iterator[bytes]:
    """files: the name of each in the ZIP, and where its content lies."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as whole:  # type: ignore[call-overload]
        whole.writestr("person.json", json.dumps(about, ensure_ascii=False, indent=1))
        yield sink.taken()
        for name, path in files:
            with path.open("rb") as content, whole.open(name, "w", force_zip64=True) as entry:
                while piece := content.read(CHUNK):
                    entry.write(piece)
                    yield sink.taken()
            yield sink.taken()
    yield sink.taken()

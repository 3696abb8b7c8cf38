"""What a browser loads that was never here: the board and all that it names."""

import gzip
import re

from bench.client import Answer, ask
from bench.instance import PROJECT, Instance
from bench.run import Bench
from bench.table import Row, at_most

NAMED = re.compile(r'(?:<link rel="(?:icon|stylesheet)" href|<script src|<use href)="([^"#]+)')
FONT = re.compile(r"url\(\.\./([^)]*latin\.woff2)\)")  # of several, the one whose letters the page has
HASHED = re.compile(r"/static/[0-9a-f]{8,}/")
YEAR = "max-age=31536000"


def cold(bench: Bench) -> list[Row]:
    """The page and each of its files once, as many bytes as are sent."""
    page = _load(bench.trackr, PROJECT)
    files = {path: _load(bench.trackr, path) for path in dict.fromkeys(NAMED.findall(page.text))}
    stylesheet = next(path for path in files if path.endswith(".css"))
    font = FONT.search(_plain(files[stylesheet]).decode())
    if font:
        path = f"/static/{font[1]}"
        files[path] = _load(bench.trackr, path)
    sizes = [_packed(page), *(len(file.body) for file in files.values())]
    is_kept = all(HASHED.match(path) and YEAR in file.header("Cache-Control") for path, file in files.items())
    return [
        at_most("cold page: requests", len(sizes), 6),
        at_most("cold page: compressed", sum(sizes) / 1000, 60, "kB", digits=1),
        Row("files: a hash in the address, kept a year", "yes" if is_kept else "no", is_reached=is_kept),
    ]


def _load(trackr: Instance, path: str) -> Answer:
    answer = ask(trackr.port, trackr.get(path))
    assert answer.status == 200, (path, answer.status)
    return answer


def _plain(answer: Answer) -> bytes:
    return gzip.decompress(answer.body) if answer.header("Content-Encoding") == "gzip" else answer.body


def _packed(page: Answer) -> int:
    """Bytes of a page that the web server in front compresses, where Trackr has not."""
    return len(page.body) if page.header("Content-Encoding") else len(gzip.compress(page.body, 6))

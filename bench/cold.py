"""What a browser loads that was never here: the board and all that it names."""

import gzip
import re

from bench.bench import Bench
from bench.client import Answer, ask
from bench.instance import PROJECT
from bench.table import Row, at_most

NAMED = re.compile(r'(?:<link rel="(?:icon|stylesheet)" href|<script src|<use href)="([^"#]+)')
YEAR = "max-age=31536000"


def cold(bench: Bench) -> list[Row]:
    """A browser takes each address once, and of the fonts the one whose letters the page has."""
    trackr = bench.trackr

    def load(path: str) -> Answer:
        answer = ask(trackr.port, trackr.get(path))
        assert answer.status == 200, (path, answer.status)
        return answer

    page = load(PROJECT)
    files = {path: load(path) for path in dict.fromkeys(NAMED.findall(page.text))}
    sheets = [path for path in files if path.endswith(".css")]
    for path in sheets:
        font = re.search(r"url\((\.\./[^)]*latin\.woff2)\)", _plain(files[path]).decode())
        if font:
            path = path.rsplit("/", 1)[0] + "/" + font[1]
            files[path] = load(re.sub(r"[^/]+/\.\./", "", path))
    sizes = [len(page.body) if page.header("Content-Encoding") else len(gzip.compress(page.body, 6))]
    sizes += [len(answer.body) for answer in files.values()]
    kept = all(YEAR in answer.header("Cache-Control") for answer in files.values())
    hashed = all(re.match(r"/static/[0-9a-f]{8,}/", path) for path in files)
    return [
        at_most("cold page: requests", len(sizes), 6),
        at_most("cold page: compressed", sum(sizes) / 1000, 60, "kB", digits=1),
        Row(
            "static files: hash in the address, kept a year",
            "yes" if kept and hashed else "no",
            is_reached=kept and hashed,
        ),
    ]


def _plain(answer: Answer) -> bytes:
    return gzip.decompress(answer.body) if answer.header("Content-Encoding") == "gzip" else answer.body

"""What a browser loads besides pages. A file's address holds the hash of its content, so it may be kept for good."""

import gzip
import hashlib
import re
from collections.abc import Callable
from functools import cached_property
from pathlib import Path, PurePath

from flask import Response, abort, request

TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}

# What browsers load of scripts, by name: whose library comes first, and the folder of the behaviours behind it. Every
# page has app.js. The others are fetched by static/js/later.js where [data-later] names them, once somebody means to
# use them: who only reads does not wait for what drags, draws the palette, sends files or offers names as one writes.
SCRIPTS = {
    "app.js": ("vendor/htmx.min.js", "js"),
    "drag.js": ("vendor/sortable.min.js", "js/drag"),
    "compose.js": (None, "js/compose"),
    "palette.js": (None, "js/palette"),
}

# Tokens declare the order of the layers; the other three hold what several components start from.
CSS_FIRST = ("tokens", "reset", "base", "layout")


class Asset:
    """One file as it is sent. `digest` is the start of the SHA-256 of `body`."""

    def __init__(self, name: str, body: bytes) -> None:
        self.body = body
        self.digest = hashlib.sha256(body).hexdigest()[:10]
        self.mimetype = TYPES[PurePath(name).suffix]

    @cached_property
    def gzipped(self) -> bytes | None:
        """The body compressed, or None where that saves nothing. Made when first asked for: the start stays quick."""
        packed = gzip.compress(self.body, compresslevel=9, mtime=0)
        return packed if len(packed) < len(self.body) else None

    def response(self) -> Response:
        """The answer to the current request: 200, or 304 where the browser has this very file."""
        packed = self.gzipped if request.accept_encodings.quality("gzip") else None
        response = Response(packed or self.body, mimetype=self.mimetype)
        if packed:
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Vary"] = "Accept-Encoding"
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        response.set_etag(f"{self.digest}-gzip" if packed else self.digest)
        response.make_conditional(request)
        return response


class Assets:
    """All that `static_dir` offers to browsers, by name: `app.css`, the scripts of SCRIPTS, `icons.svg`, `fonts/…`.

    The stylesheets become one file, and the scripts of every page another, so that a page asks twice. Everything is
    read here, once: a changed file is seen after a restart. Raises OSError or KeyError where a file that another one
    names is missing.
    """

    def __init__(self, static_dir: Path, prefix: str = "/static") -> None:
        self._prefix = prefix
        self._assets: dict[str, Asset] = {}
        for path in sorted(static_dir.rglob("*")):
            name = path.relative_to(static_dir)
            if path.suffix in TYPES and name.parts[0] not in ("css", "js", "vendor"):
                self._add(name.as_posix(), path.read_bytes())
        self._add("app.css", self._stylesheet(static_dir / "css").encode())
        for script, (library, folder) in SCRIPTS.items():
            self._add(script, _script(static_dir / library if library else None, static_dir / folder).encode())

    def url(self, name: str) -> str:
        """The address of a file, for a page. Raises KeyError for a name that is not served."""
        return f"{self._prefix}/{self._assets[name].digest}/{name}"

    def view(self) -> Callable[[str, str], Response]:
        """A view for `<prefix>/<digest>/<path:name>`: 404 but for the names read at the start under their hashes."""

        def show(digest: str, name: str) -> Response:
            asset = self._assets.get(name)
            if asset is None or asset.digest != digest:
                abort(404)
            return asset.response()

        return show

    def _add(self, name: str, body: bytes) -> None:
        self._assets[name] = Asset(name, body)

    def _stylesheet(self, folder: Path) -> str:
        names = {path.stem: path for path in sorted(folder.glob("*.css"))}
        order = [*CSS_FIRST, *(name for name in names if name not in CSS_FIRST)]
        text = "\n".join(names[name].read_text(encoding="utf-8") for name in order)
        return re.sub(r"url\(\.\./([^)]+)\)", self._address_in_stylesheet, _packed(text))

    def _address_in_stylesheet(self, match: re.Match[str]) -> str:
        # Relative to the stylesheet's own address, <prefix>/<digest>/app.css.
        name = match[1]
        return f"url(../{self._assets[name].digest}/{name})"


def _packed(stylesheet: str) -> str:
    """The same rules without comments, and without spaces but in strings and where they mean something."""
    text = re.sub(r"/\*.*?\*/", "", stylesheet, flags=re.DOTALL)
    spaces = re.compile(r"""("[^"]*"|'[^']*')|\s*([{};,])\s*|(:)\s+""")
    return spaces.sub(lambda found: found[1] or found[2] or found[3], text).replace(";}", "}").strip()


def _script(library: Path | None, folder: Path) -> str:
    """The library, then each behaviour in a function of its own, so that their names do not meet.

    They go without comments and indents: a string of several lines, or one that holds ` //`, has no place in them.
    """
    parts = [library.read_text(encoding="utf-8")] if library else []
    for path in sorted(folder.glob("*.js")):
        lines = [re.sub(r"(^|\s)//.*", "", line).strip() for line in path.read_text(encoding="utf-8").splitlines()]
        text = "\n".join(line for line in lines if line)
        parts.append(f"(() => {{\n'use strict';\n{text}\n}})();")
    return "\n".join(parts)

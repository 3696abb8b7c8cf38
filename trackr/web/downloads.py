"""Sending files, to be saved: those of people are never run or shown as a page; of pictures, those drawn by us."""

from pathlib import Path

from flask import Response, abort, send_file

from trackr.files import store
from trackr.models import Attachment

# Beside the policy of every answer, and stricter than it: should a browser show a file after all, it is nobody's page.
ALONE = "sandbox; default-src 'none'"


def download(attachment: Attachment) -> Response:
    path, name = store.path(attachment.digest), attachment.name
    return _send(path, attachment.digest, "application/octet-stream", name)


def show_picture(attachment: Attachment) -> Response:
    return _send(store.preview_path(attachment.digest), attachment.digest, "image/webp")


def spreadsheet(body: bytes, name: str) -> Response:
    """A table as CSV, under a name of ours."""
    return Response(body, mimetype="text/csv", headers={"Content-Disposition": f'attachment; filename="{name}"'})


def show_logo(digest: str) -> Response:
    """A PNG of ours, as logo.keep has stored it."""
    return _send(store.path(digest), digest, "image/png")


def _send(path: Path, digest: str, kind: str, name: str = "") -> Response:
    """name: under which it is to be saved; empty: it is shown."""
    try:
        answer = send_file(path, kind, bool(name), name or None, etag=f"{digest}-{kind[:5]}")
    except FileNotFoundError:  # which the doctor finds too
        abort(404)
    for name in ("Date", "Last-Modified"):  # when somebody else first sent the same is nobody's business
        answer.headers.pop(name, None)
    answer.headers["Content-Security-Policy"] = ALONE
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Vary"] = "Cookie"
    return answer

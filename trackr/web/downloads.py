"""Sending files, to be saved: those of people are never run or shown as a page; of pictures, those drawn by us."""

from pathlib import Path

from flask import Response, abort, send_file

from trackr.files import store
from trackr.models import Attachment

# Beside the policy of every answer, and stricter than it: should a browser show a file after all, it is nobody's page.
ALONE = "sandbox; default-src 'none'"


def download(attachment: Attachment) -> Response:
    return _send(store.path(attachment.digest), attachment, "application/octet-stream", as_attachment=True)


def show_picture(attachment: Attachment) -> Response:
    return _send(store.preview_path(attachment.digest), attachment, "image/webp", as_attachment=False)


def spreadsheet(body: bytes, name: str) -> Response:
    """A table as CSV, under a name of ours."""
    return Response(body, mimetype="text/csv", headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _send(path: Path, attachment: Attachment, kind: str, *, as_attachment: bool) -> Response:
    name = attachment.name if as_attachment else None
    try:
        answer = send_file(path, kind, as_attachment, name, etag=f"{attachment.digest}-{kind[:5]}")
    except FileNotFoundError:  # which the doctor finds too
        abort(404)
    for name in ("Date", "Last-Modified"):  # when somebody else first sent the same is nobody's business
        answer.headers.pop(name, None)
    answer.headers["Content-Security-Policy"] = ALONE
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Vary"] = "Cookie"
    return answer

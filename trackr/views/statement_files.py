"""A statement of time as a file, for who may read the statement. It never changes: a browser keeps it."""

from hashlib import sha256

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from trackr.documents.statement import statement_file
from trackr.hours.document import Document
from trackr.models import Statement
from trackr.version import VERSION
from trackr.web.instance import agency
from trackr.web.trail import note_export

bp = Blueprint("statement_files", __name__)


@bp.get("/statements/<int:statement>.<extension>")
def show(statement: Statement, extension: str) -> ResponseReturnValue:
    if not statement.document:  # closed before it was kept
        abort(404)
    house = agency()
    with_xml = bool(house and house.factur_x)
    etag = sha256(f"{statement.digest} {extension} {with_xml} {VERSION}".encode()).hexdigest()[:20]
    answer = Response()
    answer.set_etag(etag)
    if etag in request.if_none_match:
        answer.status_code = 304
        return answer
    file = statement_file(Document.from_text(statement.document), extension, with_xml=with_xml)
    note_export(file.name, statement.project)
    answer.data, answer.mimetype = file.content, file.mimetype
    answer.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return answer

"""What the instance knows of a person, as a file: for that person, and for the owner whom they ask."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from trackr.documents.person_copy import as_zip
from trackr.files import store
from trackr.models import Person
from trackr.reach.person_data import about, files
from trackr.web.auth import allow, in_person
from trackr.web.trail import note_export

bp = Blueprint("person_copies", __name__, url_prefix="/people/<int:person>/data.zip")


@bp.get("")
@allow(Person.can_write)
@in_person
def show(person: Person) -> ResponseReturnValue:
    note_export("data.zip", subject=person)
    held = [(f"files/{file.id}-{file.name}", store.path(file.digest)) for file in files(person)]
    body = as_zip(about(person), [(name, path) for name, path in held if path.is_file()])
    headers = {"Content-Disposition": f'attachment; filename="person-{person.id}.zip"'}
    return Response(body, mimetype="application/zip", headers=headers)

"""A text as it would be shown, while it is being written; nothing is stored."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from trackr.forms.fields import Invalid
from trackr.models import Person
from trackr.web.auth import allow
from trackr.web.pages import draw, page

bp = Blueprint("previews", __name__, url_prefix="/previews")


@bp.post("")
@allow(Person.can_write)
def create() -> ResponseReturnValue:
    try:
        return page("previews/show.html", html=draw(request.form.get("body", "")))
    except Invalid as invalid:
        return page("previews/show.html", error=invalid.errors["body"]), 422

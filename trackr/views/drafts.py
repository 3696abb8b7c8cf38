"""Drafts: what is typed is kept while it is being typed, until it is sent or thrown away."""

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from trackr.forms import drafts as forms
from trackr.forms.fields import Invalid
from trackr.models import Draft, Person
from trackr.reach.writing import Writing
from trackr.web import drafts
from trackr.web.auth import allow, me
from trackr.web.pages import done

bp = Blueprint("drafts", __name__, url_prefix="/drafts/<form>")


@bp.put("")
@allow(Person.can_write)
def update(form: Writing) -> ResponseReturnValue:
    _require_own(form)
    try:
        values, form_key = forms.read(request.form, form.kind)
    except Invalid:  # nobody waits for the answer: what is wrong is told where the form is sent
        abort(413)
    if values:
        Draft.keep(me(), form.key, values, form.ticket, form_key)
    else:
        Draft.discard(me(), form.key)
    return "", 204


@bp.delete("")
@allow(Person.can_write)
def destroy(form: Writing) -> ResponseReturnValue:
    _require_own(form)
    Draft.discard(me(), form.key)
    return done(drafts.address(form))


def _require_own(form: Writing) -> None:
    if not form.own:
        abort(403)

"""Coming in by the link of a mail, on any device. Looking does not use it up: programs look at mails too."""

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue

from trackr.forms.fields import Fields
from trackr.models import MailedKey
from trackr.web.auth import public
from trackr.web.limits import slow_down
from trackr.web.pages import page, refills
from trackr.web.second_step import come_in

bp = Blueprint("mailed_links", __name__, url_prefix="/sign-in/<key>")


@bp.get("")
@public
def show(key: str) -> ResponseReturnValue:
    found = MailedKey.find(key)
    if found is None:
        return page("keys/gone.html"), 404
    return page("keys/show.html", somebody=found.person)


@bp.post("")
@public
@refills(show)
def update(key: str) -> ResponseReturnValue:
    slow_down("mailed link")
    found, fields = MailedKey.find(key) or abort(404), Fields(request.form)
    remembered = fields.flag("remember")
    fields.check()
    return come_in(found.use(), how="mail", remembered=remembered, wanted=found.wanted)

"""The picture of a file that is an image."""

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from trackr.models import Attachment
from trackr.web.downloads import show_picture

bp = Blueprint("pictures", __name__)


@bp.get("/attachments/<int:attachment>/preview")
def show(attachment: Attachment) -> ResponseReturnValue:
    if not attachment.is_image:
        abort(404)
    return show_picture(attachment)

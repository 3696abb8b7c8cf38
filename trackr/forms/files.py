"""Files in a form: how many, how large, and under which names."""

import os
from collections.abc import Sequence

from babel.numbers import format_decimal
from flask_babel import get_locale
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage, MultiDict

from trackr.files import Upload, names, store
from trackr.files.contents import MEGABYTE
from trackr.forms.fields import Fields

Files = MultiDict[str, FileStorage]

LONGEST_LIST = 5  # names in a message


def read(fields: Fields, files: Files | None, required: str = "") -> list[Upload]:
    """The files that were sent in the field `files`; `required` is the message where there is none."""
    # A browser sends a field that nothing was chosen in as one file without name and content.
    sent = [_upload(file) for file in files.getlist("files") if file.filename or _size(file)] if files else []
    if len(sent) > store.most:
        counts = {"limit": _number(store.most), "count": _number(len(sent))}
        fields.error("files", _("At most %(limit)s files at once, these are %(count)s.", **counts))
        return []
    if empty := [file for file in sent if not file.size]:
        fields.error("files", _("There is nothing in %(names)s.", names=_list(empty)))
    if large := [file for file in sent if file.size > store.largest]:
        limit = _number(store.largest // MEGABYTE)
        fields.error("files", _("At most %(limit)s MB for a file; larger: %(names)s.", limit=limit, names=_list(large)))
    if required and not sent:
        fields.error("files", required)
    return sent


def read_form(files: Files) -> list[Upload]:
    """A form that is about files alone. Raises Invalid."""
    fields = Fields(MultiDict())
    sent = read(fields, files, required=_("Choose a file."))
    fields.check()
    return sent


def _upload(file: FileStorage) -> Upload:
    # The signs that browsers spare in a name, since they would break the line that it stands in.
    name = (file.filename or "").replace("%22", '"').replace("%0D", "\r").replace("%0A", "\n")
    return Upload(names.clean(name), _size(file), file.stream)  # type: ignore[arg-type]


def _size(file: FileStorage) -> int:
    return file.stream.seek(0, os.SEEK_END)


def _list(files: Sequence[Upload]) -> str:
    told = [file.name for file in files[:LONGEST_LIST]]
    return ", ".join(told + ["…"] * (len(files) > LONGEST_LIST))


def _number(value: int) -> str:
    return format_decimal(value, locale=get_locale() or "en")

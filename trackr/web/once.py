"""A form that is sent twice, by a second click or once more where no answer came, is done once.

Each form that is shown has a key. Sent again with the same key and the same words, it is answered as the first time.
Kept in the memory of this process alone.
"""

import functools
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from hashlib import blake2s
from typing import Any

from flask import Flask, current_app, request, session
from flask.typing import ResponseReturnValue

from trackr.web.auth import me
from trackr.web.pages import done

MOST = 500  # forms that are remembered, the latest

Page = Callable[..., ResponseReturnValue]


@dataclass(slots=True)
class Sent:
    """`address`: of the page to see, once it is done; `message`: what was told there."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    address: str = ""
    message: str = ""


class Forms:
    """The forms that were sent last."""

    def __init__(self) -> None:
        self._sent: OrderedDict[Hashable, Sent] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, key: Hashable) -> Sent:
        with self._lock:
            sent = self._sent.setdefault(key, Sent())
            self._sent.move_to_end(key)
            while len(self._sent) > MOST:
                self._sent.popitem(last=False)
        return sent


def once(view: Page) -> Page:
    """For a view that writes and leads to a page: a form that came in already is not done again."""

    @functools.wraps(view)
    def run(**arguments: Any) -> ResponseReturnValue:
        if not request.form.get("form_key"):
            return view(**arguments)
        forms: Forms = current_app.extensions["once"]
        sent = forms.of(_key())
        with sent.lock:  # who clicks twice sends the second before the first is answered
            if sent.address:
                return done(sent.address, message=sent.message)
            answer = view(**arguments)
            sent.address = _address(answer)
            sent.message = session["_flashes"][-1][1] if session.get("_flashes") else ""
            return answer

    return run


def _key() -> Hashable:
    """Whose form it is, and all that stands in it: who goes back and writes something else sends another one."""
    files = [file.filename for file in request.files.getlist("files")]
    words = repr((sorted(request.form.items(multi=True)), files))
    return me().id, request.path, blake2s(words.encode("utf-8", "surrogatepass")).digest()


def _address(answer: ResponseReturnValue) -> str:
    """Where the answer leads; "" where it is a part of a page."""
    headers = getattr(answer, "headers", {})
    return str(headers.get("Location") or headers.get("HX-Redirect") or "")


def register(app: Flask) -> None:
    app.extensions["once"] = Forms()

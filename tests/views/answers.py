"""Reading answers: the forms in a page with what stands in their fields, and the regions that a fragment changes."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from werkzeug.test import TestResponse

HTMX = {"HX-Request": "true"}
JSON = {"Accept": "application/json"}

Attributes = list[tuple[str, str | None]]


@dataclass
class Form:
    action: str
    values: dict[str, str] = field(default_factory=dict)
    invalid: set[str] = field(default_factory=set)  # the fields that are marked as wrong


def form_in(answer: TestResponse, action: str) -> Form:
    """The first form of the page that is sent to that address."""
    reader = _Reader()
    reader.feed(answer.text)
    return next(form for form in reader.forms if form.action == action)


def regions(answer: TestResponse) -> set[str]:
    """The ids of what the answer to htmx changes on the page, besides what it is the answer for."""
    return set(re.findall(r'<hx-partial hx-target="#([^"]+)"', answer.text))


def is_page(answer: TestResponse) -> bool:
    """Whether it is a whole page, not a part of one."""
    return answer.text.lstrip().lower().startswith("<!doctype html>")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._name = ""
        self._text: list[str] | None = None

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._form = Form(given.get("action", ""))
            self.forms.append(self._form)
        if self._form is None:
            return
        if tag in ("input", "select", "textarea"):
            self._name = given.get("name", "")
            if "aria-invalid" in given:
                self._form.invalid.add(self._name)
        if tag == "textarea":
            self._text = []
        elif _is_chosen(tag, given):
            self._form.values[self._name] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea" and self._form is not None and self._text is not None:
            # The line end after the tag is not part of what is in it.
            self._form.values[self._name] = "".join(self._text).removeprefix("\n")
            self._text = None


def _is_chosen(tag: str, given: dict[str, str]) -> bool:
    """Whether the value of that element would be sent."""
    if tag == "input":
        return given.get("type") not in ("radio", "checkbox") or "checked" in given
    return tag == "option" and "selected" in given

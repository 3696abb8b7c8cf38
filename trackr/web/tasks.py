"""Task lists, `- [ ]` and `- [x]`: drawn as boxes that those who may edit the text tick where it stands.

Each box carries the number of its mark in the Markdown, and the text a mark of the state that it was drawn from.
"""

import hashlib
import re

from flask import Flask
from markupsafe import Markup, escape

from trackr.web.languages import plain as _

_task = re.compile(r"^(?P<item>[ \t>]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)\[(?P<tick>[ xX])\](?=[ \t]+\S)")
_fence = re.compile(r"^[ \t>]*(```+|~~~+)")
# Characters of private use stand for a box on its way through Markdown; whoever types them gets nothing for it.
_OPEN, _DONE, _END = "\ue000", "\ue001", "\ue002"
_ours = str.maketrans("", "", _OPEN + _DONE + _END)
_marker = re.compile(f"([{_OPEN}{_DONE}])([0-9]+){_END}[ \t]*")
_code = re.compile(r"(<(?:pre|code)>.*?</(?:pre|code)>)", re.DOTALL)
_box = re.compile(r'<input type="checkbox" data-task="([0-9]+)" disabled( checked)?>')


class Tasks:
    """The tasks of a text: `marked` is the text with their places marked, to be put in once it is HTML."""

    def __init__(self, text: str) -> None:
        self.count = 0
        self.marked = "\n".join(self._lines(text.translate(_ours).split("\n")))

    def _lines(self, lines: list[str]) -> list[str]:
        return [line if in_code else _task.sub(self._mark, line) for line, in_code in _with_code(lines)]

    def _mark(self, found: re.Match[str]) -> str:
        sign = _OPEN if found["tick"] == " " else _DONE
        self.count += 1
        return f"{found['item']}{sign}{self.count - 1}{_END}"

    def put_in(self, html: str) -> str:
        """The boxes into the HTML; within code they are what was typed."""
        if not self.count:
            return html
        parts = _code.split(html)
        parts[::2] = [_marker.sub(_boxed, part) for part in parts[::2]]
        parts[1::2] = [_marker.sub(lambda m: "[ ] " if m[1] == _OPEN else "[x] ", part) for part in parts[1::2]]
        return "".join(parts)


def tick(text: str, number: int) -> str | None:
    """The text with that task turned over, None where it has no such task."""
    lines, count = text.split("\n"), 0
    for index, (line, in_code) in enumerate(_with_code(lines)):
        found = None if in_code else _task.match(line)
        if found and count == number:
            sign = "x" if found["tick"] == " " else " "
            lines[index] = f"{found['item']}[{sign}]{line[found.end() :]}"
            return "\n".join(lines)
        count += bool(found)
    return None


def mark(html: str) -> str:
    """Of the state of a text: another one once it has changed."""
    return hashlib.blake2s(html.encode(), digest_size=8).hexdigest()


def boxes(html: str, text: str = "") -> Markup:
    """The stored HTML with its boxes: to be looked at, or where a text is named, buttons of its form."""
    if not has_tasks(html):
        return Markup(html)  # noqa: S704 -- rendered by markdown.py
    name = text.replace(":", "-")

    def box(found: re.Match[str]) -> str:
        state = "true" if found[2] else "false"
        about = f'class="task" role="checkbox" aria-checked="{state}" aria-label="{label(found)}"'
        if not text:
            return f'<span {about} aria-disabled="true"></span>'
        place = f'id="task-{name}-{found[1]}" form="tasks-{name}" name="task" value="{found[1]}"'
        return f'<button {about} {place} type="submit"></button>'

    def label(found: re.Match[str]) -> Markup:
        return escape(_("Task %(number)s", number=int(found[1]) + 1))

    return Markup(_box.sub(box, html))  # noqa: S704 -- rendered by markdown.py


def has_tasks(html: str) -> bool:
    return 'data-task="' in html


def _boxed(found: re.Match[str]) -> str:
    ticked = " checked" if found[1] == _DONE else ""
    return f'<input type="checkbox" data-task="{found[2]}" disabled{ticked}> '


def _with_code(lines: list[str]) -> list[tuple[str, bool]]:
    """Each line, and whether it is within a fence."""
    told, fence = [], ""
    for line in lines:
        found = _fence.match(line)
        if found and not fence:
            fence = found[1][:3]
        elif found and found[1].startswith(fence):
            fence = ""
            told.append((line, True))
            continue
        told.append((line, bool(fence)))
    return told


def register(app: Flask) -> None:
    app.jinja_env.filters.update(boxes=boxes, has_tasks=has_tasks, text_mark=mark)

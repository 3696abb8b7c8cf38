"""The HTML of a mail as the text that a person would have typed: quotations with >, links in brackets, no layout."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree, html

LONGEST = 2_000_000  # characters of HTML that are looked at
MOST_TAGS = 50_000
HIDDEN = {"script", "style", "head", "title", "template", "noscript", "object", "svg", "select", "textarea"}
BLOCKS = {
    "address", "article", "aside", "body", "center", "div", "dl", "dt", "dd", "fieldset", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "li", "main", "ol", "pre", "section", "table", "tbody", "tr", "ul", "blockquote",
}  # fmt: skip
APART = {"p", "ul", "ol", "table", "pre", "blockquote", "h1", "h2", "h3"}  # with an empty line around them
_hidden_style = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all|(?<![-\w])font-size\s*:\s*0", re.IGNORECASE)
# The lines by which Outlook separates what is answered, drawn as a border.
_outlook_style = re.compile(r"border:\s*none;\s*border-top:\s*solid #[0-9a-f]{6} 1\.0pt", re.IGNORECASE)
_outlook_ids = {"divRplyFwdMsg", "mail-editor-reference-message-container"}
RULE = "_" * 32


@dataclass(slots=True)
class _Writer:
    lines: list[str] = field(default_factory=lambda: [""])
    depth: int = 0  # of quotation
    blank: bool = False  # an empty line is due before the next word
    counts: dict[etree._Element, int] = field(default_factory=dict)  # of a numbered list

    def write(self, text: str, *, as_it_is: bool = False) -> None:
        if not as_it_is:
            text = re.sub(r"[ \t\r\n\f]+", " ", text)
            if not self.lines[-1].rstrip("> "):
                text = text.lstrip(" ")
        if text:
            self._begin()
            self.lines[-1] += text

    def end_line(self, apart: bool = False) -> None:
        if self.lines[-1].rstrip("> "):
            self.lines.append("")
        self.blank |= apart

    def break_line(self) -> None:
        self._begin()
        self.lines.append("")

    def _begin(self) -> None:
        prefix = "> " * self.depth
        if self.lines[-1]:
            return
        if self.blank and len(self.lines) > 1 and self.lines[-2].strip("> "):
            depth = min(self.depth, self.lines[-2].count("> ") if self.lines[-2].startswith(">") else 0)
            self.lines[-1] = ("> " * depth).rstrip()
            self.lines.append("")
        self.blank = False
        self.lines[-1] = prefix


def text(source: str) -> str:
    """The text of an HTML document, however broken; nothing in it is run or fetched."""
    source = re.sub(r"<\?xml[^>]*\?>", "", source[:LONGEST]).replace("\x00", "")
    if not source.strip():
        return ""
    try:
        root = html.document_fromstring(source)
    except (etree.ParserError, ValueError):  # nothing but comments
        return ""
    writer = _Writer()
    for event, node in _walk(root):
        _enter(writer, node) if event == "start" else _leave(writer, node)
    return _tidied(writer.lines)


def _walk(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Beginnings and ends of the tags that are shown, in order, without one call within the other."""
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    skipped: etree._Element | None = None
    for count, (event, node) in enumerate(walk):
        if count > MOST_TAGS:
            return
        if event in ("comment", "pi"):
            if skipped is None and node.tail and node.getparent() is not None:
                yield "end", node
            continue
        if skipped is None and event == "start" and _is_hidden(node):
            skipped = node
        if skipped is None:
            yield event, node
        elif event == "end" and node is skipped:
            skipped = None
            yield "end", node


def _is_hidden(node: etree._Element) -> bool:
    return node.tag in HIDDEN or bool(_hidden_style.search(node.get("style") or ""))


def _enter(writer: _Writer, node: etree._Element) -> None:
    tag = node.tag
    if tag in BLOCKS or tag == "p":
        writer.end_line(apart=tag in APART)
    if _separates(node):
        writer.end_line(apart=True)
        writer.write(RULE)
        writer.end_line()
    if tag == "blockquote":
        writer.depth += 1
    elif tag == "br":
        writer.break_line()
    elif tag == "hr":
        writer.end_line()
        writer.write(RULE if node.get("tabindex") == "-1" else "---")  # Outlook's
        writer.end_line(apart=True)
    elif tag == "li":
        writer.write(f"{_bullet(writer, node)} ", as_it_is=True)
    elif tag in ("td", "th") and node.getprevious() is not None and writer.lines[-1].strip("> "):
        writer.write(" · ")
    if node.text:
        writer.write(node.text)


def _leave(writer: _Writer, node: etree._Element) -> None:
    tag = node.tag
    if tag == "a":
        _tell_address(writer, node)
    if tag in BLOCKS or tag == "p":
        writer.end_line(apart=tag in APART)
    if tag == "blockquote":
        writer.depth = max(0, writer.depth - 1)
    if node.tail:
        writer.write(node.tail)


def _separates(node: etree._Element) -> bool:
    return node.get("id") in _outlook_ids or bool(_outlook_style.search(node.get("style") or ""))


def _bullet(writer: _Writer, node: etree._Element) -> str:
    parent = node.getparent()
    if parent is None or parent.tag != "ol":
        return "-"
    writer.counts[parent] = writer.counts.get(parent, 0) + 1
    return f"{writer.counts[parent]}."


def _tell_address(writer: _Writer, node: etree._Element) -> None:
    """Where a link leads, unless its own words say it."""
    address, words = (node.get("href") or "").strip(), "".join(islice(node.itertext(), 50)).strip()
    if not re.match(r"https?://", address) or not words or len(address) > 500:
        return
    bare = re.sub(r"^https?://(www\.)?|/$", "", address)
    if bare not in re.sub(r"\s", "", words):
        writer.write(f" ({address})")


def _tidied(lines: list[str]) -> str:
    kept = [line.replace("\u200b", "").replace("\u00a0", " ").rstrip() for line in lines]
    return re.sub(r"\n((?:> ?)*\n){2,}", r"\n\1", "\n".join(kept)).strip("\n")

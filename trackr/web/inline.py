"""What Trackr's own Markdown has more: `#123` leads to a ticket, `@claire` names somebody who reads it.

A number is a link for everybody: whoever may not see the ticket finds nothing behind it, and it says no more than the
number that was written.
"""

import re
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.inlinepatterns import InlineProcessor

from trackr.reach.mentions import MENTION

# As CommonMark has it: a heading needs a space after its marks, so that "#123" can begin a line.
_heading = re.compile(r"(?:^|\n)(?P<level>#{1,6})[ \t]+(?P<header>(?:\\.|[^\\])*?)#*(?:\n|$)")


class _Ticket(InlineProcessor):
    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: ARG002, N802
        link = Element("a", href=f"/tickets/{m[1]}")
        link.text = m[0]
        return link, m.start(0), m.end(0)


class _Mention(InlineProcessor):
    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # type: ignore[override]  # noqa: ARG002, N802
        if m[1].casefold() not in self.md.people:  # type: ignore[attr-defined]
            return None, None, None
        mark = Element("mark")
        mark.text = m[0]
        return mark, m.start(0), m.end(0)


class MarksOfOurs(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.people = {}  # type: ignore[attr-defined]
        md.parser.blockprocessors["hashheader"].RE = _heading  # type: ignore[attr-defined]
        md.inlinePatterns.register(_Ticket(r"(?<![\w&/#.-])#([1-9][0-9]{0,8})\b", md), "ticket", 65)
        md.inlinePatterns.register(_Mention(MENTION, md), "mention", 64)

"""Markdown to HTML that is safe to show: rendered once, when it is written, and stored beside the text.

markdown takes quadratic time on runs of "[" and "!["; the text is capped by the forms, and the brackets here.
"""

import re
import threading
from html import escape

import nh3
from markdown import Markdown

EXTENSIONS = (
    "pymdownx.betterem",
    "pymdownx.magiclink",
    "pymdownx.superfences",
    "pymdownx.tilde",
    "sane_lists",
    "tables",
    "nl2br",
)
# Beyond this many opening brackets the text is shown as it was typed.
MOST_BRACKETS = 1000

TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre",
    "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip

# Words and everyday punctuation with single spaces between, in lines that begin with a letter: nothing of it means
# anything in Markdown.
_line = r"[^\W\d_](?:[^\W_]|[,;?!'()’-]| (?![ \n]|\Z)|[.:](?=[ \n]|\Z))*"
_plain = re.compile(rf"{_line}(?:\n{{1,2}}{_line})*")

_local = threading.local()


def render(text: str) -> str:
    """HTML of the Markdown, with nothing in it that runs, is fetched from elsewhere, or styles the page."""
    if not text.strip():
        return ""
    if _plain.fullmatch(text):
        return _paragraphs(text)
    if text.count("[") > MOST_BRACKETS:
        return f"<pre>{escape(text, quote=False)}</pre>"
    html = _instance().reset().convert(text)
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer nofollow",
    )


def _paragraphs(text: str) -> str:
    """What Markdown makes of plain words, without asking it: most answers are no more, and it takes its time."""
    blocks = text.split("\n\n")
    return "\n".join("<p>" + block.replace("\n", "<br>\n") + "</p>" for block in blocks)


def _instance() -> Markdown:
    """One converter per thread: making one is slow, and it is not safe to share."""
    if not hasattr(_local, "markdown"):
        _local.markdown = Markdown(
            extensions=list(EXTENSIONS),
            extension_configs={
                "pymdownx.superfences": {"css_class": ""},
                "pymdownx.magiclink": {"hide_protocol": False},
            },
            output_format="html",
        )
    return _local.markdown

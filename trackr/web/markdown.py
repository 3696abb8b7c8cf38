"""Markdown to HTML that is safe to show: rendered once, when it is written, and stored beside the text.

markdown takes quadratic time over marks that open and never close, and so does nh3 over tags within tags. The forms
limit the text; here, one that would take too long is shown as it was typed.
"""

import re
import threading
from collections.abc import Mapping
from html import escape

import nh3
from markdown import Markdown

from trackr.web.inline import MarksOfOurs
from trackr.web.tasks import Tasks

EXTENSIONS = (
    "pymdownx.betterem",
    "pymdownx.magiclink",
    "pymdownx.superfences",
    "pymdownx.tilde",
    "sane_lists",
    "tables",
    "nl2br",
)
# Limits far above what people write; the slowest text of 100,000 characters that they let pass takes some seconds.
MOST_WORK = 2_000_000  # marks times characters, summed over the paragraphs
MOST_TAGS = 500
MOST_FENCES = 100

TAGS = {
    "a", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre",
    "mark", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip

# Words and everyday punctuation with single spaces between, in lines that begin with a letter: nothing of it means
# anything in Markdown.
_line = r"[^\W\d_](?:[^\W_]|[,;?!'()’-]| (?![ \n]|\Z)|[.:](?=[ \n]|\Z))*"
_plain = re.compile(rf"{_line}(?:\n{{1,2}}{_line})*")

_marks = re.compile(r"[\[\]()`<>#|*_~&!\\]|[=-]+")
_fences = re.compile(r"^[ \t>]*(?:```|~~~)", re.MULTILINE)
_code = re.compile(r"^```[a-z]*\n.*?^```$", re.MULTILINE | re.DOTALL)
_blank_lines = re.compile(r"\n[ \t]*\n")

_local = threading.local()


def render(text: str, people: Mapping[str, str] | None = None) -> str:
    """HTML of the Markdown, with nothing in it that runs, is fetched from elsewhere, or styles the page.

    people: whom it may mention, names by what is written after the @, in small letters.
    """
    if not text.strip():
        return ""
    if _plain.fullmatch(text):
        return _paragraphs(text)
    if _takes_long(text):
        return _as_typed(text)
    try:
        markdown = _instance().reset()
        markdown.people = people or {}  # type: ignore[attr-defined]
        tasks = Tasks(text)
        html = markdown.convert(tasks.marked)
    except RecursionError:  # lists within lists within lists
        del _local.markdown  # it stopped halfway, and would remember
        return _as_typed(text)
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener noreferrer nofollow",
    )
    return tasks.put_in(clean)


def _paragraphs(text: str) -> str:
    """What Markdown makes of plain words, without asking it: most answers are no more, and it takes its time."""
    blocks = text.split("\n\n")
    return "\n".join("<p>" + block.replace("\n", "<br>\n") + "</p>" for block in blocks)


def _takes_long(text: str) -> bool:
    if len(_fences.findall(text)) > MOST_FENCES:
        return True
    text = _code.sub("", text)  # read once, whatever is in it
    work = sum(len(_marks.findall(block)) * len(block) for block in _blank_lines.split(text))
    return work > MOST_WORK or text.count("<") + text.count(">") > MOST_TAGS


def _as_typed(text: str) -> str:
    return f"<pre>{escape(text, quote=False)}</pre>"


def _instance() -> Markdown:
    """One converter per thread: making one is slow, and it is not safe to share."""
    if not hasattr(_local, "markdown"):
        _local.markdown = markdown = Markdown(
            extensions=list(EXTENSIONS),
            extension_configs={
                "pymdownx.superfences": {"css_class": ""},
                "pymdownx.magiclink": {"hide_protocol": False},
            },
            output_format="html",
        )
        for images in ("image_link", "image_reference", "short_image_ref"):  # shown as typed, their address a link
            markdown.inlinePatterns.deregister(images)
        MarksOfOurs().extendMarkdown(markdown)
    return _local.markdown

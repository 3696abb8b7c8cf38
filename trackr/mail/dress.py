"""HTML as mail programs show it: they know no stylesheet, so that each element carries its looks with it.

Of plain boxes and fonts only, which Outlook and Gmail keep; links lead to the instance wherever the mail is read.
"""

import re

from markupsafe import Markup

from trackr.mail.post import post

LINE, SUNK, ACCENT, QUIET = "#e2dfd8", "#f4f2ed", "#0f5b48", "#6b665f"

LOOKS = {
    "p": "margin:0 0 12px",
    "ul": "margin:0 0 12px;padding-left:24px",
    "ol": "margin:0 0 12px;padding-left:24px",
    "li": "margin:0 0 4px",
    "h1": "margin:12px 0 8px;font-size:22px",
    "h2": "margin:12px 0 0;font-size:17px",
    "h3": "margin:12px 0 8px;font-size:16px",
    "a": f"color:{ACCENT}",
    "blockquote": f"margin:0 0 12px;padding:0 0 0 12px;border-left:3px solid {LINE};color:{QUIET}",
    "pre": f"margin:0 0 12px;padding:8px 12px;background:{SUNK};font:14px/1.5 Consolas,Menlo,monospace;"
    "white-space:pre-wrap;word-break:break-word",
    "code": f"background:{SUNK};font-family:Consolas,Menlo,monospace;font-size:14px",
    "table": "border-collapse:collapse;margin:0 0 12px",
    "th": f"padding:4px 10px;border:1px solid {LINE};text-align:left;background:{SUNK}",
    "td": f"padding:4px 10px;border:1px solid {LINE};text-align:left",
    "mark": "background:#e3f4ec;color:inherit",
    "hr": f"border:0;border-top:1px solid {LINE};margin:12px 0",
}
_tag = re.compile(rf"<({'|'.join(sorted(LOOKS, key=len, reverse=True))})(?=[\s>])")
_box = re.compile(r"<input type=\"checkbox\"[^>]*?( checked)?>")
_own_link = re.compile(r'(<a\b[^>]*\bhref=")/(?!/)')


def dress(html: str) -> Markup:
    """The stored HTML of a text (rendered by web/markdown.py, which leaves nothing in it that runs), for a mail."""
    html = _box.sub(lambda found: "&#9745; " if found[1] else "&#9744; ", html)
    html = _own_link.sub(rf"\g<1>{post.base_url}/", html)
    return Markup(_tag.sub(lambda found: f'<{found[1]} style="{LOOKS[found[1]]}"', html))  # noqa: S704

"""Markdown is shown as it is meant, and nothing in it runs, is fetched from elsewhere, or holds up the instance."""

import re
from html.parser import HTMLParser
from threading import Thread
from time import monotonic

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from trackr.forms.fields import LONGEST_TEXT
from trackr.web import markdown
from trackr.web.markdown import TAGS, render

SCHEMES = ("http:", "https:", "mailto:", "tel:")


class Reader(HTMLParser):
    """Collects every tag and attribute that a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {(name, value or "") for name, value in attributes}

    def handle_data(self, data: str) -> None:
        self.words += data


def dangers(text: str) -> set[str]:
    """What in the HTML of this text may not be there."""
    reader = Reader(render(text))
    names = {name for name, _ in reader.attributes} - {"href", "title", "rel", "start"}
    links = {value for name, value in reader.attributes if name == "href"}
    # As browsers read an address: without line ends and tabs, and without control characters before it.
    read = {re.sub(r"[\t\n\r]|^[\x00-\x20]+", "", link) for link in links}
    foreign = {link for link in read if re.match(r"[a-z][a-z0-9+.-]*:", link, re.I) and not link.startswith(SCHEMES)}
    return reader.tags - TAGS | names | foreign


HOSTILE = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//elsewhere.example/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<p style='position:fixed' class=flash id=pulse onclick=alert(1) data-pulse=/x hx-get=/sign-out>x</p>",
    "<iframe src=//elsewhere.example></iframe><object data=x></object><embed src=x>",
    "<form action=//elsewhere.example><input name=password><button>Sign in</button></form>",
    "<base href=//elsewhere.example><meta http-equiv=refresh content=0><link rel=stylesheet href=x><style>p{}</style>",
    "<a href='javascript:alert(1)'>x</a><a href=' &#106;avascript:alert(1)'>x</a>",
    "[x](javascript:alert(1)) [x](JaVaScRiPt:alert(1)) [x](java\tscript:alert(1)) [x](&#x6A;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=) [x](vbscript:x) [x](file:///etc/passwd) [x](blob:x)",
    "[x][1]\n\n[1]: javascript:alert(1)",
    "<javascript:alert(1)>",
    '[x](http://e "title\\" onclick=alert(1)")',
    '[x](http://e" onclick="alert(1))',
    "[x](http://e){: onclick=alert(1) style=x }",
    "![x](http://elsewhere.example/counter.png) ![x][1]\n\n[1]: http://elsewhere.example/counter.png",
    "![x](http://elsewhere.example/counter.png){: onerror=alert(1) }",
    "```html onclick=alert(1)\n<script>alert(1)</script>\n```",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "\x02klzzwxh:0000\x03 \x02wzxhzdk:0\x03",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_gets_through(text: str) -> None:
    assert dangers(text) == set()


PIECES = st.sampled_from(
    ["<", ">", "[", "]", "(", ")", "`", "```", "*", "_", "~~", "!", "|", "#", "- ", "\n", "\n\n", "    ", "&", ";", ":",
     "javascript:", "data:", "http://e", "onclick=", '"', "'", "<a href=", "<img src=", "<script", "</", "\\", "x", " "]
)  # fmt: skip


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(PIECES | st.text(max_size=4), max_size=25).map("".join))
@example("<a href=javascript:x>[x](javascript:x)</a>")
def test_nothing_that_pieces_can_be_put_together_to_gets_through(text: str) -> None:
    assert dangers(text) == set()


MEANT = {
    "**loud** *soft* ~~gone~~": "<p><strong>loud</strong> <em>soft</em> <del>gone</del></p>",
    "a < b && c > d": "<p>a &lt; b &amp;&amp; c &gt; d</p>",
    "one\ntwo": "<p>one<br>\ntwo</p>",
    "`<b>&amp;`": "<p><code>&lt;b&gt;&amp;amp;</code></p>",
    "```python\nif a < b:\n    pass\n```": "<pre><code>if a &lt; b:\n    pass\n</code></pre>",
    "- [ ] call\n- [x] write": (
        '<ul>\n<li><input type="checkbox" data-task="0" disabled> call</li>\n'
        '<li><input type="checkbox" data-task="1" disabled checked> write</li>\n</ul>'
    ),
    "- [ ] `[x]`\n- [y] no": (
        '<ul>\n<li><input type="checkbox" data-task="0" disabled> <code>[x]</code></li>\n<li>[y] no</li>\n</ul>'
    ),
    "#12 is it": '<p><a href="/tickets/12" rel="noopener noreferrer nofollow">#12</a> is it</p>',
    "`#12` and a#12": "<p><code>#12</code> and a#12</p>",
    "Ask @nobody": "<p>Ask @nobody</p>",
    "3. a\n4. b": '<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>',
    "> quoted": "<blockquote>\n<p>quoted</p>\n</blockquote>",
    "| a |\n|---|\n| `1` |": "<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n"
    "<tbody>\n<tr>\n<td><code>1</code></td>\n</tr>\n</tbody>\n</table>",
    "snake_case_name and 2*3*4": "<p>snake_case_name and 2<em>3</em>4</p>",
}
REL = 'rel="noopener noreferrer nofollow"'
LINKS = {
    "[a](https://a.example/b_c_d)": f'<p><a href="https://a.example/b_c_d" {REL}>a</a></p>',
    "https://a.example/b_c": f'<p><a href="https://a.example/b_c" {REL}>https://a.example/b_c</a></p>',
    "sam@cobalt.example": f'<p><a href="mailto:sam@cobalt.example" {REL}>sam@cobalt.example</a></p>',
    "[a](/tickets/12)": f'<p><a href="/tickets/12" {REL}>a</a></p>',
    "![shot](https://a.example/s.png)": f'<p>![shot](<a href="https://a.example/s.png" {REL}>https://a.example/s.png</a>)</p>',
}


@pytest.mark.parametrize(("text", "html"), (MEANT | LINKS).items(), ids=repr)
def test_what_people_write_is_shown_as_they_mean_it(text: str, html: str) -> None:
    assert render(text) == html


WORDS = st.text("aé B9_-.,:;?!'()’*[<`#&\n ", max_size=30)


@settings(max_examples=500, deadline=None, derandomize=True)
@given(WORDS)
@example("A. b\n\nc: d")
def test_plain_words_look_as_if_markdown_had_read_them(text: str) -> None:
    if markdown._plain.fullmatch(text):
        assert render(text) == markdown._instance().reset().convert(text)


# Each of these takes the parser from many seconds to minutes, or to the end of its stack, where nothing stops it.
SLOW = {
    "brackets that never close": "[" * 900,
    "brackets within brackets": "[" * 50_000,
    "pictures that never close": "![" * 30_000,
    "links that never close": "[a](" * 900,
    "quotes within quotes": "> " * 50_000,
    "code that never closes": "``a`" * 25_000,
    "tags that never close": "<a " * 33_000,
    "tags within tags": "<div>\n\n" * 14_000,
    "headings": "a\n=\n" * 25_000,
    "fences": "```\n\n" * 20_000,
    "lists within lists": "- 1. " * 500,
    "lists": "* a\n* a\n\n" * 5_000,
}


@pytest.mark.parametrize("what", SLOW)
def test_no_text_holds_up_the_instance(what: str) -> None:
    text = SLOW[what].ljust(LONGEST_TEXT, "a")
    started = monotonic()
    html = render(text)
    assert monotonic() - started < 15  # a few seconds where the machine is free
    assert Reader(html).tags <= TAGS and len(html) > 1000


def test_a_text_that_would_take_too_long_is_shown_as_it_was_typed() -> None:
    text = "**loud** <b>\n" + "[" * 50_000
    assert Reader(render(text)).words == text and render(text).startswith("<pre>**loud** &lt;b&gt;\n[[[")


def test_after_lists_that_were_too_deep_the_next_text_is_read_as_ever() -> None:
    assert render("- 1. " * 500).startswith("<pre>")
    assert render("- a") == "<ul>\n<li>a</li>\n</ul>"


def test_a_long_report_with_code_in_it_is_read() -> None:
    code = "```\n" + "    raise ValueError(f'{name!r} is not [one] of <these>')\n" * 300 + "```\n"
    html = render(f"**The log**\n\n{code}\n- one\n- two\n")
    assert html.startswith("<p><strong>The log</strong></p>") and html.endswith("</ul>") and "<pre><code>" in html


def test_nothing_remembers_the_text_before() -> None:
    assert "href" in render("[a][1]\n\n[1]: https://a.example")
    assert "href" not in render("[a][1]")


def test_threads_do_not_mix_their_texts() -> None:
    found: dict[int, set[str]] = {}

    def read(number: int) -> None:
        found[number] = {render(f"*{number}* `{number}` [{number}](https://a.example/{number})") for _ in range(50)}

    threads = [Thread(target=read, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(len(htmls) == 1 and htmls.pop().count(str(number)) == 4 for number, htmls in found.items())

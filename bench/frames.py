"""What stands around the rows of a page, cut out of Trackr's own answer, so that a bare page is of the same size."""

from pathlib import Path

# The rows of a page go from the first of these marks, up to the last one of the other that follows.
MARKS = {
    "board": ('<section class="col"', "</main>"),
    "list": ("<tbody>", "</tbody>"),
    "ticket": ('<li id="comment-1"', "</ol>"),
}


class NoRows(Exception):
    """A page does not hold the marks between which its rows are cut out."""


def cut(name: str, page: str) -> tuple[str, str]:
    """What stands before the rows and after them. Raises NoRows."""
    begin, end = MARKS[name]
    first = page.find(begin)
    last = page.find(end, first)
    if first < 0 or last < 0:
        raise NoRows(f"the {name} page has no {begin!r} with {end!r} behind it")
    return page[:first], page[last:]


def write_frames(folder: Path, name: str, page: str) -> None:
    """Keep both halves of the page for the bare server."""
    folder.mkdir(exist_ok=True)
    for half, text in zip(("before", "after"), cut(name, page), strict=True):
        (folder / f"{name}.{half}").write_text(text, encoding="utf-8")


def read_frames(folder: Path, name: str) -> tuple[str, str]:
    before, after = ((folder / f"{name}.{half}").read_text(encoding="utf-8") for half in ("before", "after"))
    return before, after

"""What stands around the rows of a page, cut out of Trackr's own answer, so that a bare page is of the same size."""

from pathlib import Path

# The rows of a page stand after the first of these marks, and before the last of the others.
MARKS = {
    "board": ('<div class="cols">', "</main>"),
    "list": ("<tbody>", "</tbody>"),
    "ticket": ("</article></li>", "</ol>"),  # after what the ticket begins with
}


class NoRows(Exception):
    """A page does not hold the marks between which its rows are cut out."""


def cut(name: str, page: str) -> tuple[str, str]:
    """What stands before the rows and after them. Raises NoRows."""
    begin, end = MARKS[name]
    before, found, rest = page.partition(begin)
    _, found_end, after = rest.rpartition(end)
    if not found or not found_end:
        raise NoRows(f"the {name} page has no {begin!r} with {end!r} behind it")
    return before + begin, end + after


def write_frames(folder: Path, name: str, page: str) -> None:
    """Keep both halves of the page for the bare server."""
    folder.mkdir(exist_ok=True)
    for half, text in zip(("before", "after"), cut(name, page), strict=True):
        (folder / f"{name}.{half}").write_text(text, encoding="utf-8")


def read_frames(folder: Path, name: str) -> tuple[str, str]:
    before, after = ((folder / f"{name}.{half}").read_text(encoding="utf-8") for half in ("before", "after"))
    return before, after

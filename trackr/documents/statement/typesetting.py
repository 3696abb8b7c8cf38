"""Draws a PDF in a process of its own, which gives back the memory that Typst takes: some 500 MB for 5,000 lines.

Run by its path, so that nothing of Trackr is loaded: typesetting.py FOLDER FONTS INSTANT, with statement.typ and what
it reads in the folder; the PDF goes out.
"""

import re
import sys
from pathlib import Path

LACKING = re.compile(r'the text `"(.*?)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


def typeset(folder: Path, fonts: str, instant: int) -> bytes:
    """The PDF of that instant (Unix seconds), with the fonts of the house alone: on every machine the same file.

    Signs that they do not have are replaced, since PDF/A holds nothing that cannot be read. Raises typst.TypstError.
    """
    import typst

    try:
        return _compile(folder, fonts, instant)
    except typst.TypstError as problem:
        lacking = _signs(problem.diagnostic)
        if not lacking:
            raise
    sheet = folder / "sheet.json"
    sheet.write_text(sheet.read_text("utf-8").translate(dict.fromkeys(lacking, "\ufffd")), "utf-8")
    return _compile(folder, fonts, instant)


def _compile(folder: Path, fonts: str, instant: int) -> bytes:
    import typst

    return typst.compile(
        str(folder / "statement.typ"),
        root=str(folder),
        font_paths=[fonts],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["a-3b", "ua-1"],
        timestamp=instant,
    )


def _signs(diagnostic: str) -> set[int]:
    """The code points that Typst found no glyph for."""
    texts = LACKING.findall(diagnostic)
    escaped = {int(code, 16) for text in texts for code in ESCAPED.findall(text)}
    return escaped | {ord(sign) for text in texts for sign in ESCAPED.sub("", text)}


if __name__ == "__main__":
    folder, fonts, instant = sys.argv[1:]
    sys.stdout.buffer.write(typeset(Path(folder), fonts, int(instant)))

"""Names of files that are safe to show, to link and to store a download under, in whatever alphabet."""

import re
import unicodedata

LONGEST = 150  # characters
LONGEST_BYTES = 200  # of a name in UTF-8: file systems take 255, and add a number to the second of a name
LONGEST_ENDING = 20

# Windows takes none of these for a file, whatever the ending; `preview` is an address of its own.
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?|preview", re.IGNORECASE)
# Control and format characters, among them those that turn the direction of writing, so that "gpj.exe" reads "exe.jpg".
UNWANTED = ("Cc", "Cf", "Cs", "Cn", "Zl", "Zp")
JOINERS = "\u200c\u200d"  # needed within Persian and Indic words and emoji, and harmless among their letters


def clean(name: str) -> str:
    """The name without folders and without what deceives, at most LONGEST characters long, its ending kept."""
    parts = [part for part in re.split(r"[/\\]", name) if part.strip(" .")]
    text = unicodedata.normalize("NFC", parts[-1] if parts else "")
    kept = "".join(_kept(character, text[at - 1 : at]) for at, character in enumerate(text))
    trimmed = " ".join(kept.split()).strip(" ." + JOINERS)
    short = _shorten(trimmed) or "file"
    return f"_{short}" if RESERVED.fullmatch(short) else short


def _kept(character: str, before: str) -> str:
    if character in JOINERS:
        return character if before > "\x7f" else ""
    if character in "\t\n\r":
        return " "
    return "" if unicodedata.category(character) in UNWANTED else character


def _shorten(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending.encode()) > LONGEST_ENDING:
        stem, ending = name, ""
    ending = dot and ending and f".{ending}"
    stem = stem[: LONGEST - len(ending)]
    while len(f"{stem}{ending}".encode()) > LONGEST_BYTES:
        stem = stem[:-1]
    return f"{stem.rstrip(' .' + JOINERS)}{ending}"

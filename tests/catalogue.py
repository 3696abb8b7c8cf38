"""The texts of Trackr as tests look at them: in the sources, in the French catalogue, and on a page."""

import re
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from trackr import paths

ROOT = Path(__file__).parents[1]
FRENCH = paths.translations / "fr" / "LC_MESSAGES" / "messages.po"

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
MARKUP = re.compile(r"</?\w+>")
SPOKEN = ("title", "aria-label", "placeholder", "alt")  # attributes that people read or hear

Key = tuple[str | None, str]  # a context, seldom given, and the English text (of two, the singular)


def in_the_sources() -> Catalog:
    """What `make translations` extracts, by the same configuration."""
    catalog = Catalog()
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["babel"]["mappings"]
    methods = [(mapping["pattern"], mapping["method"]) for mapping in mappings]
    options = {
        mapping["pattern"]: mapping | {"keywords": parse_keywords(mapping.get("keywords", []))} for mapping in mappings
    }
    for _, _, message, _, context in extract_from_dir(ROOT, methods, options, directory_filter=_is_ours):
        catalog.add(message, context=context)
    return catalog


def _is_ours(folder: str) -> bool:
    return Path(folder).relative_to(ROOT).parts[0] in ("templates", "trackr")


def in_french() -> Catalog:
    with FRENCH.open("rb") as file:
        return read_po(file, locale="fr")


def compiled() -> Catalog:
    """The catalogue that pages are made with."""
    with FRENCH.with_suffix(".mo").open("rb") as file:
        return read_mo(file)


def compiled_anew() -> Catalog:
    file = BytesIO()
    write_mo(file, in_french())
    file.seek(0)
    return read_mo(file)


def messages(catalog: Catalog) -> dict[Key, Message]:
    return {(message.context, singular(message)): message for message in catalog if message.id}


def singular(message: Message) -> str:
    return message.id[0] if message.pluralizable else message.id


def pairs(message: Message) -> list[tuple[str, str]]:
    """English and French of a message, for both its forms where it has two."""
    return (
        list(zip(message.id, message.string, strict=True)) if message.pluralizable else [(message.id, message.string)]
    )


class Texts(HTMLParser):
    """Every text of a page, and every attribute that is read out, each with single plain spaces."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.languages: list[str | None] = []
        self._tag = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._tag = tag
        self.found |= {plain(value) for name, value in attributes if name in SPOKEN and value}
        if tag == "html":
            self.languages += [value for name, value in attributes if name == "lang"]

    def handle_data(self, data: str) -> None:
        if self._tag not in ("script", "style") and data.strip():
            self.found |= {plain(data), *re.split(", | · |: ", plain(data))}


def plain(text: str) -> str:
    return " ".join(text.split())


def pieces(text: str) -> Iterator[str]:
    """What of a message stands as one text on a page: markup divides it."""
    for piece in MARKUP.split(text):
        if re.search("[A-Za-z]{2}", PLACEHOLDER.sub("", piece)):
            yield plain(piece)


def only_english() -> re.Pattern[str]:
    """A text that is a message in English, or a part of one, and no message in French."""
    both = [pair for message in messages(in_french()).values() for pair in pairs(message)]
    french = {piece for _, translated in both for piece in pieces(translated)}
    english = {piece for original, _ in both for piece in pieces(original)} - french
    return re.compile("|".join(".+".join(map(re.escape, PLACEHOLDER.split(piece))) for piece in english))

"""What somebody asks a search, read from one line: words, "phrases", #142, and filters such as is:open kind:support.

Nothing that is typed is an error: what is no filter is a word, and of a filter with a strange value it is told.
"""

import re
import unicodedata
from dataclasses import dataclass, field

LONGEST = 200
MOST_TERMS = 12

# Each filter with the values that it knows; where none are named, any name will do. French says the same.
FILTERS: dict[str, tuple[str, ...]] = {
    "is": ("open", "closed", "unread", "overdue"),
    "has": ("file",),
    "assignee": (),
    "requester": (),
    "kind": ("support", "assistance"),
    "priority": ("urgent", "high", "normal", "low"),
    "column": (),
    "project": (),
}
FRENCH = {
    "est": "is", "attribue": "assignee", "demandeur": "requester", "type": "kind", "priorite": "priority",
    "colonne": "column", "projet": "project", "ouvert": "open", "ferme": "closed", "nonlu": "unread",
    "non-lu": "unread", "enretard": "overdue", "en-retard": "overdue",
    "avec": "has", "fichier": "file", "moi": "me", "urgente": "urgent",
    "haute": "high", "normale": "normal", "basse": "low",
}  # fmt: skip

_TERM = re.compile(r'(?:(?P<key>[^\W\d_]+):)?(?:"(?P<quoted>[^"]*)"?|(?P<bare>[^\s"]+))')
_NUMBER = re.compile(r"#?([0-9]{1,9})", re.ASCII)


@dataclass
class Ask:
    words: list[str] = field(default_factory=list)
    phrases: list[str] = field(default_factory=list)
    filters: dict[str, list[str]] = field(default_factory=dict)  # by name of FILTERS; of several values one must fit
    number: int | None = None  # the ticket that is meant: "#142", or "142" with nothing else
    is_exact: bool = False  # nothing but that ticket: "#142"
    strange: list[str] = field(default_factory=list)  # filters that say nothing
    is_open: bool = True  # whether the last word may go on

    @property
    def is_empty(self) -> bool:
        return not (self.words or self.phrases or self.filters or self.number or self.strange)

    @property
    def has_words(self) -> bool:
        return bool(self.words or self.phrases)


def read(line: str) -> Ask:
    """The question of a line, whatever stands in it."""
    ask, numbers = Ask(), []
    line = cleaned(line)
    for term in list(_TERM.finditer(line))[:MOST_TERMS]:
        key, quoted, bare = term["key"], term["quoted"], term["bare"]
        if bare and bare.endswith(":") and not key:  # a filter that has only been begun
            key, bare = bare[:-1], ""
        value = (quoted if bare is None else bare).strip()
        name = FRENCH.get(folded(key), folded(key)) if key else ""
        if name in FILTERS:
            _filter(ask, name, value, term[0])
        elif key or bare is not None:
            word = " ".join(term[0].replace('"', " ").split())
            number = _NUMBER.fullmatch(word)
            if number and word.startswith("#"):
                ask.number, ask.is_exact = int(number[1]), True
            else:
                numbers += [int(number[1])] if number else []
                ask.words.append(word)
        elif value:
            ask.phrases.append(value)
    if numbers and len(ask.words) == 1 and not ask.phrases:
        ask.number = ask.number or numbers[0]
    ask.is_open = bool(ask.words) and line.endswith(ask.words[-1])
    return ask


def cleaned(line: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in line[:LONGEST]).split())


def _filter(ask: Ask, name: str, value: str, typed: str) -> None:
    known, value = FILTERS[name], FRENCH.get(folded(value), value) if name != "project" else value
    value = folded(value) if known else value
    if not value or (known and value not in known):
        ask.strange.append(typed)
    else:
        ask.filters.setdefault(name, []).append(value)


def folded(text: str) -> str:
    """Without capitals and accents, as search compares: "Hélène" as "helene"."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def begins(name: str, value: str) -> bool:
    """Whether a name, or a word of it, begins with what was typed."""
    whole, wanted = folded(name), folded(value)
    return whole.startswith(wanted) or any(word.startswith(wanted) for word in whole.split())

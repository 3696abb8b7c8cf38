"""What the address of a list of tickets asks for: which of them, in what order, and which page."""

from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import parse_qsl, urlencode

from werkzeug.datastructures import MultiDict

from trackr.models.tag import LONGEST
from trackr.models.ticket import KINDS, PRIORITIES
from trackr.reach import ask

LAST_PAGE = 10_000

# What the list may be ordered by, and which end comes first unless the address says so. `number` is also its age.
SORTS = {"number": "desc", "title": "asc", "priority": "desc", "age": "asc", "changed": "desc", "valued": "desc"}
# As addresses said it before: they stay good.
EARLIER = {"newest": ("number", "desc"), "oldest": ("number", "asc")}
DIRECTIONS = ("asc", "desc")


@dataclass(frozen=True)
class Filters:
    """What the address asks for; what cannot be read is as if it were not there."""

    q: str = ""
    column: str = ""  # id
    assignee: str = ""  # id
    kind: str = ""
    priority: str = ""
    tag: str = ""
    sort: str = "number"
    direction: str = ""  # "": as the order begins by itself
    page: int = 1

    @classmethod
    def read(cls, values: "MultiDict[str, str]") -> "Filters":
        def among(name: str, choices: tuple[str, ...], default: str = "") -> str:
            return values.get(name, "") if values.get(name) in choices else default

        sort, direction = EARLIER.get(values.get("sort", ""), (among("sort", tuple(SORTS), "number"), ""))
        direction = among("direction", DIRECTIONS, direction)
        return cls(
            q=ask.cleaned(values.get("q", "")),
            column=_digits(values, "column"),
            assignee=_digits(values, "assignee"),
            kind=among("kind", KINDS),
            priority=among("priority", PRIORITIES),
            tag=" ".join(values.get("tag", "").replace("\x00", "").split())[:LONGEST],
            sort=sort,
            direction="" if direction == SORTS[sort] else direction,
            page=page_number(values),
        )

    def address(self, **changes: object) -> dict[str, Any]:
        """The arguments of an address with some of them changed, the defaults left out."""
        wanted = {name: getattr(self, name) for name in DEFAULTS} | changes
        return {name: value for name, value in wanted.items() if value != DEFAULTS[name]}

    def turned(self, sort: str) -> dict[str, Any]:
        """The address of the same list by another order, or by this one the other way round."""
        other = {"asc": "desc", "desc": "asc"}[self.way] if sort == self.sort else SORTS[sort]
        return self.address(sort=sort, direction="" if other == SORTS[sort] else other, page=1)

    def as_query(self) -> str:
        """The same as text, without the page: what a saved view keeps."""
        return urlencode(self.address(page=1))

    @classmethod
    def from_query(cls, query: str) -> "Filters":
        return cls.read(MultiDict(parse_qsl(query)))

    @property
    def way(self) -> str:
        return self.direction or SORTS[self.sort]

    @property
    def narrow(self) -> bool:
        """Whether anything is left out."""
        return bool(self.q or self.column or self.assignee or self.kind or self.priority or self.tag)


DEFAULTS: dict[str, Any] = {field.name: field.default for field in fields(Filters)}


def page_number(values: "MultiDict[str, str]") -> int:
    """The page that an address asks for, 1 where it says nothing that can be read."""
    return min(max(int(_digits(values, "page") or 1), 1), LAST_PAGE)


def _digits(values: "MultiDict[str, str]", name: str) -> str:
    text = values.get(name, "")
    return text if text.isascii() and text.isdecimal() and len(text) <= 9 else ""

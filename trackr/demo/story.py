"""The story as it is written: a folder of TOML files for each project, read into what the stage plays.

An instant is written as working days ago and the time of day, "21 9:14"; a person by first name; a duration as people
type it.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent
_PROJECT = "project.toml"


@dataclass(frozen=True, slots=True)
class Character:
    name: str
    email: str
    role: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    person: str
    sees: str = "all"
    hours: bool = True


@dataclass(frozen=True, slots=True)
class Pack:
    at: str
    hours: str
    reference: str  # {year} stands for that of the purchase
    kind: str = "pack"
    valid_for_days: int = 0  # 0: for ever


@dataclass(frozen=True, slots=True)
class Closing:
    """The hours are closed through the end of a working day, so many ago."""

    at: str
    through: int


@dataclass(frozen=True, slots=True)
class Request:
    """A client asks for hours."""

    at: str
    by: str
    hours: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """One that the agency keeps ready."""

    name: str
    body: str


@dataclass(frozen=True, slots=True)
class View:
    """A list of tickets that somebody keeps; its query as the address writes it."""

    at: str
    by: str
    name: str
    query: str
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What one person does on a ticket in one gesture; what is empty is not done."""

    at: str
    by: str
    priority: str = ""
    kind: str = ""
    assign: str = ""
    tags: tuple[str, ...] = ()
    due: int = 0  # days from today
    link: str = ""  # the name of another ticket that is related
    reply: str = ""
    file: str = ""  # with what is written: a file of the project's folder
    internal: str = ""
    time: str = ""  # spent
    valued: str = ""  # empty: as the project's rule proposes
    activity: str = ""
    note: str = ""
    internal_note: str = ""
    low: str = ""
    ceiling: str = ""  # of an estimate that is proposed
    answer: str = ""  # accept or decline: to the one that waits
    words: str = ""  # that go with an estimate or its answer
    name: str = ""  # of the time, by which its correction refers to it
    corrects: str = ""  # the name of a time that is closed: `valued` is what is given back, such as "-15m"
    to: str = ""  # the role of a column: done closes, another one reopens


@dataclass(frozen=True, slots=True)
class Scene:
    """A ticket, from its opening on."""

    title: str
    by: str
    at: str
    body: str
    file: str = ""
    timer: str = ""  # whose timer runs on it
    name: str = ""  # by which other texts refer to it, as in {#name}
    kind: str = "support"
    priority: str = "normal"
    assign: str = ""
    column: str = "new"
    then: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Plot:
    """A project: its settings, people and packs, and everything that was asked."""

    opened: str
    archived: str
    settings: dict[str, Any]  # for Project.open
    members: tuple[Member, ...]
    packs: tuple[Pack, ...]
    closings: tuple[Closing, ...]
    requests: tuple[Request, ...]
    views: tuple[View, ...]
    templates: dict[str, str]  # by kind of ticket
    folder: Path
    scenes: tuple[Scene, ...]


def read_agency() -> dict[str, str]:
    """Name, language and time zone."""
    agency: dict[str, str] = _read(_FOLDER / "cast.toml")["agency"]
    return agency


def read_cast() -> dict[str, Character]:
    """Everybody, by first name."""
    return {name: Character(**values) for name, values in _read(_FOLDER / "cast.toml")["people"].items()}


def read_replies() -> tuple[Reply, ...]:
    return tuple(Reply(reply["name"], _trim(reply["body"])) for reply in _read(_FOLDER / "cast.toml")["reply"])


def read_plots() -> list[Plot]:
    """Every project, by the name of its folder."""
    return [_read_plot(path.parent) for path in sorted(_FOLDER.glob(f"*/{_PROJECT}"))]


def _read_plot(folder: Path) -> Plot:
    values = _read(folder / _PROJECT)
    pages = [_read(path) for path in sorted(folder.glob("*.toml")) if path.name != _PROJECT]
    if "columns" in values:
        values["column_names"] = values.pop("columns")
    return Plot(
        opened=values.pop("opened"),
        archived=values.pop("archived", ""),
        members=tuple(Member(**member) for member in values.pop("member")),
        packs=tuple(Pack(**pack) for pack in values.pop("purchase", ())),
        closings=tuple(Closing(**closing) for closing in values.pop("statement", ())),
        requests=tuple(Request(**request) for request in values.pop("request", ())),
        views=tuple(View(**view) for view in values.pop("view", ())),
        templates={kind: _trim(body) for kind, body in values.pop("template", {}).items()},
        folder=folder,
        scenes=tuple(_read_scene(scene) for page in pages for scene in page["ticket"]),
        settings=values,
    )


def _read_scene(values: dict[str, Any]) -> Scene:
    steps = tuple(_read_step(step) for step in values.pop("then", ()))
    return Scene(then=steps, **{name: _trim(value) for name, value in values.items()})


def _read_step(values: dict[str, Any]) -> Step:
    texts = {name: _trim(value) for name, value in values.items() if isinstance(value, str)}
    return Step(**values | texts | {"tags": tuple(values.get("tags", ()))})


def _trim(text: str) -> str:
    return text.strip("\n")


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))

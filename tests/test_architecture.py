"""The shape of the house: rooms, their floors, and how large and how named things are in them."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in [ROOT / "app.py", *ROOT.glob("trackr/**/*.py")]
}
TEMPLATES = {
    path.relative_to(ROOT / "templates").as_posix(): path.read_text() for path in ROOT.glob("templates/**/*.html")
}

# From the roof down: who is on a floor may use its own room and the floors below.
FLOORS = (
    {
        "app", "trackr", "trackr.__main__", "trackr.cli", "trackr.demo", "trackr.doctor", "trackr.enrol",
        "trackr.seed", "trackr.shell",
    },
    {"trackr.views", "trackr.api", "trackr.jobs"},
    {"trackr.forms", "trackr.reach", "trackr.web", "trackr.mail", "trackr.documents", "trackr.importers"},
    {"trackr.models"},
    {
        "trackr.hours", "trackr.archive", "trackr.backup", "trackr.checks", "trackr.clock", "trackr.db",
        "trackr.files", "trackr.locks", "trackr.log", "trackr.oidc", "trackr.ownership", "trackr.paths",
        "trackr.proxies", "trackr.serve", "trackr.settings", "trackr.sqlite", "trackr.version",
    },
)  # fmt: skip
ROOMS = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
ROOF, GROUND = 0, len(FLOORS) - 1  # where rooms are single files that use each other

# Doors between rooms of one floor. The web answers with what was read and what may be seen, and a document is made of
# what its reader may see; two of the web's rules know no request: how a text becomes HTML, which forms need, and how a
# day is written, which documents need too. A page, and a mail, says of a statement what its files say,
# and a mail carries one. The page that asks again who is there has a code mailed, where mail is set up.
DOORS = {
    ("trackr.documents", "trackr.reach"),
    ("trackr.documents", "trackr.web.catalogues"),
    ("trackr.documents", "trackr.web.days"),
    ("trackr.web", "trackr.documents.statement.words"),
    ("trackr.web", "trackr.forms"),
    ("trackr.web", "trackr.mail.keys"),
    ("trackr.web", "trackr.mail.post"),
    ("trackr.web", "trackr.reach"),
    ("trackr.forms", "trackr.web.markdown"),
    ("trackr.forms", "trackr.web.days"),
    ("trackr.mail", "trackr.documents.statement"),
    ("trackr.mail", "trackr.documents.statement.apart"),
    ("trackr.mail", "trackr.documents.statement.speech"),
    ("trackr.mail", "trackr.documents.statement.words"),
    ("trackr.mail", "trackr.reach"),
    ("trackr.mail", "trackr.web.catalogues"),
    ("trackr.mail", "trackr.web.days"),
    ("trackr.mail", "trackr.web.markdown"),
}

VIEW_NAMES = {"index", "show", "new", "create", "edit", "update", "destroy"}
OTHER_VIEW_NAMES = {
    "trackr.views.register": "puts the blueprints into the app",
    "trackr.views.activities.show_changed": "what is answered after any change of an activity",
    "trackr.views.charges.chosen": "what the address asks for, on the page and in the file",
    "trackr.views.columns.show_changed": "what is answered after any change of a column",
    "trackr.views.entries.propose": "answers while a duration is being typed, and stores nothing",
    "trackr.views.entries.again": "the refused form, beside the entry as it is now",
    "trackr.views.placements.again": "the refused move: the board as it is, or the choice again",
    "trackr.views.projects.show_changed": "what other views answer after they changed the board",
    "trackr.views.reports.chosen": "what the address asks for, on the page and in its files",
    "trackr.views.tickets.show_changed": "what other views answer after they changed a ticket",
    "trackr.views.tickets.again": "the refused form, in the place that it came from",
}
LONGEST_VIEW = 25
LONGEST_FILE = 250
LONGER_FILES = {
    "trackr.hours.allocation": "the walk through the ledger is one thought, and half of it is its words",
    "trackr.models.entry": "what may be done with an entry, and what is refused, stands in one place",
}


def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text())


def imports(module: str) -> Iterator[str]:
    """The modules that a module imports; `from trackr import db` is trackr.db."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = node.module or ""
            inner = [name for alias in node.names if (name := f"{source}.{alias.name}") in MODULES]
            yield from inner or [source]


def room(module: str) -> str:
    """The room that a module is in: the longest name in the list that it begins with."""
    parts = module.split(".")
    names = (".".join(parts[:count]) for count in (2, 1))
    return next((name for name in names if name in ROOMS), "") if module not in ("app", "trackr") else module


def may_use(user: str, used: str) -> bool:
    here, there = room(user), room(used)
    if here == there or ROOMS[here] < ROOMS[there]:
        return True
    beside = ROOMS[here] in (ROOF, GROUND) or bool({(here, there), (here, used)} & DOORS)
    return ROOMS[here] == ROOMS[there] and beside


def functions(room: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    for module in MODULES:
        if module.startswith(room):
            yield from (
                (f"{module}.{node.name}", node) for node in tree(module).body if isinstance(node, ast.FunctionDef)
            )


def test_every_module_has_its_room() -> None:
    assert [module for module in MODULES if room(module) in ("", "trackr") and module != "trackr"] == []


def test_imports_only_go_down() -> None:
    used = [(module, name) for module in MODULES for name in imports(module) if name.startswith("trackr")]
    assert [pair for pair in used if not may_use(*pair)] == []


def test_the_rules_of_the_hours_are_pure() -> None:
    used = {name.partition(".")[0] for module in MODULES if room(module) == "trackr.hours" for name in imports(module)}
    assert used <= {*sys.stdlib_module_names, "trackr"}
    inner = {
        name for module in MODULES if room(module) == "trackr.hours" for name in imports(module) if "trackr" in name
    }
    assert all(name.startswith("trackr.hours") for name in inner)


@pytest.mark.parametrize(("package", "rooms"), [
    ("flask", {"trackr", "trackr.web", "trackr.views", "trackr.api"}),
    (
        "peewee",
        {
            "trackr.cli", "trackr.db", "trackr.doctor", "trackr.models", "trackr.reach", "trackr.seed",
            "trackr.views",
        },
    ),
])  # fmt: skip
def test_who_knows_the_web_and_who_the_database(package: str, rooms: set[str]) -> None:
    assert {room(module) for module in MODULES if package in {name.split(".")[0] for name in imports(module)}} <= rooms


def test_views_and_forms_ask_the_database_through_reach_and_the_models() -> None:
    queries = re.compile(r"\.(select|where|get_or_none|get_by_id|prefetch)\(|\bfn\.")
    rooms = {"trackr.views", "trackr.forms", "trackr.web"}
    sources = {module: path.read_text() for module, path in MODULES.items() if room(module) in rooms}
    assert {name: found for name, text in sources.items() if (found := queries.findall(text))} == {}


def test_there_is_no_drawer_for_odds_and_ends() -> None:
    names = {part for module in MODULES for part in module.split(".")}
    assert names & {"util", "utils", "helper", "helpers", "common", "misc", "service", "services", "managers"} == set()


def test_views_are_named_after_what_they_do_to_their_resource() -> None:
    named = {name for name, node in functions("trackr.views") if not node.name.startswith("_")}
    assert {name for name in named if name.rpartition(".")[2] not in VIEW_NAMES} == set(OTHER_VIEW_NAMES)


def test_what_is_taken_out_as_a_file_leaves_a_line_in_the_trail() -> None:
    sources = {module: path.read_text() for module, path in MODULES.items() if room(module) == "trackr.views"}
    files = {module for module, text in sources.items() if "attachment; filename" in text or "spreadsheet(" in text}
    assert files and {module for module in files if "note_export(" not in sources[module]} == set()


def test_views_stay_short() -> None:
    lines = {name: (node.end_lineno or 0) - node.lineno + 1 for name, node in functions("trackr.views")}
    assert {name: count for name, count in lines.items() if count > LONGEST_VIEW} == {}


def test_files_stay_small_enough_to_hold_in_the_head() -> None:
    lines = {module: len(path.read_text().splitlines()) for module, path in MODULES.items()}
    assert {module for module, count in lines.items() if count > LONGEST_FILE} == set(LONGER_FILES)
    assert max(lines.values()) < 300 and sorted(lines.values())[len(lines) // 2] < 80


def test_every_file_says_what_it_is_for() -> None:
    assert [module for module in MODULES if not ast.get_docstring(tree(module))] == []


def test_nothing_is_left_to_be_done_and_no_fault_is_swallowed() -> None:
    source = {module: path.read_text() for module, path in MODULES.items()}
    assert [module for module, text in source.items() if re.search(r"\b(TODO|FIXME|XXX|HACK)\b", text)] == []
    assert [
        module for module, text in source.items() if re.search(r"except( Exception| BaseException)?:\s+pass", text)
    ] == []


INLINE = {
    "a script": re.compile(r"<script(?![^>]*\bsrc=)|javascript:", re.IGNORECASE),
    "a style": re.compile(r"<style|\sstyle\s*=|['\"]style['\"]\s*:", re.IGNORECASE),
    "a handler": re.compile(r"\son[a-z]+\s*=\s*['\"{]|['\"]on[a-z]+['\"]\s*:|\bhx-on\b", re.IGNORECASE),
    "a foreign address": re.compile(r"(?:src|href)=[\"']?(?:https?:)?//", re.IGNORECASE),
}


@pytest.mark.parametrize("what", INLINE)
def test_no_template_holds(what: str) -> None:
    assert {name: found for name, text in TEMPLATES.items() if (found := INLINE[what].findall(text))} == {}


def test_every_template_is_used_and_exists() -> None:
    sources = [*TEMPLATES.values(), *(path.read_text() for path in MODULES.values())]
    used = {name for text in sources for name in re.findall(r"['\"]([a-z]+/\w+(?:\.htmx)?\.html)['\"]", text)}
    assert used == set(TEMPLATES)


def test_every_icon_of_the_sprite_is_used() -> None:
    symbols = set(re.findall(r'<symbol id="i-([\w-]+)"', (ROOT / "static/icons.svg").read_text()))
    states = {"s-new", "s-progress", "s-waiting", "s-done"}  # these names are put together
    sources = [*TEMPLATES.values(), *(path.read_text() for path in MODULES.values())]
    named = {name for text in sources for name in re.findall(r"""['"#]([a-z][a-z0-9-]*)['"]""", text)}
    assert symbols - named - states == set()

"""The documentation says what the program does: its settings, commands and addresses, no more and no less."""

import re
from pathlib import Path

import click
import pytest
from flask import Flask

from trackr.cli import main
from trackr.settings import NAMES

ROOT = Path(__file__).parents[1]
TEXTS = {path.name: path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]}
INTERNAL = {"/static/<digest>/<path:name>"}  # made anew with every version


def commands(group: click.Group, before: str = "trackr") -> set[str]:
    found = set()
    for name, command in group.commands.items():
        whole = f"{before} {name}"
        found |= commands(command, whole) if isinstance(command, click.Group) else {whole}
    return found


def addresses(app: Flask) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        if rule.rule not in INTERNAL:
            plain = re.sub(r"<\w+:", "<", rule.rule)
            found.setdefault(plain, set()).update((rule.methods or set()) - {"HEAD", "OPTIONS"})
    return found


def test_every_setting_is_documented_and_nothing_else_is() -> None:
    assert set(re.findall(r"TRACKR_[A-Z_]+", TEXTS["settings.md"])) == set(NAMES)


def test_no_page_names_a_setting_that_does_not_exist() -> None:
    named = {name for text in TEXTS.values() for name in re.findall(r"\bTRACKR_[A-Z_]+\b", text)}
    assert named <= set(NAMES)


@pytest.mark.parametrize("command", sorted(commands(main)))
def test_every_command_is_documented(command: str) -> None:
    assert any(command in text for text in TEXTS.values())


def test_every_address_is_documented_with_its_methods_and_no_other_is(app: Flask) -> None:
    rows = re.findall(r"^\| `(/[^`]*)` \| ([A-Z, ]+) \|", TEXTS["addresses.md"], re.MULTILINE)
    assert {address: set(methods.split(", ")) for address, methods in rows} == addresses(app)


def test_every_test_that_is_named_as_a_proof_exists() -> None:
    named = set(re.findall(r"`((?:\w+/)?test_\w+\.py)`", TEXTS["security.md"]))
    assert named and {name for name in named if not (ROOT / "tests" / name).exists()} == set()


@pytest.mark.parametrize("name", sorted(TEXTS))
def test_what_a_page_links_to_is_there(name: str) -> None:
    folder = ROOT if name == "README.md" else ROOT / "docs"
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", TEXTS[name]):
        assert (folder / target).exists(), target

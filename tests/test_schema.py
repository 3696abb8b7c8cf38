"""Migrations and models say the same, and migrations stay as they were when they first ran."""

import ast
import re
from pathlib import Path

import pytest
from playhouse.schema_diff import diff_models

from trackr import paths
from trackr.db import database
from trackr.models import ALL
from trackr.models.search import SOURCES
from trackr.settings import Settings

MIGRATIONS = sorted(paths.migrations.glob("*.py"))
# SQLite keeps an index for full text in a table and four others below it.
INDEXES = {f"{source.table}{part}" for source in SOURCES for part in ("", "_data", "_idx", "_docsize", "_config")}
EACH = pytest.mark.parametrize("path", MIGRATIONS, ids=lambda path: path.stem)


def test_after_all_migrations_the_database_is_what_the_models_say(settings: Settings) -> None:
    diff = diff_models(database.obj, list(ALL))
    assert not diff, str(diff)


@pytest.mark.parametrize("sql", [
    "ALTER TABLE agency ADD COLUMN motto TEXT",
    "ALTER TABLE ticket DROP COLUMN priority",
    "DROP INDEX line_entry_id",
])  # fmt: skip
def test_the_comparison_would_notice(settings: Settings, sql: str) -> None:
    database.execute_sql(sql)
    assert diff_models(database.obj, list(ALL))


def test_there_is_no_table_that_no_model_knows(settings: Settings) -> None:
    tables = {model._meta.table_name for model in ALL} | {"schema_migration"}
    assert set(database.get_tables()) == tables | INDEXES


def test_every_index_of_the_search_has_its_triggers_and_its_view(settings: Settings) -> None:
    triggers = {name for (name,) in database.execute_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    named = {f"{source.table}_{verb}" for source in SOURCES for verb in ("insert", "update", "delete")}
    assert {name for name in triggers if "_search_" in name} == named
    assert {view.name for view in database.get_views()} == {source.content for source in SOURCES[1:]}


def test_what_refers_to_something_refers_to_something_that_exists(settings: Settings) -> None:
    tables = set(database.get_tables())
    referred = {key.dest_table for table in tables for key in database.get_foreign_keys(table)}
    assert referred and referred <= tables


@EACH
def test_a_migration_takes_nothing_from_the_program_which_will_change(path: Path) -> None:
    tree = ast.parse(path.read_text())
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "." for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= {"peewee", "playhouse", "datetime", "json"}


@EACH
def test_a_migration_says_what_it_does(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text()))


def test_migrations_are_numbered_without_a_gap() -> None:
    assert [int(path.name[:4]) for path in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))
    assert all(re.fullmatch(r"\d{4}_[a-z0-9_]+", path.stem) for path in MIGRATIONS)

"""What is on a statement stays as it is, whoever asks and however: by SQL, past everything that Trackr knows."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest

from tests.clock import Clock
from tests.people import Cast
from trackr.db import database
from trackr.models import Entry, Line, ledger
from trackr.settings import Settings

CLOSED, OPEN = 1, 2  # numbers of the entry in the closed period, and of the one after
TABLES = ("entry", "ledger_line")


@pytest.fixture
def sql(settings: Settings, people: Cast, clock: Clock) -> Iterator[sqlite3.Connection]:
    """A plain connection to an instance with a closed February and an open March."""
    people.pack(10, bought_on=date(2026, 2, 1))
    ticket = people.ticket()
    people.entry(ticket, 30, day=date(2026, 2, 10), form_key="first")
    people.entry(ticket, 45, day=date(2026, 3, 10), form_key="second")
    people.entry(people.ticket(), 15, day=date(2026, 3, 10))
    ledger.close(people.intranet, date(2026, 2, 28))
    database.close()
    with closing(sqlite3.connect(settings.database_path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection


def columns(sql: sqlite3.Connection, table: str) -> list[str]:
    return [name for _, name, *_ in sql.execute(f"PRAGMA table_info({table})")]


def dump(sql: sqlite3.Connection, *tables: str) -> list[tuple[object, ...]]:
    return [row for table in tables or TABLES for row in sql.execute(f"SELECT * FROM {table} ORDER BY id")]


def refused(sql: sqlite3.Connection, statement: str, *values: object) -> None:
    before = dump(sql)
    with pytest.raises(sqlite3.IntegrityError, match=r"it is on a statement|a statement stays as it is"):
        sql.execute(statement, values)
    assert dump(sql) == before


@pytest.mark.parametrize("table", TABLES)
def test_no_column_of_what_is_closed_can_be_changed(sql: sqlite3.Connection, table: str) -> None:
    for column in columns(sql, table):
        for value in ("NULL" if column != "id" else "9", column, "0", f"{column} || '1'"):
            refused(sql, f"UPDATE {table} SET {column} = {value} WHERE statement_id IS NOT NULL")
            refused(sql, f"UPDATE OR IGNORE {table} SET {column} = {value}")


@pytest.mark.parametrize("table", TABLES)
def test_what_is_closed_cannot_be_deleted(sql: sqlite3.Connection, table: str) -> None:
    refused(sql, f"DELETE FROM {table} WHERE statement_id IS NOT NULL")
    refused(sql, f"DELETE FROM {table}")


@pytest.mark.parametrize("table", ["ticket", "project"])
def test_it_does_not_go_with_what_it_is_about(sql: sqlite3.Connection, table: str) -> None:
    refused(sql, f"DELETE FROM {table} WHERE id = 1")
    names = ", ".join(columns(sql, table))
    refused(sql, f"INSERT OR REPLACE INTO {table} ({names}) SELECT {names} FROM {table} WHERE id = 1")


def test_a_closed_entry_cannot_be_moved(sql: sqlite3.Connection) -> None:
    refused(sql, "UPDATE entry SET ticket_id = 2 WHERE id = ?", CLOSED)
    refused(sql, "UPDATE entry SET project_id = 2 WHERE id = ?", CLOSED)
    refused(sql, "UPDATE entry SET statement_id = NULL WHERE id = ?", CLOSED)


@pytest.mark.parametrize("table", TABLES)
def test_nothing_takes_the_place_of_what_is_closed(sql: sqlite3.Connection, table: str) -> None:
    names = ", ".join(columns(sql, table))
    every = f"SELECT {names} FROM {table} WHERE statement_id IS NOT NULL"
    refused(sql, f"INSERT OR REPLACE INTO {table} ({names}) {every}")
    refused(sql, f"REPLACE INTO {table} ({names}) {every.replace('statement_id', 'NULL', 1)}")
    refused(sql, f"UPDATE OR REPLACE {table} SET id = ? WHERE statement_id IS NULL", CLOSED)


def test_nor_by_the_form_that_it_came_from_or_its_place_in_the_ledger(sql: sqlite3.Connection) -> None:
    names = ", ".join(name for name in columns(sql, "entry") if name not in ("id", "statement_id"))
    refused(sql, f"REPLACE INTO entry ({names}) SELECT {names} FROM entry WHERE id = ?", CLOSED)
    refused(sql, "UPDATE OR REPLACE entry SET form_key = 'first' WHERE id = ?", OPEN)
    names = "project_id, day, sequence, kind, minutes"
    closed = f"SELECT {names} FROM ledger_line WHERE statement_id IS NOT NULL LIMIT 1"
    refused(sql, f"REPLACE INTO ledger_line ({names}) {closed}")
    refused(
        sql,
        "UPDATE OR REPLACE ledger_line SET (project_id, day, sequence) = "
        "(SELECT project_id, day, sequence FROM ledger_line WHERE statement_id IS NOT NULL LIMIT 1) "
        "WHERE id = (SELECT MAX(id) FROM ledger_line)",
    )


@pytest.mark.parametrize("table", TABLES)
def test_what_is_open_can_be_changed_replaced_and_deleted(sql: sqlite3.Connection, table: str) -> None:
    names, first = ", ".join(columns(sql, table)), f"(SELECT MIN(id) FROM {table} WHERE statement_id IS NULL)"
    for name in columns(sql, table)[1:]:
        sql.execute(f"UPDATE {table} SET {name} = {name} WHERE id = {first}")
    sql.execute(f"UPDATE {table} SET day = '2026-03-11' WHERE id = {first}")
    if table == "ledger_line":
        sql.execute(f"REPLACE INTO {table} ({names}) SELECT {names} FROM {table} WHERE id = {first}")
    sql.execute("DELETE FROM ledger_line WHERE statement_id IS NULL")
    assert sql.execute(f"DELETE FROM {table} WHERE statement_id IS NULL").rowcount == (table == "entry") * 2


def test_closing_puts_what_it_takes_on_the_statement_and_leaves_the_rest(sql: sqlite3.Connection, people: Cast) -> None:
    assert [entry.statement_id for entry in Entry.select()] == [1, None, None]
    assert {(line.day.month, line.statement_id) for line in Line.select()} == {(2, 1), (3, None)}

"""GET /healthz: whether the instance answers."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from peewee import OperationalError, SqliteDatabase

from trackr.db import database
from trackr.version import VERSION


def test_it_is_well(nobody: FlaskClient, claire: FlaskClient) -> None:
    for browser in (nobody, claire):
        answer = browser.get("/healthz")
        assert (answer.status_code, answer.json) == (200, {"status": "ok", "version": VERSION})


def test_it_is_well_before_the_first_set_up(app: Flask) -> None:
    assert app.test_client().get("/healthz").status_code == 200


def test_a_database_that_does_not_answer_is_told(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*arguments: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(database.obj, "execute_sql", locked)
    answer = app.test_client().get("/healthz")
    assert (answer.status_code, answer.json["version"]) == (503, VERSION)
    assert answer.json["status"] != "ok"


def test_a_database_that_cannot_be_opened_is_told(app: Flask, tmp_path: Path) -> None:
    instance = database.obj
    database.initialize(SqliteDatabase(str(tmp_path / "gone" / "trackr.db")))
    try:
        assert app.test_client().get("/healthz").status_code == 503
    finally:
        database.initialize(instance)


def test_it_is_only_looked_at(nobody: FlaskClient) -> None:
    assert nobody.post("/healthz").status_code == 405

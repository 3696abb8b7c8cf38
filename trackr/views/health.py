"""Whether the instance answers, for those who watch it."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from peewee import DatabaseError

from trackr.db import database
from trackr.version import VERSION
from trackr.web.auth import before_setup, public

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@public
@before_setup
def show() -> ResponseReturnValue:
    try:
        database.connect(reuse_if_open=True)
        database.execute_sql("SELECT 1 FROM agency LIMIT 1")
    except DatabaseError:
        return jsonify(status="database does not answer", version=VERSION), 503
    return jsonify(status="ok", version=VERSION)

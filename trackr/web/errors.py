"""Faults and refusals: a clear page with a way on; for htmx a message that leaves what was typed where it is."""

from http import HTTPStatus

from flask import Flask, Response, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError

from trackr.db import Unanswered
from trackr.web.pages import wants_fragment

BARE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>500</title>
<h1>Something went wrong on our side</h1>
<p>Nothing that was saved is lost. It is noted in the log; try again in a moment.</p></html>
"""


def show_error(error: HTTPException) -> Response:
    """The answer to an error: a page, or a message for htmx, or JSON for programs."""
    if error.response is not None:  # an answer that was made on purpose
        return error.get_response()  # type: ignore[return-value]
    status = error.code or 500
    if _wants_json():
        response = jsonify(error=HTTPStatus(status).phrase)
    elif wants_fragment():
        response = make_response(render_template("errors/_message.html", status=status))
        response.headers["HX-Retarget"] = "#flash"
        response.headers["HX-Reswap"] = "innerHTML"
    else:
        response = make_response(render_template("errors/show.html", status=status))
    response.status_code = status
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            response.headers[name] = value
    return response


def show_fault(_error: Exception) -> Response:
    """A fault of ours: a page that says that nothing saved was lost. The log has it already."""
    try:
        return show_error(InternalServerError())
    except Unanswered:  # which the page asks who reads it
        return Response(BARE, 500)


def _wants_json() -> bool:
    return request.accept_mimetypes.best == "application/json" or request.path.startswith("/api/")


def register(app: Flask) -> None:
    app.register_error_handler(HTTPException, show_error)
    app.register_error_handler(InternalServerError, show_fault)

"""A request's way, in order: database, host, origin, size, first set-up, person, records, mark, proof."""

import logging
from time import perf_counter

from flask import Flask, Response, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from trackr import log
from trackr.db import database
from trackr.web import auth, headers, origin, proof, scoping, second_step
from trackr.web.app import refuse_unreadable
from trackr.web.instance import agency

logger = logging.getLogger("trackr.web")


def start_clock() -> None:
    g.started = perf_counter()


def connect() -> None:
    """One connection per thread, kept open: opening one costs more than most requests."""
    if request.endpoint == "health.show":
        return  # looks for itself, and tells where there is none
    database.connect(reuse_if_open=True)


def lead_to_setup() -> ResponseReturnValue | None:
    """Until the first set-up is done there is nothing else to see."""
    view = auth.current_view()
    if getattr(view, "before_setup", False):
        return None
    found = agency()
    if found is None:
        return redirect(url_for("setups.new"), 303)
    g.timezone = found.timezone
    return None


def log_request(response: Response) -> Response:
    if request.endpoint not in ("assets.show", "pulses.show", "typings.create"):
        took = (perf_counter() - g.started) * 1000 if "started" in g else 0
        log.event(
            logger,
            "request",
            method=request.method,
            path=request.path,
            status=response.status_code,
            ms=round(took, 1),
            person=g.get("signed_in"),
        )
    return response


STEPS = (
    start_clock,
    connect,
    origin.refuse_other_hosts,
    origin.refuse_cross_site,
    refuse_unreadable,
    lead_to_setup,
    auth.require_sign_in,
    second_step.require_second_step,
    scoping.load_records,
    auth.require_rule,
    proof.require_proof,
)


def before_request() -> ResponseReturnValue | None:
    """Take the steps one by one, until one of them answers."""
    for step in STEPS:
        answer = step()
        if answer is not None:
            return answer
    return None


def register(app: Flask) -> None:
    app.before_request(before_request)
    # After-request functions run last to first.
    app.after_request(log_request)
    app.after_request(headers.add_headers)

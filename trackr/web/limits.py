"""How often somebody may try what can be guessed: the rest are told to wait, and how long."""

import math
import time
from collections.abc import Iterable

from flask import Flask, current_app, request
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

# One person mistypes now and then; a town hall behind one address signs in at nine in the morning.
BY_ACCOUNT = (parse("10 per 10 minutes"),)
MAILED = (parse("5 per 10 minutes"), parse("20 per day"))  # keys to one address: a nuisance, and a guess each
BY_ADDRESS = parse("60 per 10 minutes")
BY_FEED = parse("60 per 10 minutes")  # calendars and readers ask by themselves, some of them often


def slow_down(act: str, account: str = "", limits: Iterable[RateLimitItem] = BY_ACCOUNT) -> None:
    """Count a try of this act, for the account and for the address that it comes from; raises 429 beyond the limits.

    The counts live in memory: they are the instance's own, and a restart forgets them.
    """
    _count(BY_ADDRESS, act, "address", request.remote_addr or "")
    for limit in limits if account else ():
        _count(limit, act, "account", account)


def count_feed(feed: int) -> None:
    """Count that a private address was asked for; raises 429 where its reader asks too often.

    Who asks from where does not count: the readers of many people may ask through one server.
    """
    _count(BY_FEED, "feed", "number", str(feed))


def _count(limit: RateLimitItem, *key: str) -> None:
    limiter: MovingWindowRateLimiter = current_app.extensions["limits"]
    if not limiter.hit(limit, *key):
        wait = limiter.get_window_stats(limit, *key).reset_time - time.time()
        raise TooManyRequests(retry_after=max(math.ceil(wait), 1))


def register(app: Flask) -> None:
    app.extensions["limits"] = MovingWindowRateLimiter(MemoryStorage())

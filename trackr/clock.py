"""What time it is. Whatever needs to know asks here, so that a test can set the clock."""

from datetime import UTC, datetime


def read() -> datetime:
    """This instant, in UTC."""
    return datetime.now(UTC)

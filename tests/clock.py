"""A clock that stands still until a test moves it: no test depends on the day on which it runs."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

AFTERNOON = datetime(2026, 3, 14, 15, 9, 26, tzinfo=UTC)  # a Saturday; 16:09 in Paris


@dataclass
class Clock:
    at: datetime = AFTERNOON

    def read(self) -> datetime:
        return self.at

    def set(self, text: str) -> None:
        """Set to an instant in UTC, such as "2026-03-14 23:30"."""
        self.at = datetime.fromisoformat(text).replace(tzinfo=UTC)

    def forward(self, **passed: float) -> None:
        """Let time pass: `forward(hours=2)`."""
        self.at += timedelta(**passed)

"""The table of results: a line for each figure, beside it the bare limit and what is to be reached."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

HEAD = ("what", "measured", "bare", "ratio", "by processor", "to reach", "")
BEGIN, END = "<!-- bench -->", "<!-- /bench -->"


@dataclass(frozen=True)
class Row:
    what: str
    measured: str
    bare: str = ""
    ratio: str = ""
    by_processor: str = ""  # the same ratio, of processor time
    to_reach: str = ""
    is_reached: bool | None = None  # None: told for orientation

    @property
    def verdict(self) -> str:
        return {True: "ok", False: "**over**", None: ""}[self.is_reached]


def at_most(what: str, value: float, limit: float, unit: str = "", *, digits: int = 0, bare: str = "") -> Row:
    """A figure that shall not be higher than its limit."""
    unit = f" {unit}" if unit and unit != "%" else unit
    shown = f"{value:,.{digits}f}{unit}"
    return Row(what, shown, bare, to_reach=f"at most {limit:,g}{unit}", is_reached=value <= limit)


def times(
    what: str,
    measured: str,
    bare: str,
    ratio: float,
    by_processor: float | None = None,
    *,
    most: float | None = None,
    least: float | None = None,
) -> Row:
    """A figure beside its bare limit, held to at most or at least so many times of it, or told for orientation."""
    ratios = f"{ratio:.2f}", "" if by_processor is None else f"{by_processor:.2f}"
    if most is not None:
        return Row(what, measured, bare, *ratios, f"at most {most:g}", ratio <= most)
    if least is not None:
        return Row(what, measured, bare, *ratios, f"at least {least:g}", ratio >= least)
    return Row(what, measured, bare, *ratios)


def milliseconds(p50: float, p95: float) -> str:
    """Both in seconds: "2.1 ms (3.0)"."""
    return f"{p50 * 1000:.2f} ms ({p95 * 1000:.2f})"


def per_second(rate: float) -> str:
    return f"{rate:,.0f}/s"


def markdown(rows: Iterable[Row]) -> str:
    """The table in columns of even width, so that it reads well in a terminal too."""
    lines: list[tuple[str, ...]] = [
        HEAD,
        *((r.what, r.measured, r.bare, r.ratio, r.by_processor, r.to_reach, r.verdict) for r in rows),
    ]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    lines.insert(1, tuple("-" * width for width in widths))
    return "\n".join(
        f"| {' | '.join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))} |" for line in lines
    )


def write(page: Path, text: str) -> None:
    """Put the text between the marks of a page. Raises ValueError where it has none."""
    old = page.read_text(encoding="utf-8")
    new, count = re.subn(f"(?s){BEGIN}.*?{END}", lambda _: f"{BEGIN}\n{text}\n{END}", old)
    if count != 1:
        raise ValueError(f"{page} does not have {BEGIN} and {END} once")
    page.write_text(new, encoding="utf-8")

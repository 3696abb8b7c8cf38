"""The hour rule, Trackr's signature: what was bought as a ruler, with what is used, pending and committed along it.

Drawn here and not by a macro: it is arithmetic, and every page has one. Widths are percentages in SVG attributes, since
the content policy lets no page style itself. It is hidden from screen readers: the sentence beside it says the same.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from flask import Flask
from markupsafe import Markup

from trackr.hours.drawing import along

HEIGHTS = {"mini": 6, "rule": 8, "big": 26}  # pixels
TEN_HOURS = 600
STEPS = ((24, 1), (60, 5), (300, 10), (3000, 50))  # up to so many hours, a tick for each so many


def bar(
    id: str,
    bought: int,
    used: int,
    pending: int = 0,
    committed: int = 0,
    size: str = "rule",
    labels: bool = False,
    postpaid: bool = False,
) -> Markup:
    """The rule as SVG. All amounts are minutes; below zero, which corrections can bring, is drawn as 0.

    From the start: used (solid; beyond `bought` in brick), pending (hatched), committed (outlined). A mark shows the
    end of what was bought where more is under way. A postpaid project has no end: its rule is open, to the next ten
    hours.

    id: makes the hatching's id, one of its kind on the page · size: mini (no ticks), rule or big · labels: writes the
    hours under the long ticks.
    """
    used, pending = max(used, 0), max(pending, 0)
    under_way = used + pending + committed
    whole = max(ceil(under_way / TEN_HOURS), 1) * TEN_HOURS if postpaid else max(bought, under_way, 60)
    rule = _Rule(whole, HEIGHTS[size])
    over = 0 if postpaid else max(used - bought, 0)
    drawn = [_hatching(id, 7 if size == "big" else 5)] if pending else []
    drawn.append(rule.ground(bought, under_way, postpaid))
    if used > over:
        drawn.append(rule.block("m-used", 0, used - over))
    if over:
        drawn.append(rule.block("m-over", used - over, over))
    if pending:
        drawn.append(rule.hatched(id, used, pending) + rule.outline(used, pending))
    if committed:
        drawn.append(rule.outline(used + pending, committed))
    if bought and whole > bought and not postpaid:
        drawn.append(rule.end(bought))
    has_ticks = size != "mini" and (bought or under_way or postpaid)
    if has_ticks:
        drawn.append(_ticks(whole, rule.height, labels))
    below = 0 if size == "mini" else 26 if labels else 7
    head = f'<svg class="meter-bar" width="100%" height="{rule.height + below}" aria-hidden="true">'
    return Markup(head + "".join(drawn) + "</svg>")  # noqa: S704 -- numbers, and an id that templates give


@dataclass(frozen=True, slots=True)
class _Rule:
    """A ruler `whole` minutes long and `height` pixels high."""

    whole: int
    height: int

    def share(self, minutes: int) -> str:
        return _percent(minutes, self.whole)

    def ground(self, bought: int, under_way: int, postpaid: bool) -> str:
        if postpaid:
            y = self.height - 0.5
            return f'<line class="m-line m-open" x1="{self.share(under_way)}" x2="100%" y1="{y}" y2="{y}"/>'
        if bought or under_way:
            return f'<rect class="m-track" width="100%" height="{self.height}"/>'
        return f'<rect class="m-line m-open" y=".5" width="100%" height="{self.height - 1}"/>'

    def block(self, name: str, start: int, minutes: int) -> str:
        place = f' x="{self.share(start)}"' if start else ""
        return f'<rect class="{name}"{place} width="{self.share(minutes)}" height="{self.height}"/>'

    def hatched(self, id: str, start: int, minutes: int) -> str:
        x, width = self.share(start), self.share(minutes)
        return f'<rect x="{x}" width="{width}" height="{self.height}" fill="url(#h-{id})"/>'

    def outline(self, start: int, minutes: int) -> str:
        x, width = self.share(start), self.share(minutes)
        return f'<rect class="m-line" x="{x}" y=".5" width="{width}" height="{self.height - 1}"/>'

    def end(self, bought: int) -> str:
        x = self.share(bought)
        return f'<line class="m-end" x1="{x}" x2="{x}" y1="-3" y2="{self.height + 3}"/>'


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.2f}".rstrip("0").rstrip(".") + "%"


def _hatching(id: str, width: int) -> str:
    return (
        f'<defs><pattern id="h-{id}" width="{width}" height="5" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><path class="m-hatch" d="M1.2 0v5"/></pattern></defs>'
    )


@lru_cache(maxsize=200)
def _ticks(whole: int, height: int, labels: bool) -> str:
    """A tick is an hour up to 24 h, five up to 60 h, ten up to 300 h, fifty up to 3,000 h, then five hundred.

    Every fifth is long, and so is every one where they are few.
    """
    hours = whole / 60
    step = next((step for most, step in STEPS if hours <= most), 500)
    count = int(hours // step)
    long = 1 if count < 5 or (step > 1 and count <= 12) else 5
    places = [(tick, _percent(tick * step, hours)) for tick in range(count + 1)]
    lines = "".join(f'<line x1="{x}" x2="{x}" y2="{4 if tick % long else 7}"/>' for tick, x in places)
    drawn = f'<g class="m-ticks" transform="translate(0 {height})">{lines}</g>'
    if labels:
        texts = (_label(tick * step, hours, x, height) for tick, x in places if tick % long == 0)
        drawn += f'<g class="m-labels">{"".join(texts)}</g>'
    return drawn


def _label(at: int, hours: float, x: str, height: int) -> str:
    anchor = "start" if at == 0 else "end" if at == hours else "middle"
    unit = "" if anchor == "middle" else "\u00a0h"
    return f'<text x="{x}" y="{height + 20}" text-anchor="{anchor}">{at}{unit}</text>'


def register(app: Flask) -> None:
    app.jinja_env.globals.update(bar=bar, along=along)

"""axe-core, asked about a page as it stands."""

import functools
from pathlib import Path

from playwright.sync_api import Page

HERE = Path(__file__).parent

RUN = """async options => (await axe.run(document, options)).violations.map(found =>
    `${found.id}: ${found.nodes.map(node => `${node.target} (${node.failureSummary})`).join(' | ')}`)"""
# What stands in a frame is a mail, in which nothing can run, axe neither.
ALL_RULES = {"rules": {"target-size": {"enabled": True}}, "iframes": False}
# In the other scheme only colours differ.
COLOURS = {"runOnly": ["color-contrast", "link-in-text-block"], "iframes": False}

SIDEWAYS = "document.documentElement.scrollWidth > innerWidth"


@functools.cache
def _source() -> str:
    return (HERE / "axe.min.js").read_text(encoding="utf-8")


def findings(page: Page) -> list[str]:
    """What axe finds wrong, in the light scheme and in the dark one; the page is left in the light one."""
    found = []
    page.evaluate(_source())
    for scheme, options in (("dark", COLOURS), ("light", ALL_RULES)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found += [f"{page.url} {scheme} {finding}" for finding in page.evaluate(RUN, options)]
    return found


def is_too_wide(page: Page, width: int) -> bool:
    """Whether the page scrolls sideways in a window of that many pixels."""
    page.set_viewport_size({"width": width, "height": 800})
    too_wide: bool = page.evaluate(SIDEWAYS)
    return too_wide

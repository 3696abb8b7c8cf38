"""What commands print for the person at the shell: where an instance is, and who can sign in to it."""

from collections.abc import Iterable

import click

from trackr.settings import Settings


def address(settings: Settings) -> str:
    """Where people find the instance, as far as can be known while it is not being served."""
    return settings.base_url or "http://127.0.0.1:8080"


def show(sign_ins: Iterable[tuple[str, str, str]]) -> None:
    """Print role, address and password of each, in columns."""
    rows = list(sign_ins)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        click.echo("  " + "   ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())

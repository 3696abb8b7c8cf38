"""The `trackr` command. What a command needs is imported when it runs, so that `--help` answers at once."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trackr.version import VERSION

if TYPE_CHECKING:
    from trackr.settings import Settings


class OneLine(click.Group):
    """A group whose commands say in one line, on standard error, what is in the way, and exit with 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except Exception as problem:
            from trackr.backup import CannotCopy
            from trackr.db import CannotStart
            from trackr.settings import SettingsError

            if not isinstance(problem, CannotCopy | CannotStart | SettingsError):
                raise
            click.echo(f"trackr: {' '.join(str(problem).split())}", err=True)
            ctx.exit(1)


@click.group(cls=OneLine, context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.version_option(VERSION, prog_name="Trackr")
def main() -> None:
    """Tickets and packs of hours, open to the client."""


data_option = click.option(
    "--data",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The folder of the instance.  [default: $TRACKR_DATA, else ./data]",
)


@contextmanager
def instance(settings: "Settings") -> Iterator[None]:
    """Work with the database of an instance, made or brought up to date first; raises CannotStart."""
    from trackr.db import database, in_use, migrate, open_database

    with in_use(settings):
        open_database(settings)
        migrate(settings)
        try:
            yield
        finally:
            database.close()


@main.command()
@click.option("--host", default="127.0.0.1", metavar="H", help="The address to listen on; 0.0.0.0 is all of them.")
@click.option("--port", default=8080, type=click.IntRange(0, 65535), metavar="P", help="The port; 0 takes a free one.")
@data_option
def serve(host: str, port: int, data: Path | None) -> None:
    """Serve the instance, made from nothing where the folder is empty."""
    from trackr import create_app, log
    from trackr.serve import listen
    from trackr.serve import serve as serve_app
    from trackr.settings import Settings

    log.configure()
    settings = Settings.load(os.environ, data)
    # Before the database is touched: where another Trackr is running, nothing may be migrated under its feet.
    with listen(host, port) as listener, instance(settings):
        unanswered = serve_app(create_app(settings), listener, settings)
    sys.exit(1 if unanswered else 0)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace FILE where it exists.")
@data_option
def backup(file: Path, force: bool, data: Path | None) -> None:
    """Copy the database to FILE, while Trackr runs, and verify the copy."""
    from trackr.backup import backup as copy
    from trackr.settings import Settings

    copy(file, Settings.load(os.environ, data, create=False), force=force)
    click.echo(f"The copy is in {file}, verified.")


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@data_option
def restore(file: Path, data: Path | None) -> None:
    """Put the backup FILE in the place of the database. Trackr must not be running."""
    from trackr.backup import restore as put_back
    from trackr.settings import Settings

    kept = put_back(file, Settings.load(os.environ, data))
    click.echo(f"{file} is restored." + (f" What was there is in {kept}." if kept else ""))

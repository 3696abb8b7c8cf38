"""The `trackr` command. What a command needs is imported when it runs, so that `--help` answers at once."""

import os
import sqlite3
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
            from trackr.demo import NotADemonstration
            from trackr.enrol import CannotEnrol
            from trackr.seed import NoOwner
            from trackr.settings import SettingsError

            if not isinstance(
                problem, CannotCopy | CannotEnrol | CannotStart | NoOwner | NotADemonstration | SettingsError
            ):
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
    """Work with the database of an instance, made or brought up to date first; raises CannotStart.

    So it does where the database fails later on: locked for long, or out of disk.
    """
    from peewee import OperationalError

    from trackr import sqlite
    from trackr.db import CannotStart, database, in_use, migrate, open_database

    with in_use(settings):
        open_database(settings)
        migrate(settings)
        try:
            yield
        except (OperationalError, sqlite3.OperationalError) as problem:
            raise CannotStart(sqlite.explain_at(problem, settings.database_path)) from problem
        finally:
            database.close()


@main.command()
@click.option("--host", default="127.0.0.1", metavar="H", help="The address to listen on; 0.0.0.0 is all of them.")
@click.option("--port", default=8080, type=click.IntRange(0, 65535), metavar="P", help="The port; 0 takes a free one.")
@data_option
def serve(host: str, port: int, data: Path | None) -> None:
    """Serve the instance, made from nothing where the folder is empty."""
    from trackr import create_app, log
    from trackr.jobs import at_work
    from trackr.mail.listener import listening
    from trackr.serve import listen
    from trackr.serve import serve as serve_app
    from trackr.settings import Settings

    log.configure()
    settings = Settings.load(os.environ, data)
    # Before the database is touched: where another Trackr is running, nothing may be migrated under its feet.
    with listen(host, port) as listener, listening(settings) as bound, instance(settings):
        app = create_app(settings)
        with at_work(bound):
            unanswered = serve_app(app, listener, settings)
    sys.exit(1 if unanswered else 0)


@main.command()
@data_option
@click.pass_context
def receive(ctx: click.Context, data: Path | None) -> None:
    """Take in one mail from standard input, as a mail server's pipe gives it.

    The exit code is 0 when it is taken, held, or put away, and 75 when it is to be tried again later.
    """
    from trackr import log
    from trackr.mail.pipe import AGAIN, receive

    log.configure()
    ctx.exit(0 if receive(sys.stdin.buffer, data) else AGAIN)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace FILE where it exists.")
@data_option
def backup(file: Path, force: bool, data: Path | None) -> None:
    """Copy the database and the files to FILE, while Trackr runs, and verify the copy."""
    from trackr.backup import backup as copy
    from trackr.settings import Settings

    missing = copy(file, Settings.load(os.environ, data, create=False), force=force)
    click.echo(f"The copy is in {file}, verified.")
    if missing:
        click.echo(f"Of {missing} files the content was not there to copy: `trackr doctor` names them.", err=True)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@data_option
def restore(file: Path, data: Path | None) -> None:
    """Put the backup FILE in the place of the database and its files. Trackr must not be running."""
    from trackr.backup import restore as put_back
    from trackr.settings import Settings

    kept = put_back(file, Settings.load(os.environ, data))
    click.echo(f"{file} is restored." + (f" What was there is in {kept}." if kept else ""))


@main.command()
@data_option
@click.pass_context
def doctor(ctx: click.Context, data: Path | None) -> None:
    """Check settings, files, disk, mail, database, clock and hours, while Trackr runs or not, changing nothing.

    Each line says ok, hint or wrong, and what to do. The exit code is 1 when something is wrong.
    """
    from trackr.doctor import Verdict, examine

    is_wrong = False
    for finding in examine(os.environ, data):
        click.echo(finding)
        is_wrong |= finding.verdict is Verdict.WRONG
    ctx.exit(1 if is_wrong else 0)


@main.command()
@data_option
def demo(data: Path | None) -> None:
    """Make a demonstration: a small agency, its clients, and four months of their work.

    In a folder that holds it already nothing is changed, and its sign-ins are shown again.
    """
    from trackr.demo import make, sign_ins
    from trackr.settings import Settings
    from trackr.shell import address, show

    settings = Settings.load(os.environ, data)
    with instance(settings):
        make()
    click.echo(
        f"A demonstration of Trackr is in {settings.data}. Once it is served, sign in at {address(settings)} as:"
    )
    show((shown.role, shown.email, shown.password) for shown in sign_ins())


@main.command()
@click.option("--tickets", type=click.IntRange(min=1), required=True, metavar="N", help="How many tickets.")
@click.option("--entries", type=click.IntRange(min=0), required=True, metavar="M", help="How many entries of time.")
@data_option
def seed(tickets: int, entries: int, data: Path | None) -> None:
    """Fill the project `load` with bulk data over ten years, for measuring."""
    from trackr.models import Agency
    from trackr.seed import seed as fill
    from trackr.seed import sign_ins
    from trackr.settings import Settings
    from trackr.shell import show

    settings = Settings.load(os.environ, data)
    with instance(settings):
        was_empty = Agency.current() is None
        filled = fill(tickets, entries)
    if not filled:
        click.echo("There is a project load already: nothing was added.")
        return
    click.echo(f"The project load has {tickets} tickets and {entries} entries.")
    if was_empty:
        show(sign_ins())


@main.group()
def user() -> None:
    """People of an instance."""


@user.command("add")
@click.argument("email")
@click.option("--name", required=True, metavar="NAME", help="First and last name.")
@click.option("--role", required=True, type=click.Choice(["owner", "staff", "client"]), help="What the person is.")
@click.option("--project", metavar="SLUG", help="The project in which the person takes part.")
@click.option("--agency", metavar="NAME", help="With the first owner, the agency's name.  [default: the owner's]")
@click.option("--invite", is_flag=True, help="Print a link by which the person chooses a password.")
@data_option
def add_user(
    email: str, name: str, role: str, project: str | None, agency: str | None, invite: bool, data: Path | None
) -> None:
    """Add a person. The password is asked for, or read from standard input, unless they are invited."""
    from trackr import enrol
    from trackr.models.event import coming
    from trackr.settings import Settings
    from trackr.shell import address

    settings = Settings.load(os.environ, data)
    password = None if invite else enrol.read_password()
    with instance(settings), coming("cli"):
        person = enrol.enrol(email, name, role, password=password, project=project, agency=agency)
        link = enrol.invite(person, address(settings)) if invite else ""
    click.echo(link or f"{person.name} can sign in as {person.email}.")


@user.command("unlock")
@click.argument("email")
@data_option
def unlock_user(email: str, data: Path | None) -> None:
    """Print a link for a new password, for who has lost theirs. Their second factor and their sessions end."""
    from trackr import enrol
    from trackr.models.event import coming
    from trackr.settings import Settings
    from trackr.shell import address

    settings = Settings.load(os.environ, data)
    with instance(settings), coming("cli"):
        person = enrol.unlock(email)
        link = enrol.invite(person, address(settings))
    click.echo(link)

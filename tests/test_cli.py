"""The commands about people and data: what they print, and the one line that says what is in the way."""

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pyotp
import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from tests.people import Cast
from trackr import create_app, db
from trackr.cli import main
from trackr.models import Agency, Authenticator, Membership, Person, Session, Ticket
from trackr.settings import Settings

PASSWORD = "correct horse battery"

Run = Callable[..., Result]


@pytest.fixture
def run(settings: Settings) -> Run:
    """Run a command on the instance, whose database is open again afterwards."""

    def run(*arguments: str, typed: str | bytes = f"{PASSWORD}\n", **environ: str) -> Result:
        db.database.close()
        command = [*arguments, "--data", str(settings.data)]
        answer = CliRunner().invoke(main, command, input=typed, env={"TRACKR_BASE_URL": None, **environ})
        db.open_database(settings)
        return answer

    return run


@pytest.fixture
def add(run: Run) -> Run:
    def add(email: str, role: str, *arguments: str, **more: str) -> Result:
        return run("user", "add", email, "--name", "Olive Owen", "--role", role, *arguments, **more)

    return add


def refusal(answer: Result) -> str:
    """The one line on standard error of a command that has failed."""
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert re.fullmatch(r"trackr: [^\n]+\n", answer.stderr)
    return answer.stderr


def test_the_first_owner_sets_the_instance_up(add: Run, settings: Settings) -> None:
    answer = add("Olive@cobalt.example", "owner", "--agency", "Atelier Cobalt")
    assert answer.stdout == "Olive Owen can sign in as olive@cobalt.example.\n"
    assert Agency.get().name == "Atelier Cobalt"
    client = create_app(settings).test_client()
    assert client.get("/setup").status_code == 404
    assert signs_in(client, "olive@cobalt.example", PASSWORD)


def signs_in(client: FlaskClient, email: str, password: str) -> bool:
    return client.post("/sign-in", data={"email": email, "password": password}).status_code == 303


def test_without_an_agency_of_another_name_it_has_the_owners(add: Run) -> None:
    add("olive@cobalt.example", "owner")
    assert Agency.get().name == "Olive Owen"


def test_before_there_is_an_owner_nobody_else_is_added(add: Run) -> None:
    assert "--role owner" in refusal(add("sam@cobalt.example", "staff"))
    assert Agency.current() is None


def test_a_client_is_brought_into_a_project(people: Cast, add: Run) -> None:
    assert add("new@town.example", "client", "--project", "intranet").exit_code == 0
    membership = Membership.get(Membership.person == Person.by_email("new@town.example"))
    assert (membership.project, membership.sees, membership.hours) == (people.intranet, "all", True)


def test_staff_of_one_project_sees_no_other(people: Cast, add: Run) -> None:
    add("one@cobalt.example", "staff", "--project", "intranet")
    add("all@cobalt.example", "staff")
    sees = [Person.by_email(f"{name}@cobalt.example").sees_every_project for name in ("one", "all")]
    assert sees == [False, True]


def test_an_invitation_is_a_link_that_works(people: Cast, add: Run, settings: Settings) -> None:
    answer = add("new@town.example", "client", "--project", "intranet", "--invite")
    path = answer.stdout.strip().removeprefix("http://127.0.0.1:8080")
    client = create_app(settings).test_client()
    assert client.get(path).status_code == 200
    assert client.post(path, data={"password": PASSWORD}).status_code == 303
    assert signs_in(create_app(settings).test_client(), "new@town.example", PASSWORD)


def test_an_invitation_begins_with_the_address_of_the_instance(people: Cast, add: Run) -> None:
    answer = add("new@town.example", "client", "--invite", TRACKR_BASE_URL="https://tickets.example.org")
    assert answer.stdout.startswith("https://tickets.example.org/invitations/")


def test_the_password_is_the_first_line_of_standard_input(people: Cast, add: Run) -> None:
    add("new@town.example", "client", typed=f"{PASSWORD}\r\nand more\n")
    assert Person.authenticate("new@town.example", PASSWORD)


@pytest.mark.parametrize("typed", ["short\n", "", b"\xff\xfe not of this world\n"])
def test_a_bad_password_is_refused(people: Cast, add: Run, typed: str) -> None:
    assert "password: " in refusal(add("new@town.example", "client", typed=typed))
    assert Person.by_email("new@town.example") is None


@pytest.mark.parametrize("email", ["new", "new@town", "a b@town.example", ""])
def test_a_bad_address_is_refused(people: Cast, add: Run, email: str) -> None:
    assert "email: " in refusal(add(email, "client"))


def test_an_address_in_use_is_refused(people: Cast, add: Run) -> None:
    assert "Claire Clement (client)" in refusal(add("CLAIRE@town.example", "client"))


def test_a_project_that_is_not_there_is_refused(people: Cast, add: Run) -> None:
    assert "there is no project 'intra'" in refusal(add("new@town.example", "client", "--project", "intra"))
    assert Person.by_email("new@town.example") is None


def test_who_cannot_come_in_any_more_is_given_a_link(people: Cast, run: Run) -> None:
    secret, session = Authenticator.new_secret(), Session.begin(people.olive)
    Authenticator.set(people.olive, secret, pyotp.TOTP(secret).now())
    assert "/invitations/" in run("user", "unlock", "Olive@cobalt.example").stdout
    assert Authenticator.of(people.olive) is Session.load(session) is None
    assert "nobody@cobalt.example" in refusal(run("user", "unlock", "nobody@cobalt.example"))


def test_the_demonstration_prints_its_sign_ins_each_time(run: Run) -> None:
    answers = [run("demo") for _ in range(2)]
    assert answers[0].stdout == answers[1].stdout
    rows = re.findall(r"^  (\w.*?) {3,}(\S+@\S+) +(\S+)$", answers[0].stdout, re.MULTILINE)
    assert "http://127.0.0.1:8080" in answers[0].stdout
    assert all(Person.authenticate(email, password) for _, email, password in rows)
    assert len(rows) == 5


def test_the_demonstration_is_not_mixed_into_a_real_instance(people: Cast, run: Run) -> None:
    assert "--data" in refusal(run("demo"))
    assert Person.select().count() == 5


def test_seeding_prints_its_sign_ins_once(run: Run) -> None:
    first, second = (run("seed", "--tickets", "3", "--entries", "5").stdout for _ in range(2))
    assert "lena@load.example" in first
    assert second == "There is a project load already: nothing was added.\n"
    assert Ticket.select().count() == 3


def test_a_full_disk_is_one_line(people: Cast, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill_up(_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("trackr.seed.hours.add_years", fill_up)
    assert refusal(run("seed", "--tickets", "50", "--entries", "50")).endswith("trackr.db: the disk is full\n")
    assert Ticket.select().count() == 0


def test_an_empty_folder_becomes_an_instance(tmp_path: Path) -> None:
    command = ["user", "add", "olive@cobalt.example", "--name", "Olive Owen", "--role", "owner"]
    answer = CliRunner().invoke(main, [*command, "--data", str(tmp_path / "new")], input=PASSWORD)
    assert answer.exit_code == 0
    assert (tmp_path / "new" / "trackr.db").exists()

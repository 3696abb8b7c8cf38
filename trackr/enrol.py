"""People from the shell: the first owner of an instance, and whoever comes after."""

import sys

import click
from werkzeug.datastructures import MultiDict

from trackr.db import transaction
from trackr.forms.fields import Fields, Invalid
from trackr.forms.people import new_password
from trackr.models import Agency, Audit, Authenticator, Invitation, Membership, Person, Project, Session


class CannotEnrol(Exception):
    """One line for the person at the shell: why nobody was added."""


def enrol(
    email: str,
    name: str,
    role: str,
    *,
    password: str | None = None,
    project: str | None = None,
    agency: str | None = None,
) -> Person:
    """Make a person in the open database, and bring them into the project of that slug; raises CannotEnrol.

    Without a password they need an invitation (see `invite`). The first owner brings the agency into being, under
    their own name unless `agency` is given, so that nobody else can set the instance up. Staff of one project see no
    other, as when they are brought in on its page.
    """
    fields = Fields(MultiDict({"email": email, "name": name, "password": password or "", "agency": agency or ""}))
    email = fields.email("email")
    name = fields.line("name", limit=100, required="Write a name.")
    agency = fields.line("agency", limit=100) or name
    if password is not None:
        password = new_password(fields, (name, email, agency))
    try:
        fields.check()
    except Invalid as fault:
        field, message = next(iter(fault.errors.items()))
        raise CannotEnrol(f"{field}: {message}") from fault
    with transaction():
        _refuse_known(email)
        _found(role, agency)
        person = _add(email, name, role, project)
        if password is not None:
            person.set_password(password)
            person.save()
    return person


def read_password() -> str:
    """The first line of standard input; at a terminal it is asked for, twice and unseen. Raises CannotEnrol."""
    if sys.stdin.isatty():
        typed: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
        return typed
    try:
        return sys.stdin.buffer.readline().decode().rstrip("\r\n")
    except UnicodeDecodeError as fault:
        raise CannotEnrol("password: it must be UTF-8 text") from fault


def invite(person: Person, base_url: str) -> str:
    """The address at which the person chooses a first password, good once and for some days."""
    return f"{base_url}/invitations/{Invitation.issue(person)}"


def unlock(email: str) -> Person:
    """End the sessions and the second factor of somebody who cannot come in any more; raises CannotEnrol."""
    person = Person.by_email(email)
    if person is None or not person.active:
        raise CannotEnrol(f"nobody who may come in has the address {email}")
    with transaction():
        Session.end_all(person)
        authenticator = Authenticator.of(person)
        if authenticator is not None:
            authenticator.remove(person)
    return person


def _refuse_known(email: str) -> None:
    known = Person.by_email(email)
    if known is not None:
        raise CannotEnrol(f"{email} is the address of {known.name} ({known.role}) already")


def _found(role: str, name: str) -> None:
    if Agency.current() is None:
        if role != "owner":
            raise CannotEnrol("this instance has no owner yet: add one first, with --role owner")
        Agency.found(name)


def _add(email: str, name: str, role: str, slug: str | None) -> Person:
    if slug is None:
        person: Person = Person.create(email=email, name=name, role=role)
        Audit.record("person.added", None, subject=person, role=role)
        if person.is_staff:
            Project.bump_all()  # pages that are open offer to assign tickets to them
        return person
    project = Project.get_or_none(Project.slug == slug)
    if project is None:
        raise CannotEnrol(f"there is no project {slug!r}")
    # Whoever has the shell acts for the owner.
    owner = Person.select().where(Person.role == "owner").order_by(Person.id).first()
    membership = Membership.grant(project, owner, email=email, name=name, role=role, sees="all", hours=True)
    person = membership.person
    return person

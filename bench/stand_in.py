"""A stand-in for `trackr seed` while that is being built."""

import sys
from datetime import timedelta
from pathlib import Path

from trackr.db import database, migrate, open_database
from trackr.models import Agency, Column, Comment, Entry, Membership, Person, Project, Purchase, Ticket, ledger
from trackr.models.base import now
from trackr.settings import Settings

WORDS = "form date login page export mail slow wrong invoice print button colour search menu photo".split()


EMAIL, PASSWORD = "sam@load.example", "correct horse battery"


def fill(tickets: int, data: Path) -> None:
    settings = Settings.load({}, data)
    open_database(settings)
    migrate(settings)
    database.connect(reuse_if_open=True)
    database.execute_sql("PRAGMA synchronous=OFF")
    Agency.create(name="Atelier Cobalt", language="en", timezone="Europe/Paris")
    people = []
    for name, role in (("Olive Owen", "owner"), ("Sam Stone", "staff"), ("Claire Clement", "client")):
        person = Person(email=f"{name.split()[0].lower()}@load.example", name=name, role=role)
        person.set_password("correct horse battery")
        person.save(force_insert=True)
        people.append(person)
    olive, sam, claire = people
    project = Project.open(olive, name="Load", slug="load", client="Town hall")
    Membership.create(project=project, person=claire)
    columns = project.ordered_columns()
    start = now() - timedelta(days=700)
    first = start.date()
    for year in range(3):
        Purchase.add(project, olive, minutes=60 * max(tickets, 100) * 2, bought_on=first + timedelta(days=200 * year))
    with database.atomic():
        rows, comments, entries = [], [], []
        for number in range(1, tickets + 1):
            is_open = number > tickets - 200
            column = columns[number % 3] if is_open else columns[3]
            at = start + (now() - start) * number / (tickets + 1)
            title = f"The {WORDS[number % 15]} of the {WORDS[number * 7 % 15]} is {WORDS[number * 11 % 15]} again"
            rows.append(
                dict(
                    project=project.id,
                    column=column.id,
                    position=number * 1024,
                    title=title,
                    body="It fails.",
                    body_html="<p>It fails.</p>",
                    kind="support",
                    priority=("normal", "normal", "high", "low", "urgent")[number % 5],
                    requester=claire.id,
                    assignee=sam.id if number % 4 else None,
                    valued_minutes=150,
                    spent_minutes=150,
                    opened_at=at,
                    closed_at=None if is_open else at + timedelta(hours=3),
                )
            )
            for k in range(1, 6):
                text = f"Comment {k}: I have looked at it, and it is the {WORDS[(number + k) % 15]} that makes it so."
                comments.append((number, False, k, (sam, claire)[k % 2].id, text, f"<p>{text}</p>", at))
                entries.append(
                    (project.id, number, sam.id, at.date(), 30, 30, project.rule.as_text(), "Looked", "", at, at)
                )
        for some in range(0, len(rows), 500):
            Ticket.insert_many(rows[some : some + 500]).execute()
        fields = [
            Comment.ticket,
            Comment.internal,
            Comment.number,
            Comment.author,
            Comment.body,
            Comment.body_html,
            Comment.created_at,
        ]
        for some in range(0, len(comments), 2000):
            Comment.insert_many(comments[some : some + 2000], fields).execute()
        fields = [
            Entry.project,
            Entry.ticket,
            Entry.person,
            Entry.day,
            Entry.spent_minutes,
            Entry.valued_minutes,
            Entry.rule,
            Entry.note,
            Entry.internal_note,
            Entry.written_at,
            Entry.confirms_at,
        ]
        for some in range(0, len(entries), 2000):
            Entry.insert_many(entries[some : some + 2000], fields).execute()
        ledger.rewrite(project, first)
    database.close()


if __name__ == "__main__":
    fill(int(sys.argv[1]), Path(sys.argv[2]))

"""The conversation: turns, tags, participants, links, what was seen, drafts, replies, files, views, search."""

from peewee import BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField, Model, TextField

# Full text indexes of SQLite, which hold no text of their own: they read it from the tables. Notes have one to
# themselves, so that nothing of them, not even how common a word is, has a part in what a client finds. Triggers keep
# them, whoever writes: the program, bulk data, or a hand at the shell.
HOW = "tokenize='unicode61 remove_diacritics 2', prefix='2 3'"
COMMENTS = (
    ("comment_search", "public_comment", "NOT {row}internal AND {row}deleted_at IS NULL"),
    ("note_search", "internal_note", "{row}internal AND {row}deleted_at IS NULL"),
)

SEARCH = [
    f"CREATE VIRTUAL TABLE ticket_search USING fts5(title, body, content='ticket', content_rowid='id', {HOW})",
    """CREATE TRIGGER ticket_search_insert AFTER INSERT ON ticket BEGIN
        INSERT INTO ticket_search (rowid, title, body) VALUES (new.id, new.title, new.body);
    END""",
    """CREATE TRIGGER ticket_search_delete AFTER DELETE ON ticket BEGIN
        INSERT INTO ticket_search (ticket_search, rowid, title, body)
        VALUES ('delete', old.id, old.title, old.body);
    END""",
    """CREATE TRIGGER ticket_search_update AFTER UPDATE OF title, body ON ticket BEGIN
        INSERT INTO ticket_search (ticket_search, rowid, title, body)
        VALUES ('delete', old.id, old.title, old.body);
        INSERT INTO ticket_search (rowid, title, body) VALUES (new.id, new.title, new.body);
    END""",
    "INSERT INTO ticket_search (ticket_search, rank) VALUES ('rank', 'bm25(10.0, 1.0)')",
    "INSERT INTO ticket_search (ticket_search) VALUES ('rebuild')",
]
for table, view, condition in COMMENTS:
    was, becomes = condition.format(row="old."), condition.format(row="new.")
    take = f"INSERT INTO {table} ({table}, rowid, body) SELECT 'delete', old.id, old.body WHERE {was};"
    put = f"INSERT INTO {table} (rowid, body) SELECT new.id, new.body WHERE {becomes};"
    SEARCH += [
        f"CREATE VIEW {view} AS SELECT id, body FROM comment WHERE {condition.format(row='')}",  # noqa: S608 -- names of ours
        f"CREATE VIRTUAL TABLE {table} USING fts5(body, content='{view}', content_rowid='id', {HOW})",
        f"CREATE TRIGGER {table}_insert AFTER INSERT ON comment BEGIN {put} END",
        f"CREATE TRIGGER {table}_delete AFTER DELETE ON comment BEGIN {take} END",
        f"CREATE TRIGGER {table}_update AFTER UPDATE OF body, internal, deleted_at ON comment BEGIN {take} {put} END",
        f"INSERT INTO {table} ({table}) VALUES ('rebuild')",  # noqa: S608
    ]


def up(migrator, db):
    class Person(Model):
        class Meta:
            database = db
            table_name = "person"

    class Project(Model):
        class Meta:
            database = db
            table_name = "project"

    class Ticket(Model):
        class Meta:
            database = db
            table_name = "ticket"

    class Comment(Model):
        class Meta:
            database = db
            table_name = "comment"

    class Tag(Model):
        project = ForeignKeyField(Project, on_delete="CASCADE", index=False)
        name = CharField()

        class Meta:
            database = db
            table_name = "tag"
            indexes = ((("project", "name"), True),)

    class Tagging(Model):
        ticket = ForeignKeyField(Ticket, on_delete="CASCADE", index=False)
        tag = ForeignKeyField(Tag, on_delete="CASCADE")

        class Meta:
            database = db
            table_name = "tagging"
            indexes = ((("ticket", "tag"), True),)

    class Participant(Model):
        ticket = ForeignKeyField(Ticket, on_delete="CASCADE", index=False)
        person = ForeignKeyField(Person, on_delete="CASCADE")
        told = BooleanField(default=True)
        created_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "participant"
            indexes = ((("ticket", "person"), True),)

    class Link(Model):
        ticket = ForeignKeyField(Ticket, on_delete="CASCADE", index=False)
        other = ForeignKeyField(Ticket, on_delete="CASCADE")
        kind = CharField(default="related")
        created_by = ForeignKeyField(Person, index=False)
        created_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "link"
            indexes = ((("ticket", "other"), True),)

    class Sight(Model):
        person = ForeignKeyField(Person, on_delete="CASCADE", index=False)
        ticket = ForeignKeyField(Ticket, on_delete="CASCADE")
        seen_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "sight"
            indexes = ((("person", "ticket"), True),)

    class Draft(Model):
        person = ForeignKeyField(Person, on_delete="CASCADE", index=False)
        ticket = ForeignKeyField(Ticket, null=True, on_delete="CASCADE")
        form = CharField()
        data = TextField(default="{}")
        changed_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "draft"
            indexes = ((("person", "form"), True),)

    class CannedReply(Model):
        name = CharField()
        body = TextField()
        position = IntegerField(default=0)
        created_by = ForeignKeyField(Person, null=True, index=False)
        created_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "canned_reply"

    class Template(Model):
        project = ForeignKeyField(Project, on_delete="CASCADE", index=False)
        kind = CharField()
        body = TextField()

        class Meta:
            database = db
            table_name = "template"
            indexes = ((("project", "kind"), True),)

    class Attachment(Model):
        ticket = ForeignKeyField(Ticket, on_delete="CASCADE", index=False)
        comment = ForeignKeyField(Comment, null=True, on_delete="SET NULL")
        name = CharField()
        size = IntegerField()
        digest = CharField(index=True)
        is_image = BooleanField(default=False)
        width = IntegerField(null=True)
        height = IntegerField(null=True)
        internal = BooleanField(default=False)
        created_by = ForeignKeyField(Person, index=False)
        created_at = BigIntegerField()
        deleted_by = ForeignKeyField(Person, null=True, index=False)
        deleted_at = BigIntegerField(null=True)

        class Meta:
            database = db
            table_name = "attachment"
            indexes = ((("ticket", "id"), False),)

    class SavedView(Model):
        project = ForeignKeyField(Project, null=True, on_delete="CASCADE")
        person = ForeignKeyField(Person, on_delete="CASCADE", index=False)
        name = CharField()
        query = TextField()
        shared = BooleanField(default=False)
        created_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "saved_view"
            indexes = ((("person", "project"), False),)

    db.create_tables([Tag, Tagging, Participant, Link, Sight, Draft, CannedReply, Template, Attachment, SavedView])
    add = migrator.add_column
    migrator.migrate(
        add("person", "seen_before", BigIntegerField(default=0)),
        add("ticket", "turn", CharField(default="ours")),
        add("ticket", "turn_at", BigIntegerField(null=True)),
        add("ticket", "due_on", CharField(null=True, max_length=10)),
        add("ticket", "changed_at", BigIntegerField(null=True)),
        add("ticket", "client_changed_at", BigIntegerField(null=True)),
        add("ticket", "merged_into_id", ForeignKeyField(Ticket, field=Ticket.id, null=True)),
        migrator.add_index("ticket", ("project_id", "closed_at", "turn", "turn_at")),
        migrator.add_index("ticket", ("project_id", "changed_at")),
        migrator.add_index("ticket", ("project_id", "client_changed_at")),
    )

    # Whoever wrote last in public has handed the turn over; without a word it is the agency's, since the opening.
    db.execute_sql("UPDATE ticket SET turn_at = opened_at, changed_at = opened_at, client_changed_at = opened_at")
    db.execute_sql(
        """UPDATE ticket SET turn = CASE last.role WHEN 'client' THEN 'ours' ELSE 'theirs' END, turn_at = last.at
        FROM (SELECT comment.ticket_id AS ticket, person.role AS role, MAX(comment.created_at) AS at
              FROM comment JOIN person ON person.id = comment.author_id
              WHERE NOT comment.internal AND comment.deleted_at IS NULL GROUP BY comment.ticket_id) AS last
        WHERE last.ticket = ticket.id"""
    )
    db.execute_sql(
        "UPDATE ticket SET changed_at = last.at, client_changed_at = COALESCE(last.client_at, opened_at) "
        "FROM (SELECT ticket_id, MAX(created_at) AS at, MAX(CASE WHEN client THEN created_at END) AS client_at "
        "FROM event GROUP BY ticket_id) AS last WHERE last.ticket_id = ticket.id"
    )
    for statement in SEARCH:
        db.execute_sql(statement)

    # What there was before is no news to anybody.
    db.execute_sql("UPDATE person SET seen_before = CAST(strftime('%s', 'now') AS INTEGER) * 1000")

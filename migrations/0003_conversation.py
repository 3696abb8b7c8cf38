"""The conversation: turns, tags, participants, links, what was seen, drafts, canned replies, files, saved views."""

from peewee import BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField, Model, TextField


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
    # What there was before is no news to anybody.
    db.execute_sql("UPDATE person SET seen_before = CAST(strftime('%s', 'now') AS INTEGER) * 1000")

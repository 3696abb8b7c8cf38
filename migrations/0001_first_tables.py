"""The first tables: agency, people, projects, tickets, conversation, time, purchases, ledger, meter, events."""

from peewee import BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField, Model, TextField


def up(migrator, db):
    class Agency(Model):
        name = CharField()
        language = CharField(default="en")
        timezone = CharField(default="Europe/Paris")
        created_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "agency"

    class Person(Model):
        email = CharField(unique=True)
        name = CharField()
        role = CharField()
        password_hash = CharField(null=True)
        language = CharField(default="")
        limited = BooleanField(default=False)
        active = BooleanField(default=True)
        session_key = CharField()
        created_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "person"

    class Invitation(Model):
        person = ForeignKeyField(Person, on_delete="CASCADE")
        token_hash = CharField(unique=True)
        expires_at = BigIntegerField()
        used_at = BigIntegerField(null=True)
        created_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "invitation"

    class Project(Model):
        slug = CharField(unique=True)
        name = CharField()
        client = CharField()
        language = CharField(default="en")
        billing = CharField(default="prepaid")
        timezone = CharField(default="Europe/Paris")
        increment = IntegerField(default=1)
        minimum = IntegerField(default=0)
        grace = IntegerField(default=0)
        per = CharField(default="entry")
        review_hours = IntegerField(default=0)
        detail = CharField(default="day")
        staff_version = IntegerField(default=1)
        client_version = IntegerField(default=1)
        meter_version = IntegerField(default=1)
        shape_version = IntegerField(default=1)
        archived_at = BigIntegerField(null=True)
        created_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "project"

    class Membership(Model):
        project = ForeignKeyField(Project, on_delete="CASCADE")
        person = ForeignKeyField(Person, on_delete="CASCADE")
        sees = CharField(default="all")
        hours = BooleanField(default=True)
        created_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "membership"
            indexes = ((("project", "person"), True), (("person",), False))

    class Column(Model):
        name = CharField()
        role = CharField()
        position = IntegerField()
        project = ForeignKeyField(Project, on_delete="CASCADE")

        class Meta:
            database = db
            table_name = "board_column"
            indexes = ((("project", "position"), False),)

    class Ticket(Model):
        project = ForeignKeyField(Project, on_delete="CASCADE")
        column = ForeignKeyField(Column)
        position = IntegerField()
        title = CharField(max_length=200)
        body = TextField(default="")
        body_html = TextField(default="")
        kind = CharField(default="support")
        priority = CharField(default="normal")
        requester = ForeignKeyField(Person)
        assignee = ForeignKeyField(Person, null=True)
        valued_minutes = IntegerField(default=0)
        spent_minutes = IntegerField(default=0)
        client_version = IntegerField(default=1)
        opened_at = BigIntegerField()
        closed_at = BigIntegerField(null=True)

        class Meta:
            database = db
            table_name = "ticket"
            indexes = (
                (("column", "position"), False),
                (("project", "id"), False),
                (("project", "closed_at", "id"), False),
                (("project", "requester", "client_version"), False),
            )

    class Comment(Model):
        ticket = ForeignKeyField(Ticket, on_delete="CASCADE")
        internal = BooleanField(default=False)
        number = IntegerField()
        author = ForeignKeyField(Person)
        body = TextField()
        body_html = TextField()
        form_key = CharField(unique=True, null=True)
        created_at = BigIntegerField()
        edited_at = BigIntegerField(null=True)
        deleted_at = BigIntegerField(null=True)

        class Meta:
            database = db
            table_name = "comment"
            indexes = ((("ticket", "internal", "number"), True),)

    class Entry(Model):
        project = ForeignKeyField(Project, on_delete="CASCADE")
        ticket = ForeignKeyField(Ticket, on_delete="CASCADE")
        person = ForeignKeyField(Person)
        comment = ForeignKeyField(Comment, null=True, on_delete="SET NULL")
        day = CharField(max_length=10)
        spent_minutes = IntegerField()
        valued_minutes = IntegerField()
        rule = TextField()
        note = TextField(default="")
        internal_note = TextField(default="")
        form_key = CharField(unique=True, null=True)
        written_at = BigIntegerField()
        confirms_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "entry"
            indexes = (
                (("ticket", "day"), False),
                (("project", "day", "id"), False),
                (("project", "confirms_at"), False),
            )

    class Purchase(Model):
        project = ForeignKeyField(Project, on_delete="CASCADE")
        minutes = IntegerField()
        kind = CharField(default="pack")
        state = CharField(default="open")
        bought_on = CharField(max_length=10)
        valid_from = CharField(max_length=10)
        expires_on = CharField(null=True, max_length=10)
        reference = CharField(default="")
        created_by = ForeignKeyField(Person, null=True)
        created_at = BigIntegerField()
        left_minutes = IntegerField(default=0)
        pending_minutes = IntegerField(default=0)

        class Meta:
            database = db
            table_name = "purchase"
            indexes = ((("project", "valid_from"), False),)

    class Line(Model):
        project = ForeignKeyField(Project, on_delete="CASCADE")
        day = CharField(max_length=10)
        sequence = IntegerField()
        kind = CharField()
        minutes = IntegerField()
        entry = ForeignKeyField(Entry, null=True)
        purchase = ForeignKeyField(Purchase, null=True)

        class Meta:
            database = db
            table_name = "ledger_line"
            indexes = ((("project", "day", "sequence"), True), (("entry",), False), (("purchase",), False))

    class Meter(Model):
        purchased_minutes = IntegerField(default=0)
        confirmed_minutes = IntegerField(default=0)
        pending_minutes = IntegerField(default=0)
        committed_minutes = IntegerField(default=0)
        balance_minutes = IntegerField(default=0)
        deficit_minutes = IntegerField(default=0)
        pending_deficit_minutes = IntegerField(default=0)
        over_since = CharField(null=True, max_length=10)
        next_expiry_on = CharField(null=True, max_length=10)
        walked_on = CharField(null=True, max_length=10)
        stale_at = BigIntegerField(null=True)
        project = ForeignKeyField(Project, unique=True, on_delete="CASCADE")

        class Meta:
            database = db
            table_name = "meter"

    class Event(Model):
        actor = ForeignKeyField(Person, null=True)
        kind = CharField()
        data = TextField(default="{}")
        client = BooleanField()
        created_at = BigIntegerField()
        project = ForeignKeyField(Project, null=True, on_delete="CASCADE")
        ticket = ForeignKeyField(Ticket, null=True, on_delete="CASCADE")

        class Meta:
            database = db
            table_name = "event"
            indexes = ((("ticket", "id"), False), (("project", "id"), False))

    db.create_tables(
        [Agency, Person, Invitation, Project, Membership, Column, Ticket, Comment, Entry, Purchase, Line, Meter, Event]
    )

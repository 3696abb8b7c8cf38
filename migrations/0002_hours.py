"""The hours made whole: activities, corrections, statements, requests, estimates, timers, warnings, the pace."""

from peewee import BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField, Model, TextField

ACTIVITIES = (
    ("Support", "Support", 100, 0),
    ("Assistance", "Assistance", 100, 0),
    ("On site", "Sur site", 100, 120),
    ("Out of hours", "Hors horaires", 150, 60),
    ("Training", "Formation", 100, 0),
    ("Goodwill", "Geste commercial", 0, 0),
)
# Another index begins with the same column, or nothing is ever looked for by it: each cost a page in every write.
NEEDLESS = (
    ("board_column", "column_project_id"),
    ("comment", "comment_ticket_id"),
    ("comment", "comment_author_id"),
    ("entry", "entry_project_id"),
    ("entry", "entry_ticket_id"),
    ("entry", "entry_person_id"),
    ("entry", "entry_comment_id"),
    ("event", "event_project_id"),
    ("event", "event_ticket_id"),
    ("event", "event_actor_id"),
    ("ledger_line", "line_project_id"),
    ("membership", "membership_project_id"),
    ("purchase", "purchase_project_id"),
    ("purchase", "purchase_created_by_id"),
    ("ticket", "ticket_project_id"),
    ("ticket", "ticket_column_id"),
    ("ticket", "ticket_requester_id"),
)
# What is on a statement stays as it is, whoever asks: the database itself refuses. By these a row of the table may push
# out another one (OR REPLACE), for which SQLite asks no trigger of deletion.
FROZEN = {
    "entry": ("held.id = NEW.id", "held.form_key = NEW.form_key"),
    "ledger_line": (
        "held.id = NEW.id",
        "held.project_id = NEW.project_id AND held.day = NEW.day AND held.sequence = NEW.sequence",
    ),
}


def up(migrator, db):
    class Agency(Model):
        language = CharField()

        class Meta:
            database = db
            table_name = "agency"

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

    class Entry(Model):
        class Meta:
            database = db
            table_name = "entry"

    class Purchase(Model):
        class Meta:
            database = db
            table_name = "purchase"

    class Activity(Model):
        name = CharField()
        percent = IntegerField(default=100)
        minimum = IntegerField(default=0)
        position = IntegerField(default=0)
        archived_at = BigIntegerField(null=True)

        class Meta:
            database = db
            table_name = "activity"

    class Statement(Model):
        project = ForeignKeyField(Project, on_delete="CASCADE", index=False)
        number = IntegerField(unique=True)
        first_day = CharField(max_length=10)
        last_day = CharField(max_length=10)
        closed_by = ForeignKeyField(Person, null=True, index=False)
        closed_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "statement"
            indexes = ((("project", "last_day"), False),)

    class Estimate(Model):
        ticket = ForeignKeyField(Ticket, on_delete="CASCADE", index=False)
        project = ForeignKeyField(Project, on_delete="CASCADE", index=False)
        low_minutes = IntegerField()
        ceiling_minutes = IntegerField()
        message = TextField(default="")
        state = CharField(default="proposed")
        proposed_by = ForeignKeyField(Person, index=False)
        proposed_at = BigIntegerField()
        answered_by = ForeignKeyField(Person, null=True, index=False)
        answered_at = BigIntegerField(null=True)
        answer = TextField(default="")

        class Meta:
            database = db
            table_name = "estimate"
            indexes = ((("ticket", "id"), False), (("project", "state"), False))

    class Timer(Model):
        person = ForeignKeyField(Person, on_delete="CASCADE", index=False)
        ticket = ForeignKeyField(Ticket, on_delete="CASCADE")
        seconds = IntegerField(default=0)
        started_at = BigIntegerField(null=True)
        touched_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "timer"
            indexes = ((("person", "ticket"), True), (("person", "started_at"), False))

    class Pace(Model):
        project = ForeignKeyField(Project, on_delete="CASCADE", index=False)
        week_on = CharField(max_length=10)
        valued_minutes = IntegerField(default=0)

        class Meta:
            database = db
            table_name = "pace"
            indexes = ((("project", "week_on"), True),)

    class Alert(Model):
        project = ForeignKeyField(Project, on_delete="CASCADE", index=False)
        purchase = ForeignKeyField(Purchase, on_delete="CASCADE", index=False)
        threshold = CharField()
        raised_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "alert"
            indexes = ((("purchase", "threshold"), True), (("project", "raised_at"), False))

    class Dismissal(Model):
        alert = ForeignKeyField(Alert, on_delete="CASCADE", index=False)
        person = ForeignKeyField(Person, on_delete="CASCADE")
        created_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "dismissal"
            indexes = ((("alert", "person"), True),)

    db.create_tables([Activity, Statement, Estimate, Timer, Pace, Alert, Dismissal])

    add = migrator.add_column
    migrator.migrate(
        add("person", "day_minutes", IntegerField(default=420)),
        add("project", "at_zero", CharField(default="continue")),
        add("project", "warn_percents", CharField(default="75,90,100")),
        add("project", "warn_days", CharField(default="30,7")),
        add("membership", "accepts", BooleanField(default=True)),
        add("membership", "requests", BooleanField(default=True)),
        add("meter", "runs_out_on", CharField(null=True, max_length=10)),
        add("meter", "runs_out_from", CharField(null=True, max_length=10)),
        add("meter", "runs_out_to", CharField(null=True, max_length=10)),
        add("ticket", "ceiling_minutes", IntegerField(null=True)),
        add("entry", "activity_id", ForeignKeyField(Activity, field=Activity.id, null=True, index=False)),
        add("entry", "corrects_id", ForeignKeyField(Entry, field=Entry.id, null=True)),
        add("entry", "statement_id", ForeignKeyField(Statement, field=Statement.id, null=True, index=False)),
        add("ledger_line", "statement_id", ForeignKeyField(Statement, field=Statement.id, null=True, index=False)),
        add("purchase", "statement_id", ForeignKeyField(Statement, field=Statement.id, null=True, index=False)),
        add("purchase", "entry_id", ForeignKeyField(Entry, field=Entry.id, null=True)),
        add("purchase", "asked_minutes", IntegerField(null=True)),
        add("purchase", "message", TextField(default="")),
        add("purchase", "answer", TextField(default="")),
        add("purchase", "opened_by_id", ForeignKeyField(Person, field=Person.id, null=True, index=False)),
        add("purchase", "opened_at", BigIntegerField(null=True)),
        add("purchase", "cancelled_by_id", ForeignKeyField(Person, field=Person.id, null=True, index=False)),
        add("purchase", "cancelled_at", BigIntegerField(null=True)),
        migrator.add_index("entry", ("project_id", "statement_id", "day")),
        migrator.add_index("entry", ("person_id", "day")),
        migrator.add_index("event", ("actor_id", "created_at")),
        migrator.add_index("ticket", ("project_id", "closed_at", "ceiling_minutes")),
        migrator.add_index("ledger_line", ("project_id", "statement_id", "day")),
        *(migrator.drop_index(table, index) for table, index in NEEDLESS),
    )

    # The Monday of an entry's week, as SQLite counts: Sunday is its weekday 0.
    db.execute_sql(
        "INSERT INTO pace (project_id, week_on, valued_minutes) "
        "SELECT project_id, date(day, '-6 days', 'weekday 1'), SUM(valued_minutes) FROM entry GROUP BY 1, 2"
    )
    agency = Agency.select().first()
    if agency:
        for position, (english, french, percent, minimum) in enumerate(ACTIVITIES):
            name = french if agency.language == "fr" else english
            Activity.create(name=name, percent=percent, minimum=minimum, position=position)

    # What is used up already is no news: nobody is warned of it now.
    for threshold in ("75%", "90%", "100%"):
        db.execute_sql(
            "INSERT INTO alert (project_id, purchase_id, threshold, raised_at) "
            "SELECT project_id, id, ?, 0 FROM purchase WHERE state = 'open' AND left_minutes = 0",
            (threshold,),
        )
    for table, pushes in FROZEN.items():
        refusal = "BEGIN SELECT RAISE(ABORT, 'it is on a statement'); END"
        for verb in ("UPDATE", "DELETE"):
            db.execute_sql(
                f"CREATE TRIGGER {table}_closed_{verb.lower()} BEFORE {verb} ON {table} "
                f"WHEN OLD.statement_id IS NOT NULL {refusal}"
            )
        closed = f"SELECT 1 FROM {table} held WHERE held.statement_id IS NOT NULL"  # noqa: S608 -- a name of ours
        pushed = " OR ".join(f"EXISTS ({closed} AND {same})" for same in pushes)
        db.execute_sql(f"CREATE TRIGGER {table}_closed_insert BEFORE INSERT ON {table} WHEN {pushed} {refusal}")
        db.execute_sql(
            f"CREATE TRIGGER {table}_closed_push BEFORE UPDATE ON {table} "
            f"WHEN OLD.statement_id IS NULL AND ({pushed}) {refusal}"
        )

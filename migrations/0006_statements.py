"""Statements as documents: what they tell, sealed and chained; what is billed of them; who has seen them; feeds."""

from peewee import BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField, Model, TextField

# A statement stays as it is from the moment it is closed, whoever asks. The one change that there is puts the document
# on it, once: until then it is empty.
FROZEN = [
    """CREATE TRIGGER statement_update BEFORE UPDATE ON statement
    WHEN OLD.document <> '' OR NEW.document = '' OR NEW.id <> OLD.id OR NEW.project_id <> OLD.project_id
        OR NEW.number <> OLD.number OR NEW.first_day <> OLD.first_day OR NEW.last_day <> OLD.last_day
        OR NEW.closed_at <> OLD.closed_at OR NEW.closed_by_id IS NOT OLD.closed_by_id
    BEGIN SELECT RAISE(ABORT, 'a statement stays as it is'); END""",
    """CREATE TRIGGER statement_delete BEFORE DELETE ON statement
    BEGIN SELECT RAISE(ABORT, 'a statement stays as it is'); END""",
    # A row that takes its id or its number pushes it out (OR REPLACE), for which SQLite asks no trigger of deletion.
    """CREATE TRIGGER statement_insert BEFORE INSERT ON statement
    WHEN EXISTS (SELECT 1 FROM statement held WHERE held.id = NEW.id OR held.number = NEW.number)
    BEGIN SELECT RAISE(ABORT, 'a statement stays as it is'); END""",
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

    class Purchase(Model):
        class Meta:
            database = db
            table_name = "purchase"

    class Statement(Model):
        class Meta:
            database = db
            table_name = "statement"

    class Charge(Model):
        project = ForeignKeyField(Project, on_delete="CASCADE", index=False)
        statement = ForeignKeyField(Statement, null=True, unique=True)
        purchase = ForeignKeyField(Purchase, null=True, unique=True)
        minutes = IntegerField()
        state = CharField(default="open")
        invoice = CharField(default="")
        invoiced_on = CharField(null=True, max_length=10)
        paid_on = CharField(null=True, max_length=10)
        created_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "charge"
            indexes = ((("state", "created_at"), False), (("project", "created_at"), False))

    class Acknowledgement(Model):
        statement = ForeignKeyField(Statement, unique=True)
        person = ForeignKeyField(Person, null=True, index=False)
        created_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "acknowledgement"

    class Feed(Model):
        person = ForeignKeyField(Person, on_delete="CASCADE")
        project = ForeignKeyField(Project, null=True, on_delete="CASCADE", index=False)
        kind = CharField()
        digest = CharField(unique=True)
        created_at = BigIntegerField()
        used_at = BigIntegerField(null=True)
        revoked_at = BigIntegerField(null=True)

        class Meta:
            database = db
            table_name = "feed"

    db.create_tables([Charge, Acknowledgement, Feed])
    add = migrator.add_column
    migrator.migrate(
        add("statement", "document", TextField(default="")),
        add("statement", "digest", CharField(default="")),
        add("agency", "address", TextField(default="")),
        add("agency", "registration", CharField(default="")),
        add("agency", "vat_number", CharField(default="")),
        add("agency", "country", CharField(default="FR")),
        add("agency", "currency", CharField(default="EUR")),
        add("agency", "vat_hundredths", IntegerField(default=2000)),
        add("agency", "logo", CharField(default="")),
        add("agency", "factur_x", BooleanField(default=False)),
        add("project", "closes", CharField(default="monthly")),
        add("project", "closes_empty", BooleanField(default=False)),
        add("project", "seen_days", IntegerField(default=0)),
        add("project", "client_address", TextField(default="")),
        add("project", "client_vat_number", CharField(default="")),
        add("project", "client_reference", CharField(default="")),
        add("project", "rate_cents", IntegerField(null=True)),
        add("person", "cost_cents", IntegerField(null=True)),
        add("membership", "approves", BooleanField(default=True)),
        add("membership", "invites", BooleanField(default=True)),
    )
    for trigger in FROZEN:
        db.execute_sql(trigger)

    # Nothing closes by itself in a project that began before statements did: its owner says from when on.
    db.execute_sql("UPDATE project SET closes = 'hand'")

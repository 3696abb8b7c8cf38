"""Sessions that are known one by one, a second factor, and the trail of who came in and who changed whose rights."""

from peewee import BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField, Model, TextField

WRITTEN = ("kind", "person_id", "subject_id", "project_id", "via", "detail", "created_at")

# A line of the trail stays as it was written. Two things may still happen to it: the address and the browser of
# somebody who is forgotten are taken off it, and it goes when it is older than the agency keeps the trail.
KEPT = [
    f"""CREATE TRIGGER audit_kept_update BEFORE UPDATE ON audit
    WHEN NEW.id <> OLD.id OR NEW.address <> '' OR NEW.agent <> ''
        OR {" OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in WRITTEN)}
    BEGIN SELECT RAISE(ABORT, 'the trail stays as it was written'); END""",
    """CREATE TRIGGER audit_kept_delete BEFORE DELETE ON audit
    WHEN NOT EXISTS (
        SELECT 1 FROM agency WHERE audit_days >= 90
        AND OLD.created_at < (CAST(strftime('%s', 'now') AS INTEGER) - audit_days * 86400) * 1000
    )
    BEGIN SELECT RAISE(ABORT, 'the trail stays as it was written'); END""",
    # Where a row is pushed out by another one (OR REPLACE), SQLite asks no trigger of deletion.
    """CREATE TRIGGER audit_kept_insert BEFORE INSERT ON audit
    WHEN EXISTS (SELECT 1 FROM audit held WHERE held.id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'the trail stays as it was written'); END""",
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

    class Audit(Model):
        kind = CharField()
        person = ForeignKeyField(Person, null=True, index=False)
        subject = ForeignKeyField(Person, null=True, index=False)
        project = ForeignKeyField(Project, null=True, index=False)
        address = CharField(default="")
        agent = CharField(default="")
        via = CharField(default="web", max_length=8)
        detail = TextField(default="{}")
        created_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "audit"
            indexes = ((("created_at",), False), (("person", "created_at"), False), (("subject", "created_at"), False))

    class Session(Model):
        person = ForeignKeyField(Person, on_delete="CASCADE", index=False)
        digest = CharField(unique=True)
        remembered = BooleanField()
        strong = BooleanField(default=False)
        address = CharField(default="")
        agent = CharField(default="")
        created_at = BigIntegerField()
        seen_at = BigIntegerField()
        proved_at = BigIntegerField()
        good_until = BigIntegerField()
        ended_at = BigIntegerField(null=True)
        shown_person = ForeignKeyField(Person, null=True, on_delete="CASCADE", index=False)
        shown_until = BigIntegerField(default=0)

        class Meta:
            database = db
            table_name = "session"
            indexes = ((("person", "ended_at"), False),)

    class Authenticator(Model):
        person = ForeignKeyField(Person, unique=True, on_delete="CASCADE")
        secret = CharField()
        last_step = IntegerField()
        created_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "authenticator"

    class RecoveryCode(Model):
        person = ForeignKeyField(Person, on_delete="CASCADE")
        digest = CharField(unique=True)
        used_at = BigIntegerField(null=True)

        class Meta:
            database = db
            table_name = "recovery_code"

    db.create_tables([Audit, Session, Authenticator, RecoveryCode])
    add = migrator.add_column
    migrator.migrate(
        add("agency", "second_factor", BooleanField(default=False)),
        add("agency", "audit_days", IntegerField(default=365)),
        add("agency", "file_days", IntegerField(default=0)),
        add("person", "erased_at", BigIntegerField(null=True)),
    )
    db.execute_sql("ALTER TABLE person DROP COLUMN session_key")
    for trigger in KEPT:
        db.execute_sql(trigger)

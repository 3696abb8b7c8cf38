"""How a conversation ends, and events that stay as they were written."""

from peewee import BigIntegerField, CharField, ForeignKeyField, Model

# An event goes only with the project or the ticket that it is about.
GONE = "NOT EXISTS (SELECT 1 FROM {table} WHERE id = OLD.{table}_id)"


def up(migrator, db):
    class Person(Model):
        class Meta:
            database = db
            table_name = "person"

    class Ticket(Model):
        class Meta:
            database = db
            table_name = "ticket"

    class Satisfaction(Model):
        ticket = ForeignKeyField(Ticket, on_delete="CASCADE", index=False)
        person = ForeignKeyField(Person, on_delete="CASCADE")
        answer = CharField()
        message = CharField(default="")
        said_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "satisfaction"
            indexes = ((("ticket", "person"), True),)

    db.create_tables([Satisfaction])
    migrator.migrate(migrator.add_column("event", "via", CharField(default="web", max_length=8)))

    refusal = "BEGIN SELECT RAISE(ABORT, 'events stay as they were written'); END"
    db.execute_sql(f"CREATE TRIGGER event_kept_update BEFORE UPDATE ON event {refusal}")
    # Where a row is pushed out by another one (OR REPLACE), SQLite asks no trigger of deletion.
    pushes = "WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id)"
    db.execute_sql(f"CREATE TRIGGER event_kept_insert BEFORE INSERT ON event {pushes} {refusal}")
    whose = " OR ".join(
        f"(OLD.{table}_id IS NOT NULL AND {GONE.format(table=table)})" for table in ("project", "ticket")
    )
    db.execute_sql(f"CREATE TRIGGER event_kept_delete BEFORE DELETE ON event WHEN NOT ({whose}) {refusal}")

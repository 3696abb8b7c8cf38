"""Response targets: opening hours and days off of the agency, the targets of a project, and a clock for each answer."""

from peewee import BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField, Model

WEEK = "9:00-18:00;9:00-18:00;9:00-18:00;9:00-18:00;9:00-18:00;;"


def up(migrator, db):
    class Project(Model):
        class Meta:
            database = db
            table_name = "project"

    class Ticket(Model):
        class Meta:
            database = db
            table_name = "ticket"

    class DayOff(Model):
        first_on = CharField(max_length=10)
        last_on = CharField(max_length=10)
        name = CharField()

        class Meta:
            database = db
            table_name = "day_off"
            indexes = ((("first_on",), False),)

    class Target(Model):
        project = ForeignKeyField(Project, on_delete="CASCADE", index=False)
        ticket = ForeignKeyField(Ticket, on_delete="CASCADE", index=False)
        kind = CharField()
        priority = CharField()
        started_at = BigIntegerField()
        paused_at = BigIntegerField(null=True)
        paused_minutes = IntegerField(default=0)
        due_at = BigIntegerField(null=True)
        answered_at = BigIntegerField(null=True)
        kept = BooleanField(null=True)

        class Meta:
            database = db
            table_name = "target"
            indexes = ((("ticket", "answered_at"), False), (("project", "answered_at"), False))

    db.create_tables([DayOff, Target])
    add = migrator.add_column
    migrator.migrate(
        add("agency", "opening_hours", CharField(default=WEEK)),
        add("project", "first_targets", CharField(default="")),
        add("project", "next_targets", CharField(default="")),
        add("project", "tells_targets", BooleanField(default=False)),
    )

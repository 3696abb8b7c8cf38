"""Mail: what is to be sent and was, how far the events have been told of, and how each person wants to hear of them."""

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

    class Event(Model):
        class Meta:
            database = db
            table_name = "event"

    class Mail(Model):
        person = ForeignKeyField(Person, on_delete="CASCADE")
        address = CharField()
        project = ForeignKeyField(Project, null=True, on_delete="CASCADE")
        ticket = ForeignKeyField(Ticket, null=True, on_delete="CASCADE")
        kind = CharField()
        state = CharField(default="queued")
        reason = CharField(default="")
        message_id = CharField(unique=True)
        data = TextField(default="{}")
        sealed = TextField(default="")
        tries = IntegerField(default=0)
        due_at = BigIntegerField()
        sending_at = BigIntegerField(null=True)
        repeated = BooleanField(default=False)
        subject = CharField(default="")
        created_at = BigIntegerField()
        sent_at = BigIntegerField(null=True)

        class Meta:
            database = db
            table_name = "mail"
            indexes = ((("state", "due_at"), False),)

    class Told(Model):
        mail = ForeignKeyField(Mail, on_delete="CASCADE")
        event = ForeignKeyField(Event, on_delete="CASCADE", index=False)
        person = ForeignKeyField(Person, on_delete="CASCADE")
        why = CharField()

        class Meta:
            database = db
            table_name = "told"
            indexes = ((("event", "person"), True),)

    class Telling(Model):
        event = IntegerField(null=True)

        class Meta:
            database = db
            table_name = "telling"

    db.create_tables([Mail, Told, Telling])
    # Nothing is told yet: the first time that mail is set up, it begins with what happens from then on.
    Telling.create(event=None)
    add = migrator.add_column
    migrator.migrate(
        add("person", "mails", CharField(default="at_once")),
        add("person", "digest_hour", IntegerField(default=8)),
        add("person", "quiet_from", IntegerField(null=True)),
        add("person", "quiet_to", IntegerField(null=True)),
        add("person", "timezone", CharField(default="")),
    )

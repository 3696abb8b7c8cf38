"""Mail that comes in: each one once, those that are held, senders who are blocked, and addresses of projects."""

from peewee import BigIntegerField, CharField, ForeignKeyField, IntegerField, Model, TextField


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

    class ReceivedMail(Model):
        message_id = CharField(unique=True)
        state = CharField()
        why = CharField(default="")
        digest = CharField(default="", index=True)
        size = IntegerField()
        sender = CharField(index=True)
        sender_name = CharField(default="")
        subject = CharField(default="")
        project = ForeignKeyField(Project, null=True, on_delete="SET NULL")
        ticket = ForeignKeyField(Ticket, null=True, on_delete="SET NULL")
        comment = ForeignKeyField(Comment, null=True, on_delete="SET NULL")
        strangers = TextField(default="")
        received_at = BigIntegerField()
        handled_by = ForeignKeyField(Person, null=True, on_delete="SET NULL", index=False)
        handled_at = BigIntegerField(null=True)

        class Meta:
            database = db
            table_name = "received_mail"
            indexes = ((("state", "received_at"), False),)

    class BlockedSender(Model):
        email = CharField(unique=True)
        blocked_by = ForeignKeyField(Person, null=True, on_delete="SET NULL", index=False)
        blocked_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "blocked_sender"

    db.create_tables([ReceivedMail, BlockedSender])
    add = migrator.add_column
    migrator.migrate(
        add("comment", "mailed", TextField(null=True)),
        add("person", "bounced_at", BigIntegerField(null=True)),
        add("project", "mail_address", CharField(default="")),
    )

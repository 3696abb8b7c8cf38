"""Of which new tickets somebody wants to hear, and for how long mails are kept."""

from peewee import CharField, IntegerField


def up(migrator, db):
    add = migrator.add_column
    migrator.migrate(
        add("person", "news", CharField(default="all")),
        add("agency", "sent_mail_days", IntegerField(default=0)),
        add("agency", "received_mail_days", IntegerField(default=90)),
    )

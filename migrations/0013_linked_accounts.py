"""Accounts at a provider of OpenID Connect by which people sign in."""

from peewee import BigIntegerField, CharField, ForeignKeyField, Model


def up(migrator, db):
    class Person(Model):
        class Meta:
            database = db
            table_name = "person"

    class LinkedAccount(Model):
        person = ForeignKeyField(Person, on_delete="CASCADE")
        issuer = CharField()
        subject = CharField()
        created_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "linked_account"
            indexes = ((("issuer", "subject"), True),)

    db.create_tables([LinkedAccount])

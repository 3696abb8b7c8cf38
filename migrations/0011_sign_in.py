"""Coming in by mail, and changes of address: links and codes, of which only digests are stored."""

from peewee import BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField, Model, TextField


def up(migrator, db):
    class Person(Model):
        class Meta:
            database = db
            table_name = "person"

    class MailedKey(Model):
        person = ForeignKeyField(Person, null=True, on_delete="CASCADE")
        token_digest = CharField(unique=True)
        browser_digest = CharField(unique=True)
        code_digest = CharField()
        sealed = TextField(default="")
        remembered = BooleanField()
        wanted = CharField(default="")
        tries = IntegerField(default=0)
        expires_at = BigIntegerField(index=True)
        used_at = BigIntegerField(null=True)
        created_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "mailed_key"

    class AddressChange(Model):
        person = ForeignKeyField(Person, unique=True, on_delete="CASCADE")
        before = CharField()
        wanted = CharField()
        confirm_digest = CharField(unique=True)
        stop_digest = CharField(unique=True)
        confirm_until = BigIntegerField()
        stop_until = BigIntegerField()
        confirmed_at = BigIntegerField(null=True)
        created_at = BigIntegerField()

        class Meta:
            database = db
            table_name = "address_change"

    db.create_tables([MailedKey, AddressChange])

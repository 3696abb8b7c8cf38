"""Of which new tickets somebody wants to hear, project by project."""

from peewee import CharField, ForeignKeyField, Model


def up(migrator, db):
    class Person(Model):
        class Meta:
            database = db
            table_name = "person"

    class Project(Model):
        class Meta:
            database = db
            table_name = "project"

    class NewsChoice(Model):
        person = ForeignKeyField(Person, on_delete="CASCADE", index=False)
        project = ForeignKeyField(Project, on_delete="CASCADE")
        news = CharField()

        class Meta:
            database = db
            table_name = "news_choice"
            indexes = ((("person", "project"), True),)

    db.create_tables([NewsChoice])

"""A warning that one person has read and put away."""

from peewee import ForeignKeyField

from trackr.db import transaction
from trackr.models.alert import Alert
from trackr.models.base import InstantField, Record, now
from trackr.models.person import Person


class Dismissal(Record):
    alert = ForeignKeyField(Alert, on_delete="CASCADE", index=False)
    person = ForeignKeyField(Person, on_delete="CASCADE")
    created_at = InstantField(default=now)

    class Meta:
        indexes = ((("alert", "person"), True),)

    @classmethod
    def put_away(cls, alert: Alert, person: Person) -> None:
        """Show the person this warning no more, nor the earlier ones about the same purchase.

        No event: what one person has read is no news to anybody else.
        """
        with transaction():
            read = {each.alert_id for each in cls._up_to(alert, person)}
            for earlier in Alert.up_to(alert):
                if earlier.id not in read:
                    cls.create(alert=earlier, person=person)

    @classmethod
    def take_out(cls, alert: Alert, person: Person) -> None:
        """Show them again, as long as they hold."""
        with transaction():
            for each in cls._up_to(alert, person):
                each.delete_instance()

    @classmethod
    def _up_to(cls, alert: Alert, person: Person) -> "list[Dismissal]":
        mine = (cls.person == person) & cls.alert.in_(Alert.up_to(alert))
        return list(cls.select().where(mine))

"""What an hour costs, and what it is billed at."""

from collections.abc import Iterable
from typing import Any

from trackr.forms.fields import Fields
from trackr.forms.projects import HIGHEST_RATE, Form
from trackr.models import Person, Project


def read(form: Form, people: Iterable[Person], projects: Iterable[Project]) -> dict[str, Any]:
    """The values for set_rates: fields `cost-<id>` of people and `rate-<id>` of projects; what is not sent stays.

    Raises Invalid.
    """
    fields = Fields(form)

    def sent(name: str, records: Iterable[Any]) -> dict[Any, int | None]:
        named = {f"{name}-{record.id}": record for record in records}
        return {record: fields.cents(key, highest=HIGHEST_RATE) for key, record in named.items() if fields.has(key)}

    values = {"costs": sent("cost", people), "rates": sent("rate", projects)}
    fields.check()
    return values

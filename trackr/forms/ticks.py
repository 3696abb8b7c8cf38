"""Which box was ticked, and in which state of the text."""

from werkzeug.datastructures import MultiDict

from trackr.forms.fields import Fields

MOST_TASKS = 100_000


def read(form: "MultiDict[str, str]") -> tuple[int, str]:
    """The number of the box (-1: none that there is), and the mark of the text. Whatever is wrong is no box."""
    fields = Fields(form)
    number = fields.number("task", lowest=0, highest=MOST_TASKS, default=-1)
    mark = fields.line("mark", limit=64)
    return (-1, "") if fields.errors else (number, mark)

"""Drafts: what is in a form that is still being written."""

from werkzeug.datastructures import MultiDict

from trackr.forms.comments import form_key
from trackr.forms.fields import Fields

# Of each form, what is kept; and what of it is worth keeping the rest for.
KEPT = {
    "reply": ("body", "internal", "duration", "valued", "day", "activity", "note", "internal_note", "about"),
    "ticket": ("title", "body", "kind", "priority", "column"),
    "edit": ("title", "body"),
    "comment": ("body",),
}
TYPED = ("title", "body", "duration", "valued", "note", "internal_note")


def read(form: "MultiDict[str, str]", kind: str) -> tuple[dict[str, str], str]:
    """What was typed so far, by field ({}: nothing), and the form's key. Faults are left to when it is sent.

    Raises Invalid for what is too long for any of its fields, or sent twice.
    """
    fields = Fields(form)
    values = {name: fields.text(name) for name in KEPT[kind] if fields.has(name)}
    key = form_key(fields) or ""
    fields.check()
    return (values if any(values.get(name, "").strip() for name in TYPED) else {}), key

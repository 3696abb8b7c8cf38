"""Events refer to people by number: names that stood in them go, so that people can be forgotten."""

import json

KINDS = (
    "membership.granted", "membership.revoked", "participant.added", "participant.left", "rates.changed",
    "ticket.changed",
)  # fmt: skip
CHANGED = {"assignee", "requester"}
# A name that is nobody's any more, be it that somebody is called otherwise since, or was forgotten.
SOMEBODY = 0


def up(migrator, db):
    known: dict[str, list[int]] = {}
    for number, name in db.execute_sql("SELECT id, name FROM person ORDER BY id"):
        known.setdefault(name, []).append(number)
    members = set(db.execute_sql("SELECT project_id, person_id FROM membership"))

    def number(project, name):
        """That of the person; of two with the same name, who takes part in the project."""
        same = known.get(name, [SOMEBODY])
        return next((one for one in same if (project, one) in members), same[0])

    def referring(project, kind, details):
        if kind == "rates.changed":
            found = (number(None, name) for name in details["people"])
            return details | {"people": [one for one in found if one != SOMEBODY]}
        if kind == "ticket.changed":
            pairs = {key: details[key] for key in CHANGED & details.keys()}
            return details | {
                key: [None if name is None else number(project, name) for name in pair] for key, pair in pairs.items()
            }
        name = details["person"]
        return {"person": details.get("id") or (number(project, name) if name else None)}

    [(trigger,)] = db.execute_sql("SELECT sql FROM sqlite_master WHERE name = 'event_kept_update'")
    db.execute_sql("DROP TRIGGER event_kept_update")
    marks = ", ".join("?" * len(KINDS))
    rows = db.execute_sql(f"SELECT id, project_id, kind, data FROM event WHERE kind IN ({marks})", KINDS)  # noqa: S608
    for event, project, kind, data in rows.fetchall():
        told = json.dumps(referring(project, kind, json.loads(data)), ensure_ascii=False)
        db.execute_sql("UPDATE event SET data = ? WHERE id = ?", (told, event))
    db.execute_sql(trigger)

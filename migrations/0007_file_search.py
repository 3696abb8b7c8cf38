"""Search by the names of files, as 0003 made it for comments and notes."""

HOW = "tokenize='unicode61 remove_diacritics 2', prefix='2 3'"
# Files of notes have an index to themselves, for the reason that notes have one.
FILES = (
    ("file_search", "public_file", "NOT {row}internal AND {row}deleted_at IS NULL"),
    ("note_file_search", "internal_file", "{row}internal AND {row}deleted_at IS NULL"),
)


def up(migrator, db):
    for table, view, condition in FILES:
        was, becomes = condition.format(row="old."), condition.format(row="new.")
        read = "name, internal, deleted_at"
        take = f"INSERT INTO {table} ({table}, rowid, name) SELECT 'delete', old.id, old.name WHERE {was};"
        put = f"INSERT INTO {table} (rowid, name) SELECT new.id, new.name WHERE {becomes};"
        for statement in (
            f"CREATE VIEW {view} AS SELECT id, name FROM attachment WHERE {condition.format(row='')}",  # noqa: S608 -- names of ours
            f"CREATE VIRTUAL TABLE {table} USING fts5(name, content='{view}', content_rowid='id', {HOW})",
            f"CREATE TRIGGER {table}_insert AFTER INSERT ON attachment BEGIN {put} END",
            f"CREATE TRIGGER {table}_delete AFTER DELETE ON attachment BEGIN {take} END",
            f"CREATE TRIGGER {table}_update AFTER UPDATE OF {read} ON attachment BEGIN {take} {put} END",
            f"INSERT INTO {table} ({table}) VALUES ('rebuild')",  # noqa: S608
        ):
            db.execute_sql(statement)

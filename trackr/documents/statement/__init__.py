"""The files of a statement of time, each made of its stored document alone, in its client's language."""

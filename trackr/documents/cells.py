"""Cells of files for spreadsheets."""

# With these a cell begins that a spreadsheet would take for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(text: str) -> str:
    """The text of a cell, never a formula: what people wrote is quoted where it begins like one."""
    text = " ".join(text.split()) if "\n" in text or "\r" in text or "\t" in text else text
    return f"'{text}" if text.lstrip().startswith(FORMULA) else text

"""What was agreed for a ticket, against what is valued on it: near the ceiling it is time to agree again."""

from typing import Literal, TypeAlias

NEAR_PERCENT = 80

Standing: TypeAlias = Literal["within", "near", "over"]


def standing(ceiling_minutes: int, valued_minutes: int) -> Standing:
    """Where the valued minutes of a ticket stand under its ceiling; reaching it is near, passing it is over."""
    if valued_minutes > ceiling_minutes:
        return "over"
    return "near" if valued_minutes * 100 >= ceiling_minutes * NEAR_PERCENT else "within"

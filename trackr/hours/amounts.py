"""Money for hours: always whole cents, without VAT."""


def amount(minutes: int, rate_cents: int) -> int:
    """The cents for so many minutes at a rate for an hour; half a cent is rounded up, as people do it."""
    return (2 * minutes * rate_cents + 60) // 120

"""Money for hours: always whole cents, without VAT."""


def amount(minutes: int, rate_cents: int) -> int:
    """The cents for so many minutes at a rate for an hour: for the hours as they are told, with two decimals, so that
    whoever multiplies them by hand comes to the same cent. Halves are rounded up.
    """
    hundredths = (minutes * 100 + 30) // 60
    return (hundredths * rate_cents + 50) // 100

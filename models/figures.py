"""Figures as people read them."""

from decimal import Decimal


def plain(value: Decimal | int | None) -> str:
    """Without trailing zeros and exponents: 12.50 → 12.5, 1E+2 → 100. Empty where there is no value."""
    return "" if value is None else f"{Decimal(value).normalize():f}"


def percent(share: Decimal | str | None) -> str:
    """A share of one in per cent, exact, without the sign: 0.35 → 35, 0.3333 → 33.33. Empty where there is none."""
    return "" if share is None else plain(Decimal(share) * 100)

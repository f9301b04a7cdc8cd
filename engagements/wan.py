"""元 written in 万元, for messages that leave this package."""

from decimal import Decimal


def wan(amount: Decimal) -> str:
    """380000 → 38, 125000 → 12.5, 43126000 → 4,312.6; exact to the 分."""
    return f"{amount / 10000:,.6f}".rstrip("0").rstrip(".")

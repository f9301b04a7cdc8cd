"""Money is held in 元 and shown in 万元: the one way from the one to the other."""

from decimal import Decimal

YUAN_PER_WAN = 10_000


def wan(amount: Decimal | None, digits: int | None = None) -> str:
    """元 as the figure in 万元, without a unit or trailing zeros: 380000 → 38, 125000 → 12.5, 43126000 → 4,312.6.

    Exact, or rounded half to even to so many `digits`. Empty where there is no amount.
    """
    if amount is None:
        return ""
    figure = Decimal(amount) / YUAN_PER_WAN
    text = f"{figure if digits is None else figure.quantize(Decimal(1).scaleb(-digits)):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def wan_figure(amount: Decimal) -> float:
    """元 as a number in 万元 with two decimals, for charts and sheets; never for reckoning."""
    return round(float(amount) / YUAN_PER_WAN, 2)

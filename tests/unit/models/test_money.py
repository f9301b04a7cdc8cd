"""Money in 万元: exact where it is printed, rounded only where a page asks for it."""

from decimal import Decimal

import pytest

from models.money import wan, wan_figure


@pytest.mark.parametrize(("amount", "printed"), [
    (Decimal("355000"), "35.5"), (Decimal("10000"), "1"), (Decimal("100000"), "10"), (Decimal("0"), "0"),
    (Decimal("12345678901.23"), "1,234,567.890123"), (None, "")])
def test_money_is_exact_in_wan(amount, printed):
    assert wan(amount) == printed


@pytest.mark.parametrize(("amount", "shown"), [(Decimal("123456.78"), "12.35"), (Decimal("43126000"), "4,312.6")])
def test_a_page_rounds_to_two_digits(amount, shown):
    assert wan(amount, 2) == shown


def test_a_chart_gets_a_number():
    assert wan_figure(Decimal("123456.78")) == 12.35

"""Forms to print: annex 1 filled with invented people and firms."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from contests.catalogue import definition
from contests.forms.form import FormRow, RegistrationForm


@pytest.fixture
def make_form() -> Callable[..., RegistrationForm]:
    def make(rows: int = 0, project: str = "渔网自动清洗机绳网缠绕检测", track: str = "tech_challenge",
             **values) -> RegistrationForm:
        filled = {"name": "周砚秋", "phone": "13800000000", "employer": "海岬大学海洋工程学院", "summary": ""} | values
        return RegistrationForm(definition("weihai-2020").track(track).form, **filled, rows=tuple(
            FormRow(f"{project}{index}", "荣成市海岬渔具有限公司", Decimal(355000), Decimal(1200000))
            for index in range(1, rows + 1)))
    return make

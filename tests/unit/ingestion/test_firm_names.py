import pytest

from ingestion.firm_names import firm_names


@pytest.mark.parametrize(("name", "short", "told"), [
    ("威海澜竿渔具有限公司", "澜竿渔具", {"威海澜竿渔具有限公司", "威海澜竿渔具", "澜竿渔具", "澜竿"}),
    ("山东省荣成市好当家海产股份有限公司", "", {"好当家海产", "好当家"}),
    ("文登（威海）奥文电机有限责任公司", "", {"奥文电机", "奥文"}),
    ("华为技术有限公司", "", {"华为"}),
])
def test_the_forms_by_which_a_firm_is_known(name, short, told):
    assert told <= set(firm_names(name, short).sure)


@pytest.mark.parametrize("name", ["威海海洋生物科技有限公司", "威海市东方精密机械厂", "科技有限公司"])
def test_plain_words_of_a_name_are_not_certain(name):
    names = firm_names(name, "")
    assert all(len(form) >= 6 for form in names.sure)
    assert {"海洋", "精密", "科技"}.isdisjoint(names.sure)


def test_an_unknown_trade_leaves_the_brand_doubtful():
    assert firm_names("威海衔月渔轮有限公司").common == ("衔月",)


def test_no_name_has_no_forms():
    assert firm_names("") == firm_names(" ")
    assert not firm_names("").sure

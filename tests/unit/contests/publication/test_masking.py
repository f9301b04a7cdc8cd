import pytest

from contests.publication.masking import masked


@pytest.mark.parametrize(("text", "shown"), [
    ("周砚秋 13800000000", "周砚秋 138****"), ("0631-0000000", "063****"), ("身份证37100019900101001X", "身份证371****"),
    ("１３８００００００００", "138****"), ("账号 6222 0000 0000 0000 000", "账号 622****"), ("zhou@example.com", "***"),
    ("哈尔滨工业大学（威海）", "哈尔滨工业大学（威海）"), ("第 12 研究所 2026-12-08", "第 12 研究所 2026-12-08"), ("海岬 101 厂", "海岬 101 厂"),
])
def test_numbers_and_addresses_are_covered_and_names_stay(text, shown):
    assert masked(text) == shown

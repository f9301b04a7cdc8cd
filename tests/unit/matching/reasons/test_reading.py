import pytest

from matching.reasons.figures import read_figures
from matching.reasons.reading import MOST, read_targets

TEXT = """需求内容：现有工艺能耗高。
预期目标：①烘箱取块时间不超过20秒；②锤面在线监测，发现裂纹及时报警；③边界精度±2.5mm。
现有工作基础：公司拥有专利36项，厂房 5000 平方米以上，效率提高30%。"""


def test_the_subject_comes_first_without_its_wrapping():
    assert read_targets("防爆锂离子电池的研发", "")[0].what == "防爆锂离子电池"


def test_figures_asked_for_are_required_targets():
    found = {(t.what, t.figure): t.required for t in read_targets("自动装取块机器人", TEXT)}
    assert found["烘箱取块时间", "不超过20秒"] is True
    assert found["边界精度", "±2.5mm"] is True


def test_listed_items_without_a_figure_are_nice_to_have():
    assert not next(t for t in read_targets("自动装取块机器人", TEXT) if t.what.startswith("锤面")).required


def test_what_the_firm_says_of_itself_is_no_target():
    assert not [t for t in read_targets("机器人", TEXT) if "专利" in t.what or "厂房" in t.what or "30%" in t.figure]


def test_a_title_that_lists_several_things_asks_for_each():
    subjects = read_targets("1、红茶加工研究。2、信阳毛尖茶储藏保鲜研究。", "")
    assert [t.what for t in subjects] == ["红茶加工", "信阳毛尖茶储藏保鲜"]


def test_everything_read_is_flagged_as_derived():
    assert all(t.derived for t in read_targets("自动装取块机器人", TEXT))


def test_there_are_never_too_many():
    assert len(read_targets("机器人", "目标：\n" + "\n".join(f"{i}）锤面{i}清洁时间不超过{i}秒" for i in range(1, 40)))) == MOST


def test_nothing_is_read_out_of_nothing():
    assert read_targets("", "") == []
    assert read_targets("。", "……") == []


@pytest.mark.parametrize("text", ["1%,2mm " * 15_000, "工" * 100_000, "目标：" * 30_000, "a-1" * 30_000, "从1到" * 20_000,
                                  "🐟\n" * 9_000])
def test_a_flood_is_read_in_reasonable_time(text):
    assert len(read_targets(text[:300], text)) <= MOST
    read_figures(text)

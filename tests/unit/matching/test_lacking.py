from matching.lacking import Lack, gaps, same
from matching.thesaurus.thesaurus import Group, Thesaurus

WORDS = Thesaurus([Group(("合格率", "良品率"))])


def lack(demand: str, skill: str, days: int = 1, written_by: int = 0) -> Lack:
    return Lack(demand, skill, written_by, days)


def test_demands_that_lack_one_skill_stand_together_oldest_first():
    found = gaps([lack("a", "膜厚偏差", 3), lack("b", "膜厚 偏差", 40)], WORDS)
    assert [(gap.days, [one.demand for one in gap.lacks]) for gap in found] == [(40, ["b", "a"])]


def test_other_names_are_one_skill_and_other_things_are_not():
    assert same("焊缝合格率", WORDS) == same("焊缝良品率", WORDS) != same("装配良品率", WORDS)
    assert len(gaps([lack("a", "焊缝合格率"), lack("b", "焊缝良品率"), lack("c", "装配良品率")], WORDS)) == 2


def test_what_most_lack_comes_first_and_what_has_no_target_last():
    found = gaps([lack("a", "", 90), lack("b", "跳动", 80), lack("c", "膜厚"), lack("d", "膜厚")], WORDS)
    assert [gap.skill for gap in found] == ["膜厚", "跳动", ""]


def test_the_city_lacks_a_skill_only_where_nobody_wrote_about_it():
    assert [gap.written_by for gap in gaps([lack("a", "膜厚", written_by=2), lack("b", "膜厚")], WORDS)] == [2]


def test_the_order_of_the_rows_is_nothing():
    rows = [lack("a", "焊缝合格率"), lack("b", "焊缝良品率"), lack("c", "装配良品率"), lack("d", "")]
    assert gaps(rows, WORDS) == gaps(reversed(rows), WORDS)

"""What a person refuses stays, what a person adopts is written, and the two do not get in each other's way."""

from ingestion.repair.choosing import choose
from ingestion.repair.passes import repair
from ingestion.repair.repaired import LOST

SLIP = "以?。ㄗ灾螀^(qū)、直轄市)為單位"


def test_a_refused_change_stays_as_it_was():
    repaired = repair("時間:6月,地點:威海")
    number = next(n for n, one in enumerate(repaired.changes) if one.before == ",")
    assert choose(repaired, {number}, ()) == "时间：6月,地点：威海"
    assert choose(repaired, range(len(repaired.changes)), ()) == repaired.original
    assert choose(repaired, (), ()) == repaired.text


def test_an_adopted_suggestion_is_written():
    assert choose(repair("创新的发理理念"), (), {0}) == "创新的发展理念"


def test_one_for_a_lost_character_takes_the_place_of_its_mark():
    repaired = repair("重點做好“六穩”“六?！惫ぷ餍枰?，面向企業")
    assert repaired.text.count(LOST) == 2
    assert choose(repaired, (), {0, 1}) == "重点做好“六稳”“六保”工作需要，面向企业"


def test_numbers_of_no_suggestion_are_passed_over():
    repaired = repair(SLIP)
    assert choose(repaired, {999}, {999}) == repaired.text

"""What the reader gets right of twenty documents, against tables written by hand (`make notices`)."""

import pytest

from benchmarks.notices.__main__ import FOUNDING, INVENTED, LEAST, RECEIVED, measured
from ingestion.notices.reader import read

NONE_WRONG = {"haijia", "langya", "tongquan", "beihe", "chiling", "fenglin", "hechuan", "yanxi", "yunze",
              "danxi", "jinpu", "lushui", "mulan", "qinghe", "tuolin",
              "lanwan", "lanzhu", "luming", "shuobei", "xizhou"}


@pytest.mark.skipif(not RECEIVED.exists(), reason="the founding notices are not on this machine")
@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_a_founding_notice_is_read_with_nothing_wrong_and_little_missed(number):
    score = measured(FOUNDING / f"{number}.toml", RECEIVED)
    assert score.wrong == []
    assert score.right >= LEAST * score.facts, score.missed


@pytest.mark.parametrize("name", sorted(NONE_WRONG))
def test_a_notice_of_another_city_is_read(name):
    score = measured(INVENTED / f"{name}.toml", INVENTED)
    assert score.wrong == []
    assert score.right >= LEAST * score.facts, score.missed


@pytest.mark.parametrize("name", sorted(NONE_WRONG - {"danxi"}))
def test_no_registration_number_is_made_up(name):
    assert read((INVENTED / f"{name}.txt").read_text()).registration_number.value is None


def test_a_document_that_is_not_here_is_no_score(tmp_path):
    assert measured(FOUNDING / "000.toml", tmp_path) is None

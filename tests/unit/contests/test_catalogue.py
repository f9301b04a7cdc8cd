"""Definition files: what the shipped one says, and that every fault names its line."""

import pytest

from contests import catalogue
from contests.catalogue import DefinitionError, definition, parse

SOURCE = (catalogue.FOLDER / "weihai-2020.toml").read_text(encoding="utf-8")


def fault(old: str, new: str) -> DefinitionError:
    assert old in SOURCE
    with pytest.raises(DefinitionError) as caught:
        parse(SOURCE.replace(old, new, 1), "city.toml")
    return caught.value


def line(text: str) -> int:
    return next(number for number, row in enumerate(SOURCE.splitlines(), 1) if row.startswith(text))


def test_every_shipped_definition_loads():
    assert [definition(code).code for code in catalogue.codes()] == catalogue.codes()


def test_founding_notice_has_two_groups_of_persons():
    tracks = definition("weihai-2020").tracks
    assert [(track.name, track.entrant, track.role) for track in tracks] == [
        ("技术攻关组", "person", "expert"), ("校企合作组", "person", "broker")]


def test_school_enterprise_does_not_score_the_amount():
    measures = [indicator.measure for indicator in definition("weihai-2020").track("school_enterprise").indicators]
    assert measures == ["count", "benefit"]


def test_phases_follow_the_notice():
    assert [phase.name for phase in definition("weihai-2020").phases] == ["报名", "评审", "公示", "奖励"]


def test_award_money_is_bounded_by_the_notice():
    bounds = {(award.amount_min, award.amount_max) for track in definition("weihai-2020").tracks
              for award in track.awards}
    assert bounds == {(2000, 10000)}


def test_unknown_code_is_no_definition():
    with pytest.raises(KeyError):
        definition("../weihai-2020")


def test_unknown_key_names_its_line():
    error = fault('link = "engagement"', 'links = "engagement"')
    assert error.line == line('link = "engagement"')
    assert "links" in str(error)
    assert "没有这个键" in str(error)


def test_unknown_rule_kind_names_its_table():
    error = fault('kind = "on_platform"', 'kind = "on_planet"')
    assert error.line == line('kind = "on_platform"') - 1
    assert "on_planet" in str(error)


def test_phase_before_its_predecessor():
    error = fault('starts = "unsaid"\nends = "unsaid"', "starts = 2020-10-01\nends = 2020-10-05")
    assert error.line == line('starts = "unsaid"')
    assert "报名" in str(error)


def test_phase_that_ends_before_it_starts():
    assert fault("ends = 2020-11-30", "ends = 2020-10-31").line == line("ends = 2020-11-30")


def test_weights_that_do_not_sum_to_one():
    with pytest.raises(DefinitionError, match="合计是 0.9"):
        parse(SOURCE.replace('weight = "unsaid"', "weight = 0.3"), "city.toml")


def test_weights_said_for_some_only():
    assert "全部" in str(fault('weight = "unsaid"', "weight = 0.5"))


def test_award_without_places_and_without_the_mark():
    error = fault('places = "unsaid"\n', "")
    assert error.key.endswith("awards.0.places")
    assert "unsaid" in str(error)


def test_award_with_no_place():
    assert "大于 0" in str(fault('places = "unsaid"', "places = 0"))


def test_award_bounds_upside_down():
    assert "上下限" in str(fault("amount_max = 10000", "amount_max = 100"))


def test_benefit_without_basis():
    assert "basis" in str(fault('basis = "unsaid"\n', ""))


def test_code_given_twice():
    assert "重复" in str(fault('code = "review"', 'code = "registration"'))


def test_broken_toml_names_its_line():
    assert fault("year = 2020", "year = 20x20").line == line("year = 2020")


def test_unterminated_toml_names_a_line():
    with pytest.raises(DefinitionError) as caught:
        parse('code = "', "city.toml")
    assert caught.value.line == 1


def test_file_name_and_code_agree(tmp_path, monkeypatch):
    (tmp_path / "other.toml").write_text(SOURCE, encoding="utf-8")
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    with pytest.raises(DefinitionError, match="文件名是 other"):
        definition.__wrapped__("other")


CONTEST = (catalogue.FOLDER / "smeie-2023.toml").read_text(encoding="utf-8")
PILOT = (catalogue.FOLDER / "innovator-2020.toml").read_text(encoding="utf-8")
YEARLY = (catalogue.FOLDER / "binzhou-2015.toml").read_text(encoding="utf-8")
CENTRE = (catalogue.FOLDER / "weihai-centre-2022.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(("source", "old", "new", "says"), [
    (CONTEST, 'target = "final"', 'target = "robot"', "不是另一个阶段的组别"),
    (CONTEST, 'award = "first"', 'award = "zeroth"', "没有奖项“zeroth”"),
    (CONTEST, 'stage = "final"\nentrant', 'stage = "finals"\nentrant', "没有定义：finals"),
    (CONTEST, 'latest = 2023-11-30', 'latest = 2023-11-31', "不是合格的 TOML"),
    (CONTEST, 'awards = ["final.first"]', 'awards = ["final.firsts"]', "没有“final.firsts”"),
    (PILOT, 'counts = "nominee.speaker"', 'counts = "nominee.speakers"', "没有“nominee.speakers”这个组别或奖项"),
    (PILOT, "by_table = true", "most = 3\nby_table = true", "名额写 most"),
    (PILOT, 'on = "received"', 'on = "signed"', "收件日"),
    (PILOT, 'starts = "2020年7月下旬"', 'starts = "2020年7月末"', "看不懂"),
    (PILOT, 'starts = "2020年8月中旬"', 'starts = "2020年8月上旬"', "结束之后开始"),
    (YEARLY, 'source = "work.first"', 'source = "work.best"', "没有“work.best”这个奖项"),
    (YEARLY, 'how = "some"\n', "", "“部分”"),
    (CENTRE, 'inside_at_most = "1/3"', "inside_at_most = 0.3333", "1/3 这样的分数"),
    (CENTRE, 'mode = "alliance"', 'mode = "allies"', "没有组建模式“allies”"),
    (CENTRE, 'cutoff = "unsaid"\n', "", "没有写名额，也没有写分数线"),
    (CENTRE, "valid_until = 2027-07-06", "valid_until = 2021-07-06", "早于施行日"),
    (CENTRE, 'kind = "uniqueness"', 'kind = "unique"', "没有“unique”这种规则"),
])
def test_a_fault_in_any_document_names_its_place(source, old, new, says):
    """The line is that of the fault, or of the table it stands in."""
    at = source[:source.index(old)].count("\n") + 1
    with pytest.raises(DefinitionError) as caught:
        parse(source.replace(old, new, 1), "city.toml")
    assert says in str(caught.value)
    table = max(n for n, row in enumerate(source.splitlines()[:at], 1) if row.startswith("[")) if at else 1
    assert table <= caught.value.line <= at + 3

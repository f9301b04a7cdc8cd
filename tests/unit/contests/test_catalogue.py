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

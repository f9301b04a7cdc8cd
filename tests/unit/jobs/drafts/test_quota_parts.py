"""限报 and 推荐名额 of a notice as rules of the engine: per organisation, per district, of one group or of all."""

import pytest

from ingestion.notices.articles import articles
from ingestion.notices.reader import read
from ingestion.notices.shown import as_json
from jobs.drafts.cited import Clauses
from jobs.drafts.draft import definition_tables

TEXT = """甲川市总工会关于举办2025年创新揭榜赛的通知

甲工发〔2025〕7号

各县总工会：

现将有关事项通知如下。

一、组别设置

（一）装备组。参赛对象为本市注册的企业。

（二）材料组。参赛对象为本市注册的企业。

二、名额

{quota}

三、时间安排

（一）报名。2025年4月1日至4月30日。

（二）评审。2025年5月。

甲川市总工会

2025年3月1日
"""


def drafted(quota: str) -> dict:
    text = TEXT.format(quota=quota)
    return definition_tables(as_json(read(text)), Clauses(articles(text)))


def rules(quota: str) -> list:
    return [(one["counts"], one["per"], one["most"]) for one in drafted(quota)["rules"] or []]


@pytest.mark.parametrize(("said", "rule"), [
    ("每家企业限报2项。", ("every_track", "organisation", 2)),
    ("每个单位推荐装备组项目不超过3项。", ("t1", "organisation", 3)),
    ("各县（市、区）推荐项目不超过5个。", ("every_track", "district", 5))])
def test_what_an_organisation_or_district_may_hand_in_is_a_rule_on_entries(said, rule):
    assert rules(said) == [rule]


@pytest.mark.parametrize("said", ["每支队伍3至5人。", "每个单位推荐项目不少于2项。", "每个项目申报专利不超过3项。"])
def test_other_counts_are_no_such_rule(said):
    assert rules(said) == []


def test_where_an_organisation_may_enter_twice_nothing_says_that_it_enters_once():
    kinds = {rule["code"] for track in drafted("每家企业限报2项。")["tracks"] for rule in track["rules"]}
    assert "once" not in kinds
    assert "once" in {rule["code"] for track in drafted("名额另定。")["tracks"] for rule in track["rules"]}

"""The drafts of 000 and 001 load into the engine once the values that `missing` names are filled, and only those."""

import datetime as dt

import pytest

from benchmarks.notices.__main__ import RECEIVED
from contests.catalogue import faults, parse
from contests.seasons import season_for, unsaid
from ingestion.notices.articles import articles
from ingestion.notices.blanks import blanks
from ingestion.notices.decisions import Verdict, decided, typed
from ingestion.notices.reader import read
from ingestion.notices.shown import as_json
from jobs.drafts.draft import definition_toml

pytestmark = pytest.mark.skipif(not RECEIVED.exists(), reason="the founding notices are not on this machine")
ANSWERS = {"places": "3", "amount_min": "1000", "amount_max": "5000", "within": "5 个工作日", "entrants": "个人"}
DAYS = {"000": {"评审": ("2020-12-01", "2020-12-10"), "公示": ("2020-12-11", "2020-12-18"),
                "奖励": ("2020-12-21", "2020-12-31")},
        "001": {"报名": ("2023-08-01", ""), "专项赛": ("2023-10-01", "")}}


def filled(number: str):
    """The reading of a founding notice with an answer to every blank, and the paths that were answered."""
    text = (RECEIVED / f"{number}.txt").read_text()
    said = as_json(read(text))
    answers = {blank.path: answer(said, number, blank) for blank in blanks(said)}
    decisions = {path: {"verdict": Verdict.corrected, "value": typed(path, value)} for path, value in answers.items()}
    return decided(said, decisions), articles(text)


def answer(said, number, blank) -> str:
    key, *_, field = blank.path.split(".")
    if field in ("starts_on", "ends_on"):
        return DAYS[number][blank.name.split(".")[1]][field == "ends_on"]
    if field == "weight":
        track = said[key][int(blank.path.split(".")[1])]["track"]["value"]
        beside = [one for one in said[key] if one["track"]["value"] == track]
        last = [f"{key}.{at}.weight" for at, one in enumerate(said[key]) if one in beside][-1] == blank.path
        return f"{100 - 100 // len(beside) * (len(beside) - 1)}%" if last else f"{100 // len(beside)}%"
    return ANSWERS[field]


@pytest.mark.parametrize("number", ["000", "001"])
def test_as_read_the_draft_loads_with_what_the_notice_leaves_open(number):
    text = (RECEIVED / f"{number}.txt").read_text()
    draft = definition_toml(as_json(read(text)), articles(text))
    assert [str(fault) for fault in faults(draft, "draft.toml")] == []
    assert unsaid(parse(draft, "draft.toml"))


@pytest.mark.parametrize("number", ["000", "001"])
def test_filled_the_draft_loads_and_a_season_of_it_can_be_made(number):
    draft = definition_toml(*filled(number))
    assert [str(fault) for fault in faults(draft, "draft.toml")] == []
    season = season_for(parse(draft, "draft.toml"), 2027)
    assert season.phases[0].days[1].year == 2027


def test_000_has_the_groups_the_indicators_and_the_money_of_the_definition_written_by_hand():
    draft = parse(definition_toml(*filled("000")), "draft.toml")
    assert [track.name for track in draft.tracks] == ["技术攻关组", "校企合作组"]
    assert [track.role for track in draft.tracks] == ["expert", "broker"]
    assert [one.measure for one in draft.tracks[1].indicators] == ["count", "benefit"]
    assert {(award.amount_min, award.amount_max) for award in draft.tracks[0].awards} == {(2000, 10000)}
    assert draft.phases[0].days == (dt.date(2020, 11, 1), dt.date(2020, 11, 30))
    assert draft.public_notice.days == 5


def test_001_sends_first_prizes_of_six_tracks_to_the_final():
    draft = parse(definition_toml(*filled("001")), "draft.toml")
    promotion = draft.promotions()[0]
    assert [track.stage for track in draft.tracks] == ["stage1"] * 6 + ["stage2"]
    assert (promotion.stage, promotion.award, draft.track(promotion.target).name) == ("stage1", "first", "全国总决赛")


def test_a_clause_quotes_the_notice_and_names_its_article():
    draft = parse(definition_toml(*filled("000")), "draft.toml")
    assert draft.phases[0].clause.article == "三（一）"
    assert "11 月 1 日至 30 日" in draft.phases[0].clause.text

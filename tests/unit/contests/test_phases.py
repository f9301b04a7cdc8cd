"""Phases at a moment: Asia/Shanghai days, the last one in full, nothing opens before its settings are there."""

import datetime as dt

import pytest

from contests.catalogue import definition
from contests.phases import PhaseState, current, last_moment, require_open, state
from contests.seasons import season_for, unsaid
from models.errors import Refused

SEASON = season_for(definition("weihai-2020"), 2026)
REGISTRATION = SEASON.phase("registration")


def utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)


@pytest.mark.parametrize(("at", "expected"), [
    (utc(2026, 10, 31, 15, 59, 59), PhaseState.ahead),
    (utc(2026, 10, 31, 16), PhaseState.open),
    (utc(2026, 11, 30, 15, 59, 59), PhaseState.open),
    (utc(2026, 11, 30, 16), PhaseState.over),
])
def test_days_are_judged_in_shanghai_with_the_last_one_in_full(at, expected):
    assert state(REGISTRATION, at) is expected


def test_phase_without_days_is_undated():
    assert state(SEASON.phase("review"), utc(2026, 12, 1)) is PhaseState.undated


def test_last_moment_is_the_end_of_the_last_day():
    assert last_moment(REGISTRATION) == utc(2026, 11, 30, 16)
    assert last_moment(SEASON.phase("review")) is None


def test_current_is_the_open_phase_then_the_next():
    assert current(SEASON, utc(2026, 11, 5)).phase.code == "registration"
    assert current(SEASON, utc(2026, 12, 5)).phase.code == "review"


def test_open_registration_passes():
    require_open(SEASON, "registration", utc(2026, 11, 30, 15, 59))


def test_late_is_refused_with_the_clause():
    with pytest.raises(Refused) as caught:
        require_open(SEASON, "registration", utc(2026, 11, 30, 16))
    assert "2026 年 11 月 30 日 24:00 截止" in caught.value.message
    assert caught.value.clause.startswith("威工发〔2020〕16号 三（一）")


def test_early_is_refused():
    with pytest.raises(Refused, match="从 2026 年 11 月 1 日开始"):
        require_open(SEASON, "registration", utc(2026, 10, 1))


def test_review_waits_for_what_the_notice_leaves_open():
    with pytest.raises(Refused, match="技术攻关组 一等奖 名额"):
        require_open(SEASON, "review", utc(2026, 12, 5))


def test_review_opens_once_everything_is_set():
    values = {"places": 3, "basis": "realised", "starts": "2026-12-01", "ends": "2026-12-10"}
    keys = [s.key for s in unsaid(SEASON) if s.needed_by == "review"]
    settings = {key: values[name] for key in keys if (name := key.rsplit(".", 1)[1]) in values}
    settings |= {f"tracks.tech_challenge.indicators.{code}.weight": weight
                 for code, weight in (("projects", "0.3"), ("amount", "0.3"), ("benefit", "0.4"))}
    settings |= {f"tracks.school_enterprise.indicators.{code}.weight": "0.5" for code in ("projects", "benefit")}
    require_open(season_for(definition("weihai-2020"), 2026, settings), "review", utc(2026, 12, 5))

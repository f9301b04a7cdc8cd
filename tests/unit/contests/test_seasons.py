"""A season: the definition's dates in another year, and the values staff filled in."""

import datetime as dt

import pytest

from contests.catalogue import definition
from contests.seasons import season_for, unsaid
from models.errors import Invalid

BASE = definition("weihai-2020")


def test_own_year_changes_nothing():
    assert season_for(BASE, 2020) == BASE


def test_registration_and_window_move_to_the_year():
    season = season_for(BASE, 2026)
    window = season.track("tech_challenge").rules[2]
    assert (season.phase("registration").starts, season.phase("registration").ends) == (
        dt.date(2026, 11, 1), dt.date(2026, 11, 30))
    assert (window.first, window.last) == (dt.date(2026, 1, 1), dt.date(2026, 12, 31))


def test_document_keeps_its_own_date():
    assert season_for(BASE, 2026).source.dated == dt.date(2020, 6, 30)


def test_moved_clause_says_that_it_is_read_anew():
    assert season_for(BASE, 2026).phase("registration").clause.derived == "本届按 2026 年执行"


def test_leap_day_moves_to_the_28th():
    leap = BASE.model_copy(update={"phases": (BASE.phases[0].model_copy(
        update={"starts": dt.date(2020, 2, 1), "ends": dt.date(2020, 2, 29)}), *BASE.phases[1:])})
    assert season_for(leap, 2026).phases[0].ends == dt.date(2026, 2, 28)


def test_what_the_notice_leaves_open():
    by_phase = {setting.needed_by for setting in unsaid(BASE)}
    keys = {setting.key for setting in unsaid(BASE)}
    assert by_phase == {"review", "public_notice", "award"}
    assert {"public_notice.days", "tracks.tech_challenge.awards.first.places",
            "tracks.school_enterprise.indicators.benefit.basis"} <= keys


def test_setting_is_named_for_a_person_and_cites_its_clause():
    setting = next(s for s in unsaid(BASE) if s.key == "tracks.tech_challenge.awards.first.places")
    assert setting.label == "技术攻关组 一等奖 名额"
    assert setting.clause.article == "四"


def test_a_value_that_is_set_is_no_longer_open():
    season = season_for(BASE, 2026, {"public_notice.days": 5})
    assert season.public_notice.days == 5
    assert "public_notice.days" not in {setting.key for setting in unsaid(season)}


def test_dates_may_come_as_text():
    season = season_for(BASE, 2026, {"phases.review.starts": "2026-12-01", "phases.review.ends": "2026-12-10"})
    assert season.phase("review").days


def test_what_the_notice_says_cannot_be_set():
    with pytest.raises(Invalid) as caught:
        season_for(BASE, 2026, {"phases.registration.ends": "2026-12-31"})
    assert caught.value.field == "phases.registration.ends"


@pytest.mark.parametrize(("settings", "field"), [
    ({"tracks.tech_challenge.awards.first.places": 0}, "tracks.tech_challenge.awards.first.places"),
    ({"phases.review.starts": "2026-11-10", "phases.review.ends": "2026-12-10"}, "phases.review.starts"),
    ({"public_notice.days": "five"}, "public_notice.days"),
])
def test_a_value_that_breaks_the_model_names_its_setting(settings, field):
    with pytest.raises(Invalid) as caught:
        season_for(BASE, 2026, settings)
    assert caught.value.field == field

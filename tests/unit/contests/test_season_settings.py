"""Staff open a season and settle what its document leaves unsaid."""

import datetime as dt

import pytest

from contests.season_settings import decisions, open_season, settle
from contests.seasons import definition_of
from models.base import clock_at
from models.errors import Conflict, Forbidden, Invalid, NotFound
from tests import factories

NOTICE = "public_notice.days"
REVIEW = {"phases.review.starts": "2026-12-01", "phases.review.ends": "2026-12-10"}
WEIGHTS = {f"tracks.school_enterprise.indicators.{code}.weight": "0.5" for code in ("projects", "benefit")}


@pytest.fixture
def staff(session):
    return factories.staff(session)


class TestOpenSeason:
    def test_it_runs_by_its_definition(self, session, staff):
        assert definition_of(open_season(session, staff, "weihai-2020", 2027)).year == 2027

    def test_once_a_year(self, session, staff, season):
        with pytest.raises(Conflict):
            open_season(session, staff, season.code, season.year)

    @pytest.mark.parametrize("year", [2024, 2032, 0])
    def test_not_for_a_year_out_of_reach(self, session, staff, year):
        with pytest.raises(Invalid):
            open_season(session, staff, "weihai-2020", year)

    def test_only_what_is_defined(self, session, staff):
        with pytest.raises(NotFound):
            open_season(session, staff, "moon-2020", 2026)

    def test_only_by_staff(self, session):
        with pytest.raises(Forbidden):
            open_season(session, factories.user(session), "weihai-2020", 2026)


MINUTES = "市总工会党组会议纪要〔2026〕21 号"


def decide(session, actor, season, values, source=MINUTES):
    return settle(session, actor, season, values, source=source, version=season.version)


class TestSettle:
    def test_a_value_is_set_and_opened_again(self, session, staff, season):
        decide(session, staff, season, {NOTICE: 5})
        assert definition_of(season).public_notice.days == 5
        decide(session, staff, season, {NOTICE: ""})
        assert definition_of(season).public_notice.days == "unsaid"

    def test_weights_change_in_one_go(self, session, staff, season):
        decide(session, staff, season, WEIGHTS)
        assert {str(one.weight) for one in definition_of(season).track("school_enterprise").indicators} == {"0.5"}

    def test_one_weight_alone_is_refused_and_nothing_changes(self, session, staff, season):
        with pytest.raises(Invalid):
            decide(session, staff, season, dict([*WEIGHTS.items()][:1]))
        assert season.settings == {}

    def test_what_the_notice_says_cannot_be_set(self, session, staff, season):
        with pytest.raises(Invalid) as caught:
            decide(session, staff, season, {"phases.registration.ends": "2026-12-31"})
        assert caught.value.field == "phases.registration.ends"

    def test_not_after_the_phase_that_needs_it_began(self, session, staff, season):
        decide(session, staff, season, REVIEW)
        with clock_at(dt.datetime(2026, 12, 5, tzinfo=dt.UTC)), pytest.raises(Conflict, match="评审开始以后"):
            decide(session, staff, season, WEIGHTS)

    def test_only_by_staff(self, session, season):
        with pytest.raises(Forbidden):
            decide(session, factories.user(session), season, {NOTICE: 5})

    def test_every_value_says_who_decided_it_and_on_what_ground(self, session, staff, season):
        decide(session, staff, season, {NOTICE: 5})
        found = decisions(session, season)[NOTICE]
        assert (found.value, found.source, found.decided_by) == ("5", MINUTES, staff)

    def test_no_value_without_its_ground(self, session, staff, season):
        with pytest.raises(Invalid) as caught:
            decide(session, staff, season, {NOTICE: 5}, source=" ")
        assert (caught.value.field, season.settings) == ("source", {})

    def test_who_read_older_values_is_told(self, session, staff, season):
        before = season.version
        decide(session, staff, season, {NOTICE: 5})
        with pytest.raises(Conflict, match="刚被别人改过"):
            settle(session, staff, season, {NOTICE: 7}, source=MINUTES, version=before)

    def test_nothing_new_is_no_decision(self, session, staff, season):
        decide(session, staff, season, {NOTICE: 5})
        assert decide(session, staff, season, {NOTICE: 5}, source="") == []

    def test_a_phase_before_the_one_ahead_of_it_names_the_day(self, session, staff, season):
        with pytest.raises(Invalid) as caught:
            decide(session, staff, season, {**REVIEW, "phases.review.starts": "2026-11-20"})
        assert caught.value.field == "phases.review.starts"

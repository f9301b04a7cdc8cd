"""A sixth city's contest is a new file and no new code: read, moved to a year, judged, promoted, derived."""

import datetime as dt
import pathlib
import uuid

from contests.catalogue import load
from contests.phases import PhaseState, standings
from contests.rules.award_derives_award import Winner, award_derives_award
from contests.rules.check import check_entry
from contests.rules.claim import Entrant
from contests.rules.entry import EarlierEntry, EntryFacts, Member
from contests.rules.kinds import AwardDerivesAwardRule, PromotionRule, QuotaRule
from contests.rules.promotion import promotion
from contests.rules.quota import Counted, quota
from contests.seasons import season_for, unsaid

CITY = load(pathlib.Path(__file__).with_name("sixth_city.toml"))
ME = uuid.uuid4()
SQUAD = EntryFacts(Entrant(uuid.uuid4(), "焊接一班", "collective", None), ME,
                   tuple(Member(name, "enterprise", "云港重工", user_id=ME if name == "丁一" else None)
                         for name in ("丁一", "丁二", "丁三")))


def refused(facts: EntryFacts) -> list[str]:
    return [one.rule for one in check_entry(CITY.track("district").rules, facts, CITY.source.number)]


def test_a_squad_may_enter():
    assert refused(SQUAD) == []


def test_each_of_its_rules_refuses():
    stranger = EntryFacts(Entrant(uuid.uuid4(), "焊接一班", "person", None), uuid.uuid4(), SQUAD.members[:2],
                          earlier=(EarlierEntry(uuid.uuid4(), "焊接一班", "区赛"),))
    assert refused(stranger) == ["squad", "three_workers", "once"]


def test_its_days_are_those_of_the_thirds_of_a_month_and_move_with_the_year():
    moved = season_for(CITY, 2027)
    assert (moved.phase("registration").starts, moved.phase("registration").ends) == (
        dt.date(2027, 3, 1), dt.date(2027, 4, 20))
    noon = dt.datetime(2027, 4, 20, 15, 59, tzinfo=dt.UTC)
    assert standings(moved, noon)[0].state is PhaseState.open
    assert standings(moved, noon + dt.timedelta(minutes=1))[0].state is PhaseState.over


def test_what_it_leaves_open_is_asked_before_the_final():
    assert [(one.key, one.needed_by) for one in unsaid(CITY)] == [("tracks.final.awards.gold.places", "final")]


def test_first_prizes_go_on_and_bring_the_vanguard():
    advance, = CITY.rules_of(PromotionRule)
    vanguard, = CITY.rules_of(AwardDerivesAwardRule)
    assert promotion(advance, "焊接一班", "districts", "first", "一等奖", "x") is None
    derived = award_derives_award(vanguard, [Winner("e1", "焊接一班", "final.gold")])
    assert [(one.award, one.recipient) for one in derived] == [("海岬市工人先锋号", "焊接一班")]


def test_its_cap_names_the_firm():
    cap, = CITY.rules_of(QuotaRule)
    assert "云港重工" in quota(cap, [Counted("云港重工")] * 2, "x")[0].message

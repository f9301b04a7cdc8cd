"""Training by night: what is truly there is learned and goes live by itself; chance, and what is withheld, is not."""

import datetime as dt
import random

import numpy as np
import pytest
from sqlalchemy import func, select

from jobs import ranker
from jobs.runtime import Runtime
from matching.learning.comparison import split
from matching.learning.kernel import KernelRanker
from matching.learning.material import cases, lesson, read_material
from matching.learning.rankers import LEASE, claim_training, control, in_use, set_automatic
from matching.learning.trial import Waiting
from matching.recommend import recommend_experts
from models.base import clock_at, now
from models.demands import DemandStatus
from models.engagements import Engagement
from models.rankers import RankerState, RankerVersion
from tests import factories
from tests.support.outcomes import BEGIN, FIELDS, WAYS, build

pytestmark = pytest.mark.slow
BY_HAND = WAYS[1]


def taught(city, about, number):
    """Whoever works by hand is taken, though nothing in the texts says so."""
    return city.experts[about][BY_HAND][number % 3]


def any_of_the_field(seed: int):
    chance = random.Random(seed)
    return lambda city, about, _number: chance.choice(city.experts[about][WAYS[0]] + city.experts[about][WAYS[1]])


@pytest.fixture
def runtime(settings, database):
    settings.data_dir.mkdir()
    return Runtime(settings, database)


def trained(runtime, session, **options):
    result = ranker.train(runtime, eager=True, **options)
    session.expire_all()
    return result


def by_hand_first(session, runtime, city, about=FIELDS[0]) -> bool:
    """Whether those who work by hand rank first for a new demand of the field."""
    demand = city.post(about, 777)
    demand.targets = [factories.DemandTarget(position=1, what=f"{about}质量", required=True)]
    session.flush()
    matches = recommend_experts(session, runtime.searcher, demand).matches
    best = max(matches, key=lambda match: match.score, default=None)  # a page spreads work over people besides
    return best is not None and best.expert in city.experts[about][BY_HAND]


def test_a_planted_preference_is_learned_and_goes_live_by_itself(session, runtime):
    city = build(session, taught)
    assert not by_hand_first(session, runtime, city)
    version = trained(runtime, session)
    assert (version.state, version.better) == (RankerState.in_use, True)
    assert version.comparison["gain"] > version.comparison["low"] > 0
    assert by_hand_first(session, runtime, city)


def test_chance_does_not_go_live(session, runtime):
    """One draw; how often chance wins over many is measured in test_comparison."""
    build(session, any_of_the_field(1))
    version = trained(runtime, session)
    assert (version.state, version.better) == (RankerState.candidate, False)
    assert in_use(session) is None


def test_the_next_candidate_is_compared_with_the_one_in_use_and_the_same_data_teaches_nothing_new(session, runtime):
    build(session, taught)
    first = trained(runtime, session)
    second = trained(runtime, session)
    assert isinstance(second, Waiting) or (second.comparison["against"], second.better) == (first.number, False)
    assert in_use(session).id == first.id


class TestLeakage:
    """Nothing of a demand that judges has taught, neither now nor the ranker in use."""

    def test_judging_demands_and_later_outcomes_teach_nothing(self, session, runtime):
        city = build(session, taught)
        version = trained(runtime, session)
        judged = {look["demand"] for look in version.comparison["looks"]}
        assert len(judged) >= 30
        assert judged.isdisjoint(version.trained_on)
        until = dt.datetime.fromisoformat(version.data["until"])
        assert {demand.id.hex for demand in city.demands[(until - BEGIN).days:]} >= judged
        vectors = KernelRanker.from_bytes(version.blob).demands
        with runtime.database.read() as reader:
            material = read_material(reader, runtime.searcher)
        for demand in judged:
            assert np.abs(vectors - material.vector(demand)).sum(axis=1).min() > 1e-3

    def test_a_demand_that_taught_the_ranker_in_use_does_not_judge_the_next(self, session, runtime):
        city = build(session, taught)
        first = trained(runtime, session)
        for number in range(40):
            about = FIELDS[number % 6]
            at = now() - dt.timedelta(days=number)
            city.collaborate(city.post(about, 300 + number), taught(city, about, number), at)
        seen = next(demand for demand in city.demands if demand.id.hex in first.trained_on)
        other = city.experts[FIELDS[0]][WAYS[0]][0]
        if not session.scalar(select(Engagement.id).where(Engagement.demand_id == seen.id,
                                                          Engagement.expert_id == other.id)):
            city.collaborate(seen, other, now())
        city.index()
        second = trained(runtime, session)
        judged = {look["demand"] for look in second.comparison["looks"]}
        assert judged.isdisjoint(first.trained_on)
        assert judged.isdisjoint(second.trained_on)


class TestWaiting:
    def test_too_few_collaborations_train_nothing_and_it_says_how_many(self, session, runtime):
        build(session, taught, demands=20)
        waiting = trained(runtime, session)
        assert (waiting.code, waiting.counts["collaborated"]) == ("few_unseen", 20)
        assert control(session).attempt["code"] == "few_unseen"

    def test_too_few_to_learn_from(self, session, runtime):
        build(session, taught, demands=40)
        assert trained(runtime, session).code == "few_taught"

    def test_by_night_it_waits_for_new_outcomes(self, session, runtime):
        build(session, taught)
        trained(runtime, session)
        assert ranker.train(runtime).code == "nothing_new"

    def test_by_day_nothing_is_trained(self, session, runtime):
        build(session, taught)
        with clock_at(dt.datetime(2026, 11, 22, 4, tzinfo=dt.UTC)):
            ranker.train_by_night(runtime)
        assert session.scalar(select(func.count()).select_from(RankerVersion)) == 0
        with clock_at(dt.datetime(2026, 11, 22, 18, tzinfo=dt.UTC)):
            ranker.train_by_night(runtime)
        assert session.scalar(select(func.count()).select_from(RankerVersion)) == 1

    def test_a_held_city_keeps_the_better_one_waiting_until_a_person_lets_it_go_on(self, session, runtime):
        build(session, taught)
        person = factories.staff(session)
        set_automatic(session, person, False, "先看一周")
        version = trained(runtime, session)
        assert (version.state, version.better) == (RankerState.candidate, True)
        with clock_at(dt.datetime(2026, 11, 22, 4, tzinfo=dt.UTC)):
            ranker.train_by_night(runtime)
            assert in_use(session) is None
            set_automatic(session, person, True, "看过了")
            ranker.train_by_night(runtime)
        session.expire_all()
        assert in_use(session).id == version.id


class TestTwoAtOnce:
    def test_who_comes_second_does_not_train(self, session, runtime):
        claim_training(session)
        assert trained(runtime, session).code == "busy"

    def test_one_that_was_killed_is_taken_for_dead_after_its_lease(self, session, runtime):
        with clock_at(now() - LEASE - dt.timedelta(seconds=1)):
            claim_training(session)
        assert trained(runtime, session).code == "few_unseen"

    def test_one_that_was_overtaken_writes_nothing(self, session, runtime, monkeypatch):
        build(session, taught)
        reading = ranker._read

        def slowly(here):
            with clock_at(now() + 2 * LEASE):
                claim_training(session)
            return reading(here)
        monkeypatch.setattr(ranker, "_read", slowly)
        assert trained(runtime, session).code == "overtaken"
        assert session.scalar(select(func.count()).select_from(RankerVersion)) == 0

    def test_a_failure_gives_the_turn_back_and_is_told(self, session, runtime, monkeypatch):
        def broken(_here):
            raise MemoryError
        monkeypatch.setattr(ranker, "_read", broken)
        with pytest.raises(MemoryError):
            ranker.train(runtime)
        session.expire_all()
        assert (control(session).training, control(session).attempt["code"]) == (None, "failed")


def test_a_partner_who_left_judges_nothing(session, runtime):
    city = build(session, taught)
    for demand in city.demands[-5:]:
        demand.status = DemandStatus.closed
    gone = city.experts[FIELDS[0]][BY_HAND][0]
    session.query(factories.Capability).filter_by(expert_id=gone.id).delete()
    with runtime.database.read() as reader:
        material = read_material(reader, runtime.searcher)
    parted = split({key.hex: at for key, at in material.labels.collaborated().items()}, ())
    assert gone.id.hex not in {key for case in cases(material, parted) for key in case.candidates}
    assert lesson(material, parted).unplaced > 0

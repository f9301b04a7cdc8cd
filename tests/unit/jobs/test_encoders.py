"""A change of the model: prepared beside the one in use, switched at once, rolled back, given up."""

import datetime as dt
import shutil

import numpy as np
import pytest
from sqlalchemy import delete, func, select
from structlog.testing import capture_logs

from jobs import duties, encoders
from jobs.runtime import Runtime
from matching.encoders import generations
from matching.encoders.completeness import count
from matching.following import Searchers
from matching.search import search_demands
from models.audit import AuditEvent
from models.base import clock_at
from models.demands import DemandStatus
from models.encoders import GenerationState
from models.errors import Conflict
from models.index import PostingKind, PostingVector, enqueue
from tests import factories
from tests.conftest import NOON
from tests.support import small_models

TITLES = ["焦化废水处理", "机器人焊接机", "锂电池管理系统", "渔网再生造粒", "海参育苗"]


@pytest.fixture
def first(tmp_path):
    return small_models.build(tmp_path / "first", seed=1)


@pytest.fixture
def second(tmp_path):
    return small_models.build(tmp_path / "second", seed=2, dimensions=24)


@pytest.fixture
def worker(settings, database):
    """A worker as it would start with JIEBANG_ENCODER set so, and its first round done."""

    def start(folder, **wishes) -> Runtime:
        runtime = Runtime(settings.model_copy(update={"encoder": str(folder), **wishes}), database)
        encoders.follow_settings(runtime)
        return runtime

    return start


@pytest.fixture
def demands(session):
    rows = [factories.demand(session, title=title) for title in TITLES]
    for row in rows:
        enqueue(session, PostingKind.demand, row.id)
    session.commit()
    return rows


@pytest.fixture
def running(worker, first, demands):
    runtime = worker(first)
    duties.drain_outbox(runtime)
    return runtime


def work(runtime, rounds=20) -> None:
    """The worker's rounds until nothing is being prepared any more."""
    for _ in range(rounds):
        duties.drain_outbox(runtime)
        encoders.prepare_encoder(runtime)


def in_use(session) -> str:
    session.expire_all()
    return generations.in_use(session).name.split("@")[0]


def states(session) -> dict[str, str]:
    session.expire_all()
    return {row.name.split("@")[0]: row.state.value for row in generations.every(session)}


def held(session, name) -> int:
    return session.scalar(select(func.count()).select_from(PostingVector).where(
        PostingVector.encoder.startswith(f"{name}@"), PostingVector.live))


def test_the_first_model_is_in_use_at_once(session, running):
    assert states(session) == {"first": "in_use"}
    assert held(session, "first") == len(TITLES)


def test_another_model_is_prepared_and_put_in_use_by_itself(session, running, worker, second):
    changed = worker(second)
    assert states(session) == {"first": "in_use", "second": "preparing"}
    work(changed)
    assert states(session) == {"first": "ready", "second": "in_use"}
    assert held(session, "second") == held(session, "first") == len(TITLES)


def test_progress_is_counted_from_the_vectors(session, running, worker, second, monkeypatch):
    changed = worker(second)
    monkeypatch.setattr(encoders, "SLICE_SECONDS", 1e-9)
    encoders.prepare_encoder(changed)
    assert count(session, generations.named(session, "second@")).done < len(TITLES)
    assert count(session, generations.named(session, "first@")).share == 100


def test_what_changes_meanwhile_is_right_under_both(session, running, worker, second, demands, monkeypatch):
    changed = worker(second)
    monkeypatch.setattr(changed, "work", encoders._begin(changed, generations.named(session, "second@")))
    changed.work.batch = 2
    monkeypatch.setattr(encoders, "SLOW", 0.0)
    monkeypatch.setattr(encoders, "SLICE_SECONDS", 1e-9)
    encoders.prepare_encoder(changed)
    demands[0].title, demands[1].status = "钢铁烟气脱硫", DemandStatus.withdrawn
    added = factories.demand(session, title="轮胎硫化节能")
    for row in (*demands[:2], added):
        enqueue(session, PostingKind.demand, row.id)
    session.commit()
    monkeypatch.setattr(encoders, "SLICE_SECONDS", 1.0)
    work(changed)
    assert in_use(session) == "second"
    both = session.execute(select(PostingVector.posting_id, PostingVector.content_hash).where(PostingVector.live)
                           .order_by(PostingVector.posting_id, PostingVector.encoder)).all()
    assert both[::2] == both[1::2]
    assert len(both) == 2 * len(TITLES)


def test_a_model_may_wait_for_a_person(session, running, worker, second):
    work(worker(second, encoder_switch="manual"))
    assert states(session) == {"first": "in_use", "second": "ready"}
    generations.switch(session, generations.named(session, "second"), factories.staff(session))
    assert in_use(session) == "second"


def test_rolled_back_stays_rolled_back(session, running, worker, second):
    work(worker(second))
    generations.roll_back(session, factories.staff(session))
    session.commit()
    work(worker(second))
    assert states(session) == {"first": "in_use", "second": "ready"}


def test_rolling_back_twice_is_refused(session, running, worker, second):
    work(worker(second))
    generations.roll_back(session)
    with pytest.raises(Conflict, match="没有可以退回"):
        generations.roll_back(session)


def test_a_posting_published_since_is_found_after_rolling_back(session, running, worker, second):
    changed = worker(second)
    work(changed)
    added = factories.demand(session, title="轮胎硫化节能")
    enqueue(session, PostingKind.demand, added.id)
    session.commit()
    duties.drain_outbox(changed)
    generations.roll_back(session)
    searcher = Searchers(changed.settings).current(session)
    assert added.id in search_demands(session, searcher, "轮胎硫化节能").ids


def test_the_settings_named_anew_switch_back(session, running, worker, first, second):
    work(worker(second))
    work(worker(first))
    assert states(session) == {"first": "in_use", "second": "ready"}
    work(worker(first))
    assert in_use(session) == "first"


def test_a_model_no_longer_wanted_is_not_prepared_on(session, running, worker, second, tmp_path):
    worker(second)
    work(worker(small_models.build(tmp_path / "third", seed=3)))
    assert states(session) == {"first": "ready", "second": "retired", "third": "in_use"}


def test_other_files_under_the_same_name_are_another_model(session, running, worker, first):
    small_models.build(first, seed=9)
    work(worker(first))
    assert sorted(row.state.value for row in generations.every(session)) == ["in_use", "ready"]
    old, new = sorted(generations.every(session), key=lambda row: row.created_at)
    assert (new.state, old.name.split("@")[0]) == (GenerationState.in_use, new.name.split("@")[0])


def test_the_model_replaced_in_place_still_answers_from_its_copy(session, running, worker, first, settings):
    encoders.keep_model(running)
    small_models.build(first, seed=9)
    changed = worker(first, encoder_switch="manual")
    assert running.encoder.name == changed.encoder.name
    assert changed.encoder.encode(["焦化废水"]).any()


def test_a_broken_model_fails_says_why_and_changes_nothing(session, running, worker, tmp_path):
    broken = small_models.build(tmp_path / "broken", seed=4)
    changed = worker(broken)
    (broken / "model.safetensors").write_bytes(b"cut")
    work(changed)
    assert states(session) == {"first": "in_use", "broken": "failed"}
    assert "broken" in generations.named(session, "broken").error


def test_vectors_that_are_all_the_same_are_not_put_in_use(session, running, worker, second, monkeypatch):
    changed = worker(second)
    monkeypatch.setattr("matching.encoders.embedding.LightEncoder.encode",
                        lambda self, texts, query=False: np.full((len(texts), self.dimensions),
                                                                 self.dimensions ** -0.5, np.float32))
    work(changed)
    assert states(session)["second"] == "failed"
    assert "完全一样" in generations.named(session, "second").error


def test_a_model_that_kills_the_worker_while_loading_is_given_up(session, running, worker, second, monkeypatch):
    worker(second)

    def killed(self, generation):
        raise SystemExit

    monkeypatch.setattr("matching.encoders.loading.Encoders.load", killed)
    for _ in range(encoders.ATTEMPTS):
        with pytest.raises(SystemExit):
            encoders.prepare_encoder(worker(second))
    encoders.prepare_encoder(worker(second))
    assert states(session)["second"] == "failed"


def test_a_failed_model_is_tried_again_when_the_worker_starts(session, running, worker, tmp_path):
    broken = small_models.build(tmp_path / "broken", seed=4)
    kept = (broken / "model.safetensors").read_bytes()
    changed = worker(broken)
    (broken / "model.safetensors").write_bytes(b"cut")
    work(changed)
    (broken / "model.safetensors").write_bytes(kept)
    work(worker(broken))
    assert in_use(session) == "broken"


def test_a_setting_that_names_nothing_is_said_and_changes_nothing(session, running, worker):
    with capture_logs() as said:
        lost = worker("no/such-model")
    assert "JIEBANG_ENCODER" in said[0]["error"]
    assert states(session) == {"first": "in_use"}
    assert lost.encoder.encode(["焦化废水"]).any()


def test_a_posting_is_found_by_its_words_while_the_model_is_gone_and_embedded_when_it_is_back(
        session, running, worker, first, tmp_path):
    shutil.rmtree(running.settings.models_folder, ignore_errors=True)
    first.rename(tmp_path / "away")
    lost = worker(first)
    added = factories.demand(session, title="轮胎硫化节能")
    enqueue(session, PostingKind.demand, added.id)
    session.commit()
    duties.drain_outbox(lost)
    assert added.id in search_demands(session, Searchers(lost.settings).current(session), "轮胎硫化节能").ids
    (tmp_path / "away").rename(first)
    found = worker(first)
    duties.reconcile_index(found)
    duties.drain_outbox(found)
    session.expire_all()
    assert any(session.scalar(select(PostingVector.vector).where(PostingVector.posting_id == added.id)))


def test_what_was_replaced_is_given_up_after_a_while_and_its_vectors_go(session, running, worker, second):
    changed = worker(second, encoder_keep_days=30)
    with clock_at(NOON):
        work(changed)
    with clock_at(NOON + dt.timedelta(days=29)):
        encoders.retire_encoders(changed)
    assert states(session)["first"] == "ready"
    with clock_at(NOON + dt.timedelta(days=31)):
        encoders.retire_encoders(changed)
    assert states(session) == {"first": "retired", "second": "in_use"}
    assert (held(session, "first"), held(session, "second")) == (0, len(TITLES))
    with pytest.raises(Conflict, match="已经删了"):
        generations.roll_back(session)


def test_what_is_in_use_cannot_be_given_up(session, running):
    with pytest.raises(Conflict, match="正在用"):
        generations.retire(session, generations.in_use(session))


def test_a_model_that_lacks_vectors_is_not_switched_to(session, running, worker, second):
    work(worker(second, encoder_switch="manual"))
    newest = select(func.max(PostingVector.seq)).where(PostingVector.encoder.startswith("second@")).scalar_subquery()
    session.execute(delete(PostingVector).where(PostingVector.seq == newest))
    with pytest.raises(Conflict, match="还差"):
        generations.switch(session, generations.named(session, "second"))


def test_every_act_is_on_record(session, running, worker, second):
    changed = worker(second)
    work(changed)
    person = factories.staff(session)
    generations.roll_back(session, person)
    generations.retire(session, generations.named(session, "second"), person)
    told = session.execute(select(AuditEvent.action, AuditEvent.actor_id).where(
        AuditEvent.subject_type == "encoder_generation").order_by(AuditEvent.at)).all()
    assert [row.action for row in told[-4:]] == ["encoder.prepared", "encoder.switched", "encoder.rolled_back",
                                                 "encoder.retired"]
    assert [row.actor_id for row in told[-4:]] == [None, None, person.id, person.id]

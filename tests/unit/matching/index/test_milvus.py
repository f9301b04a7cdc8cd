"""Vectors kept in Milvus, here Milvus Lite: what a site does with them, and without them."""

import numpy as np
import pytest
from structlog.testing import capture_logs

from matching.index import milvus
from matching.index.dense import FlatIndex
from matching.index.folders import IndexDamaged, StoreAway
from matching.index.milvus import MilvusStore, connect
from matching.index.numbered import NumberedIndex
from matching.index.snapshots import load_snapshot
from matching.searcher import Searcher
from matching.vectors import index_posting, last_seq, reconcile, write_snapshot
from models.capabilities import CapabilityStatus
from models.database import holding
from models.index import PostingKind
from tests import factories

KIND = PostingKind.capability
pytest.importorskip("milvus_lite", reason="Milvus Lite is not installed on this machine")


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return MilvusStore(str(tmp_path_factory.mktemp("milvus") / "vectors.db"))


@pytest.fixture
def post(session, encoder):
    def post(title):
        capability = factories.capability(session, title=title, summary="")
        index_posting(session, encoder, KIND, capability.id)
        return capability
    return post


def refuse(ask):
    raise StoreAway("Milvus 没有答复")


def found(searcher, session, words):
    state = searcher.state(session, KIND)
    vector = searcher.encoder.encode([words])[0]
    return [state.ids[place] for place in state.search(state.weigh(words), vector).places.tolist()]


def test_a_site_searches_the_vectors_that_the_worker_put_there(session, encoder, store, post, tmp_path):
    first, _ = post("渔船柴油机节能改造"), post("海带育苗水体消毒")
    write_snapshot(holding(session), encoder, KIND, tmp_path, store=store)
    searcher, files = Searcher(tmp_path, lambda: encoder, store), Searcher(tmp_path / "none", lambda: encoder)
    assert isinstance(searcher.state(session, KIND).main.index, NumberedIndex)
    assert found(searcher, session, "渔船柴油机节能改造")[0] == first.id.hex
    assert found(searcher, session, "柴油机") == found(files, session, "柴油机")


def test_only_what_changed_is_sent_again(session, encoder, store, post, tmp_path, monkeypatch):
    kept, gone = post("渔船柴油机节能改造"), post("海带育苗水体消毒")
    write_snapshot(holding(session), encoder, KIND, tmp_path, store=store)
    gone.status = CapabilityStatus.hidden
    session.flush()
    index_posting(session, encoder, KIND, gone.id)
    added = post("钛合金焊接")
    sent = []
    add = milvus.MilvusIndex.add
    monkeypatch.setattr(milvus.MilvusIndex, "add", lambda self, keys, rows: (sent.extend(keys), add(self, keys, rows)))
    write_snapshot(holding(session), encoder, KIND, tmp_path, store=store)
    saved = load_snapshot(tmp_path / KIND, encoder.name, last_seq(session, KIND), "", store)
    assert len(sent) == 1
    assert set(saved.ids) == {kept.id.hex, added.id.hex}
    assert saved.whole


def test_while_it_is_away_words_are_searched(session, encoder, store, post, tmp_path, monkeypatch):
    first = post("渔船柴油机节能改造")
    write_snapshot(holding(session), encoder, KIND, tmp_path, store=store)
    searcher = Searcher(tmp_path, lambda: encoder, store)
    searcher.state(session, KIND)
    monkeypatch.setattr(milvus, "_answered", refuse)
    with capture_logs() as said:
        assert found(searcher, session, "柴油机") == [first.id.hex]
    assert "no vectors, searching by words" in {line["event"] for line in said}


def test_a_site_that_starts_while_it_is_away_reads_the_database(session, encoder, store, post, tmp_path, monkeypatch):
    first = post("渔船柴油机节能改造")
    write_snapshot(holding(session), encoder, KIND, tmp_path, store=store)
    monkeypatch.setattr(milvus, "_answered", refuse)
    searcher = Searcher(tmp_path, lambda: encoder, store)
    assert found(searcher, session, "柴油机") == [first.id.hex]
    assert isinstance(searcher.state(session, KIND).main.index, FlatIndex)


def test_a_collection_that_was_lost_is_noticed_and_filled_anew(database, session, encoder, store, post, tmp_path):
    post("渔船柴油机节能改造")
    write_snapshot(holding(session), encoder, KIND, tmp_path, store=store)
    saved = load_snapshot(tmp_path / KIND, encoder.name, last_seq(session, KIND), "", store)
    store.drop(saved.index.index)
    with pytest.raises(IndexDamaged):
        load_snapshot(tmp_path / KIND, encoder.name, last_seq(session, KIND), "", store)
    assert reconcile(database, encoder, KIND, tmp_path, store).rewritten
    assert reconcile(database, encoder, KIND, tmp_path, store).clean


def test_it_may_be_put_in_use_and_given_up_again(database, session, encoder, store, post, tmp_path):
    post("渔船柴油机节能改造")
    write_snapshot(holding(session), encoder, KIND, tmp_path)
    assert reconcile(database, encoder, KIND, tmp_path, store).clean
    write_snapshot(holding(session), encoder, KIND, tmp_path, store=store)
    assert reconcile(database, encoder, KIND, tmp_path).rewritten


def test_a_filter_over_many_is_exact_however_many_it_keeps_out(store, monkeypatch):
    monkeypatch.setattr(milvus, "LISTED", 50)
    monkeypatch.setattr(milvus, "MOST", 200)
    rows = np.random.default_rng(1).standard_normal((1000, 8)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    index = store.index(8)
    index.add(np.arange(1000), rows)
    order = np.argsort(-(rows @ rows[0]))
    for passing in (order[::2], order[-300:], order[-60:], order[-20:]):
        allowed = np.zeros(1000, bool)
        allowed[passing] = True
        assert index.search(rows[0], 10, allowed)[0].tolist() == [key for key in order if allowed[key]][:10]


def test_an_address_that_nobody_answers_is_said():
    with pytest.raises(StoreAway, match="Milvus"):
        connect("http://user:secret@127.0.0.1:1")


def test_what_came_later_is_not_seen_through_a_snapshot_and_what_left_is_zero():
    rows = np.eye(4, dtype=np.float32)
    index = FlatIndex(4)
    index.add(np.array([30, 10, 20, 5]), rows)
    seen = NumberedIndex(index, np.array([20, 30]))
    assert seen.search(rows[3], 4)[0].tolist() == [0, 1]
    assert seen.search(rows[0], 1, np.array([True, False]))[0].tolist() == [0]
    index.remove(np.array([20]))
    assert seen.products(np.ones(4, np.float32), np.array([0, 1])).tolist() == [0.0, 1.0]

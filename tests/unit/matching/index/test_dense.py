import json

import numpy as np
import pytest

from matching.index import dense as indexes
from matching.index.dense import VECTORS, FlatIndex, IvfIndex, vector_index
from matching.index.folders import MANIFEST, IndexDamaged
from matching.index.probing import probes_for, tune

ROWS = np.eye(4, dtype=np.float32)


@pytest.fixture
def index():
    index = FlatIndex(4)
    index.add(np.arange(4), ROWS)
    return index


class TestSaved:
    def test_saving_again_replaces_it_and_leaves_nothing_beside(self, index, tmp_path):
        index.save(tmp_path / "i")
        index.remove(np.array([0]))
        index.save(tmp_path / "i")
        assert len(FlatIndex.load(tmp_path / "i")) == 3
        assert [path.name for path in tmp_path.iterdir()] == ["i"]

    def test_only_its_owner_may_read_it(self, index, tmp_path):
        index.save(tmp_path / "i")
        assert {oct(path.stat().st_mode & 0o777) for path in (tmp_path / "i").iterdir()} == {"0o600"}

    @pytest.mark.parametrize("damage", [
        lambda folder: (folder / VECTORS).unlink(),
        lambda folder: (folder / MANIFEST).unlink(),
        lambda folder: (folder / VECTORS).write_bytes((folder / VECTORS).read_bytes()[:-9]),
        lambda folder: (folder / VECTORS).write_bytes(b"\0" + (folder / VECTORS).read_bytes()[1:]),
        lambda folder: (folder / MANIFEST).write_text("{"),
        lambda folder: (folder / MANIFEST).write_text("[]"),
        lambda folder: change(folder, format="jiebang-flat-1"),
        lambda folder: change(folder, facts={"faiss": "0.0", "dimensions": 4, "keys": 4}),
        lambda folder: change(folder, facts={}),
        lambda folder: change(folder, sha256={}),
    ], ids=["no vectors", "no manifest", "cut short", "altered", "no json", "no object", "old format", "other faiss",
            "no facts", "no files"])
    def test_damage_is_detected(self, index, tmp_path, damage):
        index.save(tmp_path / "i")
        damage(tmp_path / "i")
        with pytest.raises(IndexDamaged):
            FlatIndex.load(tmp_path / "i")


def change(folder, **facts):
    path = folder / MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text()) | facts))


def test_many_vectors_are_kept_in_lists_and_few_are_compared_whole(monkeypatch):
    monkeypatch.setattr(indexes, "EXACT", 100)
    rows = np.random.default_rng(3).standard_normal((101, 8)).astype(np.float32)
    assert type(vector_index(rows[:100])) is FlatIndex
    assert type(vector_index(rows)) is IvfIndex


@pytest.fixture(scope="module")
def spread():
    rows = np.random.default_rng(4).standard_normal((3000, 16)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_enough_lists_are_looked_through_to_find_what_is_near(monkeypatch, spread):
    monkeypatch.setattr(indexes, "EXACT", 200)
    index = IvfIndex(16)
    index.add(np.arange(3000), spread)
    queries = np.random.default_rng(5).standard_normal((50, 16)).astype(np.float32)
    for passing in (None, np.random.default_rng(6).random(3000) < 0.2):
        found = [len({*index.search(query, 10, passing)[0].tolist()} & {*best(spread @ query, passing)})
                 for query in queries]
        assert np.mean(found) >= 9.5


def best(scores, passing):
    return np.argsort(-(scores if passing is None else np.where(passing, scores, -np.inf)))[:10].tolist()


def test_the_fewer_pass_a_filter_the_more_lists_are_looked_through(spread):
    probes = tune(spread, spread[:50], lambda rows: np.argmax(spread[rows] @ spread[:50].T, axis=1), 100)
    assert probes_for(probes, 0.05) >= probes_for(probes, 0.3) >= probes_for(probes, 1.0)
    assert probes_for(probes, 0.001) == max(probes.values())

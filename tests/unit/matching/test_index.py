import json

import numpy as np
import pytest

from matching.index import MANIFEST, VECTORS, FaissIndex, IndexDamaged, digest

VECTORS_IN = np.eye(4, dtype=np.float32)


@pytest.fixture
def index():
    index = FaissIndex(4)
    index.add(["a", "b", "c", "d"], VECTORS_IN)
    return index


class TestSearch:
    def test_the_nearest_come_first_and_ties_by_id(self, index):
        assert index.search(np.array([0, 1, 0, 0]), 3) == [("b", 1.0), ("a", 0.0), ("c", 0.0)]

    def test_only_what_is_allowed_is_found(self, index):
        assert [key for key, _ in index.search(np.ones(4), 9, {"c", "a", "unknown"})] == ["a", "c"]
        assert index.search(np.ones(4), 9, set()) == []

    def test_what_was_removed_is_not_found(self, index):
        assert index.remove(["b", "unknown"]) == 1
        assert "b" not in index
        assert [key for key, _ in index.search(np.ones(4), 9)] == ["a", "c", "d"]

    def test_adding_an_id_again_replaces_its_vector(self, index):
        index.add(["a"], VECTORS_IN[3:])
        assert len(index) == 4
        np.testing.assert_array_equal(index.vectors(["a"]), VECTORS_IN[3:])

    def test_positions_follow_the_order_of_ids_after_removals(self, index):
        index.remove(["a"])
        positions, values = index.nearest(np.array([0, 0, 0, 1]), 9)
        assert index.ids()[positions[0]] == "d"
        assert values[0] == 1

    def test_an_empty_index_answers_nothing(self):
        assert FaissIndex(4).search(np.ones(4), 3) == []

    @pytest.mark.parametrize("bad", [np.ones((1, 3)), np.full((1, 4), np.nan)])
    def test_a_wrong_vector_is_refused(self, index, bad):
        with pytest.raises(ValueError, match="dimensions"):
            index.add(["e"], bad)


class TestSaved:
    def test_it_comes_back_as_it_was(self, index, tmp_path):
        index.remove(["b"])
        index.save(tmp_path / "i", encoder="m", seq=7)
        back = FaissIndex.load(tmp_path / "i")
        assert back.search(np.array([1, 0, 2, 3]), 9) == index.search(np.array([1, 0, 2, 3]), 9)
        assert back.facts == {"encoder": "m", "seq": 7}
        back.add(["e"], VECTORS_IN[:1])
        assert len(back) == 4

    def test_saving_again_replaces_it_and_leaves_nothing_beside(self, index, tmp_path):
        index.save(tmp_path / "i")
        index.remove(["a"])
        index.save(tmp_path / "i")
        assert len(FaissIndex.load(tmp_path / "i")) == 3
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
        lambda folder: change(folder, format="jiebang-flat-0"),
        lambda folder: change(folder, faiss="0.0"),
        lambda folder: change(folder, ids=["a"], numbers=[0]),
    ], ids=["no vectors", "no manifest", "cut short", "altered", "no json", "no object", "old format", "other faiss",
            "ids missing"])
    def test_damage_is_detected(self, index, tmp_path, damage):
        index.save(tmp_path / "i")
        damage(tmp_path / "i")
        with pytest.raises(IndexDamaged):
            FaissIndex.load(tmp_path / "i")


def change(folder, **facts):
    path = folder / MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text()) | facts))


def test_the_digest_knows_ids_not_their_order():
    assert digest(["b", "a"]) == digest({"a", "b"}) != digest(["a"])

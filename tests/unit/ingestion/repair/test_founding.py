"""The five founding documents against their tables, and what issue 5 asks of 002.txt."""

import pathlib

import pytest

from benchmarks.repairs.__main__ import TABLES, measured
from ingestion.repair.glosses import GLOSS
from ingestion.repair.passes import repair
from ingestion.repair.repaired import LOST, rebuild
from ingestion.repair.script import converter

NOTICES = pathlib.Path(__file__).parents[5] / "shared" / "data" / "notices"
pytestmark = pytest.mark.skipif(not NOTICES.is_dir(), reason="../shared is not here: no founding documents to repair")


@pytest.mark.parametrize("table", sorted(TABLES.glob("*.toml")), ids=lambda table: table.stem)
class TestEachDocument:
    def test_no_line_is_joined_or_left_wrongly_and_every_word_of_the_table_is_right(self, table):
        found = measured(table, NOTICES)
        assert (found.wrong, found.missed) == ([], [])
        assert found.precision == found.recall == 1

    def test_its_log_rebuilds_it_and_a_second_repair_changes_nothing(self, table):
        text = (NOTICES / f"{table.stem}.txt").read_text(encoding="utf-8")
        repaired = repair(text)
        assert rebuild(text, repaired.changes) == repaired.text
        assert repair(repaired.text).text == repaired.text


class Test002:
    @pytest.fixture
    def repaired(self):
        return repair((NOTICES / "002.txt").read_text(encoding="utf-8"))

    def test_no_gloss_no_traditional_and_no_private_character_is_left(self, repaired):
        assert not GLOSS.search(repaired.text)
        assert converter().convert(repaired.text) == repaired.text
        assert not any("\ue000" <= char <= "\uf8ff" for char in repaired.text)

    def test_every_change_says_why_and_how_sure_it_is(self, repaired):
        assert all(change.why and 0 < change.confidence <= 1 for change in repaired.changes)

    def test_what_is_lost_is_marked_and_never_invented(self, repaired):
        assert repaired.text.count(LOST) == 2
        assert "六保" not in repaired.text
        assert [repaired.original[one.start:one.end] for one in repaired.lost] == ["?", "?", "話"]
        assert "保" in repaired.lost[0].candidates
        assert "要" in repaired.lost[1].candidates

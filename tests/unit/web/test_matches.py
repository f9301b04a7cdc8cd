"""Match blocks: marks on both sides, sources, the sentence under the verdict word."""

import pytest

from matching.reasons.targets import Fit, Passage, Phrase, Target, TargetReason, Verdict
from web import matches


@pytest.fixture(autouse=True)
def request_context(app):
    with app.test_request_context():
        yield


def reason(verdict: Verdict, required: bool = True) -> TargetReason:
    return TargetReason(Target("节拍", "≤40 秒", required=required), verdict)


def text_of(pieces) -> str:
    return "".join(f"[{piece.text}{piece.mark}]" if piece.mark else piece.text for piece in pieces)


class TestPieces:
    def test_marks_stand_where_the_phrases_met(self):
        assert text_of(matches.pieces("壁厚偏差 ≤0.03 mm", [((0, 4), 2)])) == "[壁厚偏差2] ≤0.03 mm"

    def test_spans_come_in_any_order(self):
        assert text_of(matches.pieces("甲乙丙丁", [((2, 3), 2), ((0, 1), 1)])) == "[甲1]乙[丙2]丁"

    def test_an_overlapping_span_loses_its_mark_but_no_text(self):
        assert text_of(matches.pieces("甲乙丙", [((0, 2), 1), ((1, 3), 2)])) == "[甲乙1]丙"

    def test_text_without_phrases_is_one_piece(self):
        assert text_of(matches.pieces("没有对上", [])) == "没有对上"


class TestSource:
    def test_names_proof_year_and_whether_staff_saw_it(self):
        seen = Passage("做到 0.025 mm", "claim", year=2025, proof="contract", verified=True)
        assert matches.source(seen) == "合同 2025，已核"

    def test_unseen_proof_is_said_to_be_unseen(self):
        assert matches.source(Passage("做到 0.025 mm", "claim", year=2024, proof="paper")) == "论文 2024，未核"

    def test_a_summary_has_no_proof_to_speak_of(self):
        assert matches.source(Passage("做薄壁管", "summary")) == ""


class TestSentence:
    def test_required_and_nice_are_told_apart(self):
        found = matches.block(Fit.good, [reason(Verdict.covered), reason(Verdict.covered),
                                         reason(Verdict.not_mentioned, required=False)])
        assert found.sentence == "必须的 2 项都对上，最好有的 1 项没提到"

    def test_mixed_findings_are_counted(self):
        found = matches.block(Fit.partial, [reason(verdict) for verdict in Verdict])
        assert found.sentence == "必须的 3 项：对上 1、部分对上 1、没提到 1"

    def test_uncovered_rows_stay_in_the_demands_order(self):
        found = matches.block(Fit.partial, [reason(Verdict.not_mentioned), reason(Verdict.covered)])
        assert found.cells == ["missing", "covered"]


def test_a_phrase_carries_the_same_number_on_both_sides():
    shown = matches.row(1, TargetReason(Target("壁厚偏差", "≤0.03 mm"), Verdict.covered, Passage("壁厚波动 0.025 mm", "claim"),
                                        (Phrase(3, (0, 4), (0, 4)),)))
    assert (text_of(shown.ask), text_of(shown.quotes[0].pieces)) == ("[壁厚偏差3] ≤0.03 mm", "[壁厚波动3] 0.025 mm")

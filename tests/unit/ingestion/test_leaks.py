"""What the public text of a confidential demand must not carry, as one sees it marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.leaks import Sealed, contacts, leaks
from ingestion.telling import COPIED

PROBLEM = ("我厂在张村镇的车间用 LG-880 机卷制“海鹰三号”手竿，环境温度 18.5 ℃，卷制后壁厚不匀，"
           "每批两千支里要返工一百多支，按 GB31701 检测，不锈钢用 SUS304。")
SEALED = Sealed(
    names=("威海澜竿渔具有限公司", "澜竿渔具", "澜竿"), common_names=("海洋",), people=("高强", "乔以宁"),
    identifiers=("91371082XN0000012P", "06310000101", "lan@jiebang.example"), address="威海市荣成市听潮路 18 号",
    texts=(PROBLEM,), shown=("卷制壁厚不匀", "壁厚 偏差 ≤0.035 mm"))


def found(text: str, sealed: Sealed = SEALED) -> list[tuple[str, str]]:
    return [(leak.kind, leak.words) for leak in leaks(text, sealed)]


class TestWhoAsks:
    @pytest.mark.parametrize("words", ["澜竿渔具", "澜竿", "澜 竿", "澜·竿（渔具）", "威海澜竿渔具有限公司", "澜\u200b竿"])
    def test_the_name_however_it_is_spaced(self, words):
        assert [kind for kind, _ in found(f"{words}的卷制壁厚不匀")] == ["name"]

    def test_a_name_does_not_reach_over_a_comma(self):
        assert found("波澜，竿体不直") == []

    @pytest.mark.parametrize("text", ["找乔以宁", "高强，负责工艺", "联系高总", "请高强经理看", "问乔工"])
    def test_people(self, text):
        assert [kind for kind, _ in found(text)] == ["person"]

    @pytest.mark.parametrize("text", ["要用高强钢丝", "提高总量", "海洋装备"])
    def test_plain_words_are_only_doubtful(self, text):
        assert {leak.blocking for leak in leaks(text, SEALED)} == ({False} if "总量" not in text else set())

    @pytest.mark.parametrize(("text", "kind"), [
        ("代码 91371082XN0000012P", "code"), ("电话 0631-000 0101", "phone"), ("１９９００００００１２ 联系", "phone"),
        ("打幺九九零零零零零零零幺", "phone"), ("LAN@jiebang.example", "email"), ("见 www.langan.example", "web"),
        ("langan.cn 有图", "web"), ("微信 langan_88", "chat")])
    def test_identifiers(self, text, kind):
        assert [kind_found for kind_found, _ in found(text)] == [kind]


class TestWhatIsSealed:
    @pytest.mark.parametrize(("text", "kind", "words"), [
        ("张村镇一家企业", "place", "张村镇"), ("在听潮路附近", "place", "听潮路"), ("世昌大道 12 号院内", "place", "世昌大道 12 号"),
        ("用 lg 880 卷制", "model", "lg 880"), ("海鹰三号手竿", "product", "海鹰三号"), ("温度18.5℃时", "figure", "18.5℃")])
    def test_each_kind(self, text, kind, words):
        assert found(text) == [(kind, words)]

    @pytest.mark.parametrize("text", ["按 GB31701 检测", "不锈钢 SUS304", "壁厚偏差 ≤0.035 mm", "在农村的车间", "XLG-8801 型",
                                      "卷制后壁厚不匀，成品率低"])
    def test_what_is_public_anyway(self, text):
        assert found(text) == []

    def test_a_sentence_taken_word_for_word(self):
        assert found("卷制后，壁厚不匀，每批两千支里要返工一百多支！求工艺") == [
            ("copied", "卷制后，壁厚不匀，每批两千支里要返工一百多支")]

    def test_a_model_within_a_copied_sentence_is_named_of_itself(self):
        assert [kind for kind, _ in found(PROBLEM)] == [
            "place", "model", "product", "figure", "copied"]


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_gives_spans_in_order_that_hold_their_words(text, hidden):
    leaked = leaks(text, Sealed(names=("澜竿",), people=("高强",), address=hidden, texts=(hidden, text)))
    assert all(text[leak.start:leak.end] == leak.words and leak.words for leak in leaked)
    assert all(one.end <= other.start for one, other in zip(leaked, leaked[1:], strict=False))


def test_a_text_copied_whole_is_one_finding():
    text = "甲乙丙丁戊己庚辛壬癸" * 50
    assert [(leak.start, leak.end) for leak in leaks(text, Sealed(texts=(text,)))] == [(0, len(text))]
    assert leaks(text[:COPIED - 1], Sealed(texts=(text,))) == []


def test_contacts_leave_figures_alone():
    assert contacts("压力 0.8–1.2 MPa，年产 1200000 件，编号 20261130001，一九九八年") == []

import datetime as dt
from decimal import Decimal

import pytest

from engagements.comparison import Verdict, compare, overlap
from engagements.paper.reading import read
from engagements.scan_text import NOTHING, Box, ScanText
from tests.support.stories import recorded, talks

PAPER = """技术开发合同
合同编号：LG-JS-2026-014
项目名称：碳纤维钓竿插接跳动控制技术开发
委托方（甲方）：{a}
受托方（乙方）：{b}  项目负责人：{expert}
签订日期：{day}
第二条 研究开发经费及支付：合同总额人民币{sum}，签订后 10 日内支付 50%，每件样品 200 元。
对应需求：{demand}
"""


def scan_of(text: str) -> ScanText:
    """A scan of one page, ten points a line, each character a box of its own."""
    boxes = [None if char.isspace() else Box(1, (i % 60) / 60, text[:i].count("\n") / 40, 1 / 60, 1 / 40)
             for i, char in enumerate(text)]
    return ScanText(text, tuple(boxes), 1)


@pytest.fixture
def contract(session):
    return recorded(session, talks(session))


def paper(contract, **changes) -> ScanText:
    revision, engagement = contract.revision, contract.engagement
    day = revision.signed_on
    said = dict(a=revision.party_a, b=revision.party_b, expert=engagement.expert.name, sum="叁拾捌万元整（¥380,000.00）",
                day=f"{day.year} 年 {day.month} 月 {day.day} 日", demand=engagement.demand.number)
    return scan_of(PAPER.format(**said | changes))


def row(contract, item, **changes):
    return next(row for row in compare(contract, paper(contract, **changes)) if row.item == item)


def test_a_matching_paper_leaves_only_the_seal_to_look_at(contract):
    rows = compare(contract, paper(contract))
    assert [one.item for one in rows if one.doubtful] == ["seal"]
    assert rows[0].item == "seal"


def test_both_ways_of_writing_the_sum_are_shown_with_their_place(contract):
    amount = row(contract, "amount")
    assert (amount.verdict, amount.written, amount.note) == (Verdict.agree, "叁拾捌万元整（¥380,000.00）", "大写、小写也一致")
    assert amount.boxes[0].page == 1


def test_a_name_in_other_words_is_close(contract):
    assert row(contract, "name").verdict is Verdict.close


def test_a_name_without_a_label_is_found_in_the_text(contract):
    text = f"技术开发合同\n{contract.revision.name[:6]}\n{contract.revision.name[6:]}\n"
    row = next(row for row in compare(contract, scan_of(text)) if row.item == "name")
    assert (row.verdict, row.written, len(row.boxes)) == (Verdict.agree, contract.revision.name, 2)


@pytest.mark.parametrize(("item", "changes"), [
    ("amount", {"sum": "叁拾陆万元整（¥360,000.00）"}), ("amount", {"sum": "叁拾陆万元整（¥380,000.00）"}), ("amount", {"sum": "面议"}),
    ("signed_on", {"day": "2020 年 1 月 1 日"}), ("signed_on", {"day": "2026 年 2 月 30 日"}), ("party_a", {"a": "别的公司"}),
    ("party_b", {"b": "别的大学"}), ("party_b", {"expert": "别人"}), ("demand", {"demand": "WH-2026-9999"}),
    ("demand", {"demand": ""}),
])
def test_what_differs_asks_for_a_look(contract, item, changes):
    assert row(contract, item, **changes).doubtful


def test_a_part_of_the_price_is_not_taken_for_the_price(contract):
    amount = row(contract, "amount", sum="76 万元，首付 38 万元")
    assert (amount.doubtful, amount.written, amount.note) == (True, "76 万元", "登记的是其中一笔，不是总额")


def test_what_differs_is_quoted_with_the_words_around_it(contract):
    day = row(contract, "signed_on", day="2020 年 1 月 1 日")
    assert day.quote == ("签订日期：", "2020 年 1 月 1 日", "")


def test_another_kind_of_contract_asks_for_a_look(contract):
    paper = scan_of("技术服务合同\n")
    kind = next(row for row in compare(contract, paper) if row.item == "type")
    assert (kind.doubtful, kind.claimed, kind.written) == (True, "技术开发", "技术服务合同")


@pytest.mark.parametrize(("words", "doubtful"), [
    ("履行期限：自 2026-03-15 至 2027-03-14", False), ("履行期限：自 2026-03-15 至 2028-03-14", True), ("", True)])
def test_a_recorded_term_is_held_against_the_papers(contract, words, doubtful):
    contract.revision.starts_on, contract.revision.ends_on = dt.date(2026, 3, 15), dt.date(2027, 3, 14)
    row = next(row for row in compare(contract, scan_of(f"技术开发合同\n{words}\n")) if row.item == "term")
    assert (row.doubtful, row.claimed) == (doubtful, "2026-03-15 至 2027-03-14")


def test_a_scan_without_text_leaves_everything_to_a_person(contract):
    rows = compare(contract, NOTHING)
    assert len(rows) == 9
    assert all(one.doubtful for one in rows)


def test_the_last_day_stands_in_where_none_is_labelled():
    reading = read("甲方：A\n2026年5月1日起\n盖章\n2026 年 6 月 18 日")
    assert reading.signed_on == dt.date(2026, 6, 18)


def test_sums_far_from_the_price_are_left_out():
    reading = read("合同总额人民币 12.5 万元。" + "字" * 80 + "违约金 300 元")
    assert [one.amount for one in reading.sums] == [Decimal(125000)]


def test_overlap_is_one_for_the_same_and_zero_for_strangers():
    assert overlap("壁厚偏差控制", "壁厚偏差控制") == 1
    assert overlap("壁厚偏差", "轮胎硫化") == 0


def test_a_place_joins_the_characters_of_a_line():
    scan = scan_of("甲乙丙\n丁")
    assert [round(box.width * 60) for box in scan.place(0, 5)] == [3, 1]
    assert scan.where(4) == "第 1 页第 2 行"

"""The walks of 002, 003 and 004, from the first act to the result: what they print is what happened in the database."""

import pytest

from contests.scenarios import binzhou_2015, innovator_2020, weihai_centre_2022
from contests.scenarios.play import Play
from ledger import log
from models.lifecycles import Case, CaseMove


@pytest.fixture
def walk(session):
    """Play one and give its lines as one text; the ledger must hold every move."""
    def of(scenario) -> str:
        lines: list[str] = []
        scenario.play(Play(session, lines.append))
        text = "\n".join(lines)
        moves = session.query(CaseMove).all()
        assert sorted(made.ledger_index for made in moves) == list(range(len(moves)))
        assert log.verify_database(session) == []
        return text
    return of


def states(session, lifecycle: str) -> dict[str, str]:
    return {case.name: case.state for case in session.query(Case).filter_by(lifecycle=lifecycle)}


def told(text: str, *parts: str) -> bool:
    """Whether one line says all of it."""
    return any(all(part in line for part in parts) for line in text.splitlines())


@pytest.mark.slow
def test_the_years_of_two_centres(walk, session):
    text = walk(weihai_centre_2022)
    assert states(session, "centre") == {"精密刀具": "running", "碳纤维钓具": "cancelled"}
    for parts in (
            ("✗", "C342 金属加工机械制造已有“数控刀具”", "第七条"), ("✗", "“公示”由市科技局办理"),
            ("✗", "“公示”的天数还没有定"), ("✗", "“公示”到 2022 年 7 月 19 日满"), ("✗", "先办“市科技局签任务书”"),
            ("2022-08-20", "！", "“三方签订任务书”逾期"), ("2023-02-28", "✗", "不少于 9，现在是 8", "第十二条 3"),
            ("2024-03-01", "！", "最后一天是 2024-02-29"), ("✗", "各档次的分数线还没有定", "第十七条"),
            ("✗", "得分 55 属于“不合格”"), ("2026-07-21", "✗", "为止"), ("✗", "时名称不带“（筹）”"),
            ("2031-07-20", "考评不合格")):
        assert told(text, *parts), parts


@pytest.mark.slow
def test_nominations_climb_and_quotas_bind(walk, session):
    text = walk(innovator_2020)
    assert states(session, "nomination") == {
        "林试甲": "speaker", "林试乙": "speaker", "林试丙": "passed_over", "周试丁": "listed", "周试戊": "rejected",
        "吴试己": "speaker"}
    for parts in (("✗", "2020 年 6 月 20 日已经过了", "四"), ("✗", "写明“推荐”的理由"), ("✗", "名额分配表还没有定"),
                  ("✗", "海岬刀具有限公司 3，最多 2", "同一企业的不超过2人"), ("✗", "威海市 3，最多 2"),
                  ("退回修改：事迹没有写明本人作用",), ("退回地区复核",), ("✓ 参与推荐的企业（园区）科协",), ("✗ 专题视频",)):
        assert told(text, *parts), parts


@pytest.mark.slow
def test_a_year_of_returns_and_the_next(walk, session):
    text = walk(binzhou_2015)
    assert states(session, "unit_year") == {"黄河纺织有限公司": "assessed", "渤海化工有限公司": "assessed",
                                            "滨城机械有限公司": "absent"}
    for parts in (("✗", "2015 年 2 月 27 日还没到", "四1"), ("2015-07-06", "渤海化工", "逾期，最后一天是 2015-07-01"),
                  ("没有逾期的报送",), ("2016 年这届开了", "2016-03-01")):
        assert told(text, *parts), parts

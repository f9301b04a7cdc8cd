"""A sheet says what it likes of collaborations: it becomes a claim, and what people confirmed here stays as it is."""

import pytest
from sqlalchemy import func, select, update

from ingestion.sheets import exporting
from ingestion.sheets.checking import Judge
from ingestion.sheets.judging import Origin, Verdict, held_anew
from ingestion.sheets.mapping import recognised
from ingestion.sheets.tables import open_table
from models.accounts import Organisation, OrganisationKind, Role, RoleGrant
from models.audit import AuditEvent
from models.base import now
from models.claims import ClaimedContract, ClaimedEngagement
from models.contracts import Collaboration, Contract, ContractConfirmation, Verification
from models.demands import DemandStatus
from models.engagements import Engagement, Stage
from models.ledger import LedgerLeaf
from models.sheets import SheetKind
from tests import factories
from tests.support import stories

E, C = SheetKind.engagement, SheetKind.contract


def told(session, kind: SheetKind) -> list[dict[str, str]]:
    """The rows of an export by column, to be tampered with."""
    return [dict(zip(exporting.header(kind), line, strict=True)) for line in exporting.rows(session, kind)]


def judged(session, kind: SheetKind, rows: list[dict[str, str]], actor=None):
    """Rows brought in as a sheet of their columns: their verdicts, and what is written where none is refused."""
    lines = ["\t".join(rows[0]), *("\t".join(row.values()) for row in rows)]
    table = open_table("表.tsv", "\n".join(lines).encode(), kind)
    judge, origin = Judge(kind, table, recognised(table, kind)), Origin(actor)
    found = judge.judge(session, origin, table.rows)
    if not any(one.problems for one in found):
        coming = [one for one in found if one.verdict in (Verdict.new, Verdict.changed)]
        judge.rows_of.write(session, origin, held_anew(session, coming))
    return found


def wrong(found) -> list[tuple[str, str]]:
    return [(problem.column, problem.message) for one in found for problem in one.problems]


def count(session, *tables) -> list[int]:
    return [session.scalar(select(func.count()).select_from(table)) for table in tables]


@pytest.fixture
def pair(session):
    """A demand and an expert who have nothing to do with each other yet, and a row that says otherwise."""
    firm = factories.contact(session)
    demand, expert = factories.demand(session, firm), factories.expert(session)
    return {"需求编号": demand.number, "需求": demand.title, "需求单位": demand.organisation.name, "专家编号": str(expert.id),
            "专家": expert.name, "专家单位": expert.organisation.name, "怎么开始的": "专家揭榜", "走到哪一步": "签约",
            "为什么结束": "", "从哪天起": "2026-03-01", "最近变动": "2026-05-01", "来历": "双方在平台上办的"}


@pytest.fixture
def paper(session, pair):
    """A contract that a sheet claims to be verified, after its engagement came in."""
    judged(session, E, [pair])
    return {key: pair[key] for key in ("需求编号", "需求单位", "专家编号", "专家")} | {
        "合同编号": "XJ-2026-1", "合同名称": "跳动控制", "合同类型": "技术开发", "签订日期": "2026.4.1", "合同金额（万元）": "38",
        "预计创效（万元）": "120", "甲方": pair["需求单位"], "乙方": pair["专家单位"], "状态": "已成合作", "核验": "原件已核",
        "合作编号": "HT-2026-0001", "来历": "双方在平台上办的"}


def test_whatever_a_sheet_says_nothing_is_confirmed_verified_or_in_the_ledger(session, pair, paper):
    assert [one.verdict for one in judged(session, C, [paper])] == [Verdict.new]
    real = (Engagement, Contract, ContractConfirmation, Collaboration, Verification, LedgerLeaf)
    assert count(session, *real) == [0] * len(real)
    assert count(session, ClaimedEngagement, ClaimedContract) == [1, 1]
    assert told(session, C)[0]["来历"] == told(session, E)[0]["来历"] == "旧表所写，还没有人确认"
    actions = set(session.scalars(select(AuditEvent.action)))
    assert {"engagement.claimed", "contract.claimed"} <= actions


def test_the_same_sheet_again_is_nothing_new(session, pair, paper):
    judged(session, C, [paper])
    assert [one.verdict for kind, row in ((E, pair), (C, paper)) for one in judged(session, kind, [row])] \
        == [Verdict.unchanged] * 2


def test_what_people_confirmed_is_refused_in_the_columns_that_differ(session):
    stories.confirmed(session, stories.talks(session))
    [contract], [engagement] = told(session, C), told(session, E)
    assert [column for column, _ in wrong(judged(session, C, [contract | {"合同金额（万元）": "99", "核验": "原件已核"}]))] \
        == ["合同金额（万元）", "核验"]
    assert [column for column, _ in wrong(judged(session, E, [engagement | {"走到哪一步": "试验"}]))] == ["走到哪一步"]
    assert count(session, ClaimedEngagement, ClaimedContract) == [0, 0]


def test_a_row_may_not_point_at_somebody_elses_organisation(session, pair):
    other = factories.organisation(session)
    assert wrong(judged(session, E, [pair | {"需求单位": other.name}]))[0][0] == "需求单位"
    elsewhere = factories.demand(session)
    columns = [column for column, _ in wrong(judged(session, E, [pair | {"需求编号": elsewhere.number}]))]
    assert columns == ["需求单位"]  # the titles of both demands are the same


@pytest.mark.parametrize(("column", "value"), [("需求编号", "WH-2026-9999"), ("专家编号", "不是编号"), ("专家编号", ""),
                                               ("怎么开始的", "自己来的"), ("从哪天起", "2999-01-01"), ("走到哪一步", "已结束")])
def test_a_changed_key_or_a_value_that_is_none_is_named_by_its_column(session, pair, column, value):
    found = wrong(judged(session, E, [pair | {column: value}]))
    assert found[0][0] == ("为什么结束" if value == "已结束" else column)
    assert count(session, ClaimedEngagement) == [0]


def test_without_a_column_that_says_whom_no_row_comes_in(session, pair):
    table = open_table("表.tsv", "\n".join(("需求编号\t走到哪一步", f"{pair['需求编号']}\t签约")).encode(), E)
    assert "专家编号" in Judge(E, table, recognised(table, E)).refusal()


def test_the_same_paper_is_not_claimed_between_two_pairs(session, pair, paper):
    judged(session, C, [paper])
    other = factories.expert(session)
    mine = {"专家编号": str(other.id), "专家": other.name, "专家单位": other.organisation.name}
    judged(session, E, [pair | mine])
    assert wrong(judged(session, C, [paper | {key: mine[key] for key in ("专家编号", "专家")} | {"合同编号": "xj 2026—1"}])) \
        == [("合同编号", "这个合同号已经在另一次对接里登记过。请核对合同号")]


def test_a_contract_without_its_engagement_is_refused(session, pair, paper):
    other = factories.expert(session)
    found = wrong(judged(session, C, [paper | {"专家编号": str(other.id), "专家": other.name}]))
    assert found == [("需求编号", "这条需求和这位专家之间没有对接。先导入对接")]


def test_a_claim_changes_by_sheet_until_somebody_has_answered_it(session, pair):
    judged(session, E, [pair])
    changed = pair | {"走到哪一步": "试验"}
    assert [one.verdict for one in judged(session, E, [changed])] == [Verdict.changed]
    session.expire_all()
    assert session.scalars(select(ClaimedEngagement)).one().stage is Stage.trial
    session.execute(update(ClaimedEngagement).values(expert_confirmed_at=now()))
    assert [column for column, _ in wrong(judged(session, E, [pair]))] == ["走到哪一步"]


def test_formulas_stay_text_both_ways(session, pair, paper):
    judged(session, C, [paper | {"合同名称": "'=HYPERLINK(\"http://x\")"}])
    assert session.scalars(select(ClaimedContract)).one().name == "=HYPERLINK(\"http://x\")"
    assert b"<f>" not in exporting.workbook(C, list(exporting.rows(session, C)))


def test_a_text_that_was_held_back_changes_nothing_and_makes_nothing_new(session):
    demand = factories.demand(session, source="file", external_id="a1", number=None, industry_code="C2444")
    [row] = told(session, SheetKind.demand)
    sealed = row | {"难题": "（未公开）", "需求单位": "（未公开）", "指标": "（未公开）"}
    assert [one.verdict for one in judged(session, SheetKind.demand, [sealed])] == [Verdict.unchanged]
    found = judged(session, SheetKind.demand, [sealed | {"编号": "a2", "标题": "别的题目"}])
    assert {column for column, _ in wrong(found)} == {"难题", "需求单位", "指标"}
    assert demand.problem


def test_a_demand_that_was_settled_elsewhere_is_not_open_again(session):
    row = {"编号": "z9", "标题": "已经办结的题目", "难题": "办结了", "榜上状态": "已办结"}
    judged(session, SheetKind.demand, [row])
    assert told(session, SheetKind.demand)[-1]["榜上状态"] == "已到期"
    draft = row | {"编号": "z10", "标题": "还是草稿的题目", "榜上状态": "草稿"}
    judged(session, SheetKind.demand, [draft])
    assert session.scalar(select(func.count()).where(exporting.Demand.status == DemandStatus.draft)) == 1


@pytest.mark.parametrize("role", ["工作人员", "管理员", "评委"])
def test_no_sheet_makes_anybody_staff(session, role):
    row = {"姓名": "林试", "手机号": "13900000000", "邮箱": "a@jiebang.example", "身份": role, "单位": "海岬总工会"}
    assert wrong(judged(session, SheetKind.member, [row])) == [("身份", "身份写 企业、专家、促成人")]


def test_a_member_of_a_sheet_waits_for_staff_and_takes_over_no_account(session):
    taken = factories.contact(session)
    firm = factories.organisation(session, OrganisationKind.enterprise)
    row = {"姓名": "林试", "手机号": "13900000000", "邮箱": "a@jiebang.example", "身份": "企业", "单位": firm.name,
           "办到哪一步": "已入驻"}
    judged(session, SheetKind.member, [row])
    grant = session.scalars(select(RoleGrant).where(RoleGrant.organisation_id == firm.id)).one()
    assert (grant.role, grant.status.value, grant.user.password_hash) == (Role.enterprise, "applied", "!")
    found = wrong(judged(session, SheetKind.member, [row | {"手机号": taken.phone}]))
    assert {column for column, _ in found} >= {"手机号"}
    assert session.scalars(select(Organisation).where(Organisation.name == firm.name)).one() is not None

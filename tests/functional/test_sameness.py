"""What may be the same thing twice is offered at entry and on the staff's page; a person decides."""

import re

import pytest
from sqlalchemy import func, select

from models.accounts import OrganisationKind
from models.capabilities import Capability
from models.demands import Confidentiality, DemandStatus
from models.sameness import DemandCluster, RecordMerge
from tests import factories
from tests.support.matching_days import index
from web.likeness import near_demands, near_each, public_text

SAME = "/staff/same"
TITLE, PROBLEM = "碳纤维钓竿插接处跳动超差", "碳纤维多节竿插接后跳动量在 0.08 mm 左右，返修率高。"


@pytest.fixture
def clerk(session):
    return factories.staff(session)


def found(session, *demands):
    """The demands, in the search's index."""
    index(session, list(demands), [])
    return demands


def test_a_demand_like_the_one_being_written_is_shown_beside_the_form(client, session):
    [there], person = found(session, factories.demand(session)), factories.contact(session)
    page = client.login(person).post("/my/demands/hints", data={"step": "1", "title": TITLE, "problem": PROBLEM}).text
    assert "有相近的需求" in page
    assert there.number in page
    other = client.post("/my/demands/hints", data={"step": "1", "title": "海参复水后口感发硬", "problem": "冻干海参复水倍数低"})
    assert "有相近的需求" not in other.text


def test_a_confidential_demand_is_compared_by_its_public_words_only(client, session):
    sealed = factories.demand(session, title="一种薄壁件的装配精度", abstract="薄壁件装配", confidentiality=Confidentiality.summary)
    found(session, sealed, factories.demand(session, confidentiality=Confidentiality.internal))
    page = client.login(factories.contact(session)).post(
        "/my/demands/hints", data={"step": "1", "title": TITLE, "problem": PROBLEM}).text
    assert "有相近的需求" not in page


def test_a_capability_like_an_own_one_is_saved_only_when_it_is_meant(client, session):
    expert = factories.expert(session)
    factories.capability(session, expert)
    form = {"title": "薄壁管件插接精度控制技术", "summary": "碳纤维薄壁管在线磨削与配对，跳动量稳定在 0.025 mm 以内，节拍 35 秒。",
            "field": "机械制造", "go": "save"}
    page = client.login(expert.user).post("/my/capabilities/new", data=form).text
    assert "您已有相近的本领" in page
    assert session.scalar(select(func.count()).select_from(Capability)) == 1
    sure = re.search(r'name="same_sure" value="(\d)"', page)[1]
    assert client.post("/my/capabilities/new", data=form | {"same_sure": sure}).status_code == 302
    assert session.scalar(select(func.count()).select_from(Capability)) == 2


def test_staff_merge_two_organisations_that_are_one(client, session, clerk):
    old = factories.organisation(session, name="澜竿渔具", uscc=None)
    kept = factories.organisation(session, name="威海澜竿渔具有限公司")
    page = client.login(clerk).get(SAME).text
    assert "可能是同一家单位，1 对" in page
    form = {"first": old.id, "second": kept.id, "keep": kept.id, "reason": ""}
    refused = client.post(f"{SAME}/organisations", data=form)
    assert (refused.status_code, "合并的理由" in refused.text) == (422, True)
    assert client.post(f"{SAME}/organisations", data=form | {"reason": "导入时没有代码"}).status_code == 302
    assert session.query(RecordMerge).one().kept_id == kept.id
    page = client.get(SAME).text
    assert "可能是同一家单位，0 对" in page
    assert "澜竿渔具 并入 威海澜竿渔具有限公司" in page


def test_two_credit_codes_are_two_organisations(client, session, clerk):
    factories.organisation(session, name="澜竿渔具")
    factories.organisation(session, name="威海澜竿渔具有限公司")
    factories.organisation(session, OrganisationKind.university, name="澜竿渔具学院", uscc=None)
    assert "可能是同一家单位，0 对" in client.login(clerk).get(SAME).text


def test_the_same_problem_of_two_enterprises_becomes_a_cluster_on_both_pages(client, session, clerk):
    one, two = found(session, factories.demand(session), factories.demand(session, title="多节碳纤维钓竿插接跳动量超差"))
    page = client.login(clerk).get(SAME).text
    assert "几家企业可能是同一个难题，1 对" in page
    form = {"first": one.id, "second": two.id, "title": "钓竿插接跳动"}
    assert client.post(f"{SAME}/clusters", data=form).status_code == 302
    assert "还有 1 条需求是同一个难题" in client.get(f"/demands/{one.id}").text
    assert one.number in client.get(f"/demands/{two.id}").text
    cluster = session.query(DemandCluster).one()
    assert client.post(f"{SAME}/clusters/{cluster.id}/ungroup").status_code == 302
    assert session.query(DemandCluster).count() == 0


def test_the_same_demand_of_one_enterprise_is_merged(client, session, clerk):
    person = factories.contact(session)
    one, twice = found(session, factories.demand(session, person), factories.demand(session, person))
    assert "同一家企业的相近需求，1 对" in client.login(clerk).get(SAME).text
    form = {"first": one.id, "second": twice.id, "keep": one.id, "reason": "发了两遍"}
    assert client.post(f"{SAME}/demands", data=form).status_code == 302
    assert twice.status is DemandStatus.withdrawn
    assert client.post(f"{SAME}/demands", data=form).status_code == 409


def test_all_at_once_no_fewer_are_found_than_one_by_one(app, session):
    said = [(TITLE, PROBLEM), ("多节碳素渔竿接口跳动量偏大", "碳素多节鱼竿装配后接口处跳动 0.1 mm，返工率一成多。"),
            ("贴片线换线时间过长", "6 条贴片线平均每次换线 42 分钟。"), ("SMT 产线换线慢", "贴片线换线一次要 40 多分钟。"),
            ("轮胎硫化时间长", "全钢胎硫化 48 分钟，能耗高。"), ("碳纤维钓竿", "")]
    sealed = factories.demand(session, title="多节渔竿接口跳动大", abstract=PROBLEM, confidentiality=Confidentiality.summary)
    demands = found(session, sealed, *(factories.demand(session, title=title, problem=body) for title, body in said))
    with app.test_request_context(SAME):
        one_by_one = [near_demands(*public_text(demand), besides=demand.id) for demand in demands]
        together = near_each(demands)
    for one, all_of_it in zip(one_by_one, together, strict=True):
        assert {near.demand.id for near in one} <= {near.demand.id for near in all_of_it}
    assert demands[0].id in {near.demand.id for near in together[2]}
    assert sum(map(len, one_by_one)) >= 6


def test_members_do_not_merge(client, session):
    person = factories.contact(session)
    assert client.login(person).get(SAME).status_code == 403
    assert client.post(f"{SAME}/organisations", data={}).status_code == 403

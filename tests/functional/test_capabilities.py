"""An expert writes down what they can do."""

import html
import re
import uuid

import pytest
from sqlalchemy import func, select

from models.audit import AuditEvent
from models.capabilities import Capability, CapabilityStatus
from models.index import OutboxRow
from tests import factories

FIELDS = {
    "title": "薄壁管件插接精度控制", "summary": "对碳纤维薄壁管做在线磨削与配对，跳动量稳定在 0.025 mm 以内。", "field": "机械制造",
    "claim-0-text": "插接跳动量由 0.08 mm 降到 0.025 mm", "claim-0-year": "2025", "claim-0-proof": "test_report"}


@pytest.fixture
def expert(session):
    return factories.expert(session)


@pytest.fixture
def member(client, expert, noon):
    return client.login(expert.user)


def post_new(client, fields=FIELDS):
    key = re.search(r'name="key" value="([^"]+)"', client.get("/my/capabilities/new").text)[1]
    return client.post("/my/capabilities/new", data=fields | {"key": key}), key


def test_posting_one(member, session):
    _, key = post_new(member)
    posted = session.get(Capability, uuid.UUID(key))
    assert posted.claims[0].year == 2025
    assert posted.title in member.get("/my/capabilities").text


def test_the_same_form_twice_posts_one(member, session):
    _, key = post_new(member)
    member.post("/my/capabilities/new", data=FIELDS | {"key": key})
    assert session.scalar(select(func.count()).select_from(Capability)) == 1


@pytest.mark.parametrize(("field", "typed", "says"), [
    ("title", "短", "标题至少 6 字"), ("claim-0-year", "2099", "不晚于今年"), ("claim-0-proof", "gossip", "选第 1 条的凭据"),
    ("summary", "打 19900000001 找我，什么都能做，做得又快又好，价格公道", "不要写电话"), ("field", "x\x00y", "控制字符")])
def test_a_wrong_field_says_why_and_keeps_the_rest(member, session, field, typed, says):
    answer, _ = post_new(member, FIELDS | {field: typed})
    assert answer.status_code == 422
    assert says in answer.text
    assert f'id="{field}-error"' in answer.text
    assert field == "claim-0-text" or FIELDS["claim-0-text"] in answer.text
    assert session.scalar(select(func.count()).select_from(Capability)) == 0


def test_html_stays_text(member):
    nasty = "<svg/onload=alert(1)> 三十个字以上的简介内容用来过长度检查"
    page = post_new(member, FIELDS | {"title": nasty, "summary": "短"})[0].text
    assert nasty not in page
    assert html.escape(nasty) in page


def test_hiding_and_showing(member, session, expert):
    posted = factories.capability(session, expert)
    member.post(f"/my/capabilities/{posted.id}/visible", data={"on": "0"})
    assert session.get(Capability, posted.id).status is CapabilityStatus.hidden


def test_another_expert_finds_nothing(client, session, expert):
    posted = factories.capability(session, expert)
    client.login(factories.expert(session).user)
    assert client.get(f"/my/capabilities/{posted.id}").status_code == 404
    assert client.post(f"/my/capabilities/{posted.id}/visible", data={"on": "0"}).status_code == 404


def test_staff_mark_a_proof_they_saw(client, session, expert):
    posted = factories.capability(session, expert)
    client.login(factories.staff(session)).post(f"/staff/members/claims/{posted.claims[0].id}", data={"seen": "1"})
    assert session.get(Capability, posted.id).claims[0].verified


class TestDesk:
    def test_an_expert_is_told_to_write_the_first_capability(self, member):
        assert "登记第一条本领" in member.get("/desk").text

    def test_an_enterprise_sees_what_was_returned(self, client, session):
        demand = factories.demand(session, status="returned")
        assert "补正退回的需求" in client.login(demand.author).get("/desk").text

    def test_a_newcomer_sees_that_staff_look(self, client, session):
        person = factories.user(session)
        factories.grant(session, person, "broker", factories.organisation(session), "applied")
        assert "正在等工会核对" in client.login(person).get("/desk").text

    def test_staff_see_their_queues(self, client, session):
        factories.demand(session, status="submitted")
        assert "1 条需求等诊断" in client.login(factories.staff(session)).get("/desk").text

    def test_recommendations_can_be_switched_off(self, member, session, expert):
        expert.user.personalised = False
        assert "您关掉了按本领推荐" in member.get("/my/matches").text


def hidden(session, expert, number: int = 3) -> list[Capability]:
    return [factories.capability(session, expert, status=CapabilityStatus.hidden) for _ in range(number)]


def publish(client, *ticked: Capability):
    return client.post("/my/capabilities/publish", data={"chosen": [f"{one.id} {one.version}" for one in ticked]})


def states(session, *some: Capability) -> list[CapabilityStatus]:
    session.expire_all()
    return [one.status for one in some]


PUBLISHED, HIDDEN = CapabilityStatus.published, CapabilityStatus.hidden


def test_what_is_ticked_is_posted_at_once_and_the_rest_stays_hidden(member, session, expert):
    first, second, third = hidden(session, expert)
    page = member.get("/my/capabilities/publish").text
    assert page.count('name="chosen"') == 3
    assert publish(member, first, third).status_code == 302
    assert states(session, first, second, third) == [PUBLISHED, HIDDEN, PUBLISHED]
    shown = session.scalars(select(AuditEvent.subject_id).where(AuditEvent.action == "capability.shown")).all()
    assert set(shown) == {first.id, third.id}
    assert {first.id, third.id} <= set(session.scalars(select(OutboxRow.posting_id)))


def test_of_several_one_that_changed_meanwhile_keeps_all_hidden(member, session, expert):
    first, second, _ = hidden(session, expert)
    seen = [f"{first.id} {first.version}", f"{second.id} {second.version - 1}"]
    answer = member.post("/my/capabilities/publish", data={"chosen": seen})
    assert answer.status_code == 409
    assert "一条也没有公开" in answer.text
    assert states(session, first, second) == [HIDDEN, HIDDEN]


def test_nobody_elses_is_posted_along(member, session, expert):
    own, other = hidden(session, expert, 1)[0], hidden(session, factories.expert(session), 1)[0]
    assert publish(member, own, other).status_code == 404
    assert states(session, own, other) == [HIDDEN, HIDDEN]


@pytest.mark.parametrize("typed", [
    "", "x", "0 0 0", "00000000-0000-0000-0000-000000000000", "١ ١", "\x00 1", f"{uuid.UUID(int=1)} {'9' * 5000}"])
def test_a_form_that_names_nothing_posts_nothing(member, session, expert, typed):
    mine = hidden(session, expert)
    assert member.post("/my/capabilities/publish", data={"chosen": typed}).status_code == 422
    assert member.post("/my/capabilities/publish").status_code == 422
    assert states(session, *mine) == [HIDDEN] * 3


def test_the_same_press_twice_says_that_it_is_done(member, session, expert):
    mine = hidden(session, expert)
    seen = {"chosen": [f"{one.id} {one.version}" for one in mine]}
    assert member.post("/my/capabilities/publish", data=seen).status_code == 302
    assert member.post("/my/capabilities/publish", data=seen).status_code == 409
    assert "没有收起的本领" in member.get("/my/capabilities/publish").text

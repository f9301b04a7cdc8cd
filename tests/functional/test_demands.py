"""需求大厅 and a demand's page: who finds what, who reads what, what the owner and the expert see."""

import datetime as dt
import re
import uuid

import pytest
from flask import url_for

from matching.encoders.embedding import load_encoder
from matching.vectors import index_postings
from models.base import today
from models.capabilities import Dismissal, DismissalCode
from models.demands import Confidentiality, CooperationType, DemandStatus, DisclosureLog, Follow
from models.index import PostingKind
from tests import factories

SECRET = "配方里的固化剂是竿宝 7 号"


def page_of(demand) -> str:
    return f"/demands/{demand.id}"


def text(response, status: int = 200) -> str:
    assert response.status_code == status
    return response.text


def confidential(session, level=Confidentiality.summary, **columns):
    return factories.demand(session, confidentiality=level, problem=SECRET, abstract="薄壁管件精度问题", **columns)


class TestHall:
    def test_lists_what_is_open_and_counts_it(self, client, session):
        factories.demand(session, title="客船薄板焊接变形")
        factories.demand(session, title="没写完的草稿", status=DemandStatus.draft)
        shown = text(client.get("/demands"))
        assert "客船薄板焊接变形" in shown
        assert "找到 1 条" in shown
        assert "没写完的草稿" not in shown

    def test_an_internal_demand_is_never_listed(self, client, session):
        confidential(session, Confidentiality.internal, title="不公开的难题")
        assert "不公开的难题" not in text(client.get("/demands?taken=1"))

    def test_taken_ones_appear_on_request_with_their_stamp(self, client, session):
        factories.demand(session, title="已经有人揭了", status=DemandStatus.taken)
        assert "已经有人揭了" not in text(client.get("/demands"))
        shown = text(client.get("/demands?taken=1"))
        assert "已经有人揭了" in shown
        assert "jb-stamp" in shown

    def test_a_passed_last_day_closes_it_before_the_nightly_job_does(self, client, session):
        factories.demand(session, title="昨天截止的", deadline=today() - dt.timedelta(days=1))
        assert "昨天截止的" not in text(client.get("/demands"))

    def test_filters_of_different_kinds_narrow_and_of_one_kind_widen(self, client, session):
        factories.demand(session, title="甲需求", district_code="371002", cooperation_type=CooperationType.service)
        factories.demand(session, title="乙需求", district_code="371082", cooperation_type=CooperationType.service)
        factories.demand(session, title="丙需求", district_code="371082", cooperation_type=CooperationType.development)
        shown = text(client.get("/demands?district=371002&district=371082&type=service"))
        assert [name in shown for name in ("甲需求", "乙需求", "丙需求")] == [True, True, False]

    def test_budgets_fall_into_one_range_each(self, client, session):
        factories.demand(session, title="十八万的", budget_min=None, budget_max=180000)
        factories.demand(session, title="面议的", budget_min=None, budget_max=None)
        assert "十八万的" in text(client.get("/demands?budget=under20"))
        assert "十八万的" not in text(client.get("/demands?budget=20to50"))
        assert "面议的" in text(client.get("/demands?budget=open"))

    def test_an_empty_result_says_which_condition_to_drop(self, client, session):
        factories.demand(session, district_code="371082")
        shown = text(client.get("/demands?district=371002"))
        assert "去掉“环翠区”会有 1 条" in shown

    def test_search_finds_by_content_and_by_number(self, client, session, settings):
        wanted = factories.demand(session, title="钓竿管坯卷制后固化起皱", number="WH-2026-9001")
        other = factories.demand(session, title="食堂餐具回收分拣")
        index_postings(session, load_encoder(light=True), PostingKind.demand, [wanted.id, other.id])
        for words in ("固化起皱", "wh-2026-9001"):
            shown = text(client.get("/demands", query_string={"q": words}))
            assert ("钓竿管坯" in shown, "食堂餐具" in shown) == (True, False)

    def test_htmx_gets_the_list_alone(self, client, session):
        factories.demand(session, title="客船薄板焊接变形")
        shown = text(client.get("/demands", headers={"HX-Request": "true", "HX-Target": "results"}))
        assert "客船薄板焊接变形" in shown
        assert "<html" not in shown
        assert "HX-Target" in client.get("/demands").headers["Vary"]

    @pytest.mark.parametrize("query", ["page=9999", "page=-1", "page=abc", "type=x&district='--&budget=%00",
                                       "q=%F0%9F%98%80", "q=%00", "q=" + "长" * 900, "q=%", "taken=2&sort=none"])
    def test_odd_addresses_get_a_plain_answer(self, client, session, query):
        factories.demand(session)
        assert client.get(f"/demands?{query}").status_code == 200


class TestPage:
    def test_a_visitor_reads_a_public_demand_and_is_offered_to_take_it(self, client, session):
        demand = factories.demand(session)
        shown = text(client.get(page_of(demand)))
        assert demand.problem in shown
        assert f"/demands/{demand.id}/take" in shown

    def test_no_phone_and_no_address_of_the_author_is_shown(self, client, session):
        demand = factories.demand(session)
        shown = text(client.get(page_of(demand)))
        assert demand.author.phone not in shown
        assert demand.author.email not in shown

    def test_of_a_confidential_one_others_see_neither_text_nor_firm(self, client, session):
        demand = confidential(session, attachments=[])
        shown = text(client.get(page_of(demand)))
        assert "薄壁管件精度问题" in shown
        assert SECRET not in shown
        assert demand.organisation.name not in shown
        assert demand.organisation.short_name not in shown

    @pytest.mark.parametrize("status", [DemandStatus.draft, DemandStatus.submitted, DemandStatus.returned])
    def test_what_is_not_posted_is_not_there(self, client, session, status):
        assert client.get(page_of(factories.demand(session, status=status))).status_code == 404

    def test_an_unknown_one_is_not_there(self, client):
        assert client.get(f"/demands/{uuid.uuid4()}").status_code == 404

    def test_html_in_every_field_is_text(self, client, session):
        wild = "<script>alert(1)</script>"
        demand = factories.demand(session, title=wild, problem=wild, tried=wild, offers=wild, ownership=wild,
                                  constraints=wild, targets=((wild, wild, wild, True),))
        assert wild not in text(client.get(page_of(demand)))
        assert wild not in text(client.get("/demands"))

    def test_a_taken_one_carries_the_stamp_and_no_corner(self, client, session):
        shown = text(client.get(page_of(factories.demand(session, status=DemandStatus.taken))))
        assert "已揭榜" in shown
        assert "jb-lift" not in shown


class TestFullText:
    def opening(self, session, client):
        engaged = factories.engagement(session, confidential(session, Confidentiality.nda))
        client.login(engaged.expert.user)
        return engaged.demand

    def test_opens_with_the_promise_and_the_enterprise_sees_who(self, client, session):
        demand = self.opening(session, client)
        assert SECRET not in text(client.get(page_of(demand)))
        client.post(f"{page_of(demand)}/full", data={"promise": "1"})
        assert SECRET in text(client.get(page_of(demand)))
        reader = session.query(DisclosureLog).one().user.name
        assert reader in text(client.login(demand.author).get(page_of(demand)))

    def test_not_without_the_promise(self, client, session):
        demand = self.opening(session, client)
        assert client.post(f"{page_of(demand)}/full").status_code == 422
        assert session.query(DisclosureLog).count() == 0

    def test_not_for_an_expert_who_is_not_in_talks(self, client, session):
        demand = confidential(session, Confidentiality.nda)
        client.login(factories.expert(session).user)
        assert client.post(f"{page_of(demand)}/full", data={"promise": "1"}).status_code == 403


class TestRecommendations:
    @pytest.fixture
    def pair(self, session):
        demand = factories.demand(session, title="薄壁管件插接跳动量超差")
        capability = factories.capability(session)
        encoder = load_encoder(light=True)
        index_postings(session, encoder, PostingKind.demand, [demand.id])
        index_postings(session, encoder, PostingKind.capability, [capability.id])
        return demand, capability.expert

    def test_the_owner_sees_candidates_target_by_target_and_where_they_end(self, client, pair):
        demand, expert = pair
        shown = text(client.login(demand.author).get(page_of(demand)))
        assert expert.name in shown
        assert "<mark>" in shown
        assert "后面没有合适的了" in shown

    def test_nobody_else_does(self, client, session, pair):
        demand, expert = pair
        client.login(factories.contact(session))
        assert "推荐的人选" not in text(client.get(page_of(demand)))

    def test_the_expert_sees_their_own_match(self, client, pair):
        demand, expert = pair
        assert "您对得上几项" in text(client.login(expert.user).get(page_of(demand)))

    def test_not_after_turning_recommendations_off(self, client, session, pair):
        demand, expert = pair
        expert.user.personalised = False
        assert "您对得上几项" not in text(client.login(expert.user).get(page_of(demand)))

    def test_a_dismissed_candidate_stays_away(self, client, session, pair):
        demand, expert = pair
        form = {"code": "too_far", "expert_id": str(expert.id)}
        client.login(demand.author).post(f"{page_of(demand)}/dismiss", data=form)
        assert session.query(Dismissal).one().code is DismissalCode.too_far
        assert expert.name not in text(client.get(page_of(demand)))

    @pytest.mark.parametrize("form", [{}, {"code": "ugly"}, {"code": "budget", "expert_id": "x"}])
    def test_a_dismissal_without_a_known_reason_is_refused(self, client, session, pair, form):
        demand, _expert = pair
        assert client.login(demand.author).post(f"{page_of(demand)}/dismiss", data=form).status_code == 422
        assert session.query(Dismissal).count() == 0

    def test_a_relaxed_look_changes_nothing(self, client, session, pair):
        demand, _expert = pair
        assert "当作“最好有”来找" in text(client.login(demand.author).get(f"{page_of(demand)}?relax=1"))
        assert demand.targets[0].required


class TestFollowing:
    def test_on_and_off(self, client, session):
        demand = factories.demand(session)
        client.login(factories.expert(session).user)
        client.post(f"{page_of(demand)}/follow")
        assert session.query(Follow).count() == 1
        client.post(f"{page_of(demand)}/follow", data={"off": "1"})
        assert session.query(Follow).count() == 0

    def test_visitors_are_asked_to_log_in(self, client, app, session):
        response = client.post(f"{page_of(factories.demand(session))}/follow")
        with app.test_request_context():
            assert response.location.startswith(url_for("session.login"))


def test_an_imported_demand_waits_for_takers_not_for_its_submission(client, session):
    demand = factories.demand(session, submitted_at=None, organisation=None, author=None)
    now = re.search(r'aria-current="step"[^>]*>.*?</li>', client.get(f"/demands/{demand.id}").text, re.S)[0]
    assert "等人揭榜" in now

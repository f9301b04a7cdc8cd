"""What everybody can open: the first page, experts, contests, guide, explanations, refusals."""

import re
import uuid

import pytest

from models.accounts import Admission, ExpertKind
from models.base import today
from models.capabilities import CapabilityStatus
from models.contests import Season
from models.demands import DemandStatus
from tests import factories

PLAIN = ["/", "/demands", "/experts", "/contests", "/guide", "/about/matching", "/about/privacy", "/about/access",
         "/login"]


def text(response, status: int = 200) -> str:
    assert response.status_code == status
    return response.text


@pytest.mark.parametrize("path", PLAIN)
class TestEveryPage:
    def test_has_one_h1_a_title_and_a_way_past_the_navigation(self, client, path):
        shown = text(client.get(path))
        assert len(re.findall(r"<h1\b", shown)) == 1
        assert re.search(r"<title>\S", shown)
        assert 'href="#main"' in shown

    def test_grows_in_care_mode_and_offers_the_way_out(self, client, path):
        client.set_cookie("care", "1")
        shown = text(client.get(path))
        assert "data-care" in shown
        assert "退出关怀版" in shown

    def test_names_each_static_file_by_its_content(self, client, path):
        addresses = re.findall(r'(?:href|src)="(/static/[^"#]+)', text(client.get(path)))
        assert addresses
        assert [one for one in addresses if "?v=" not in one and not one.endswith(".woff2")] == []


class TestHome:
    def test_its_figures_are_what_they_open(self, client, session):
        factories.demand(session)
        factories.demand(session, status=DemandStatus.taken)
        factories.expert(session)
        figures = re.findall(r"<dt>(正在张榜|已入驻专家与工匠)</dt><dd><b>(\d+)</b>", text(client.get("/")))
        assert dict(figures) == {"正在张榜": "1", "已入驻专家与工匠": "1"}
        assert "找到 1 条" in text(client.get("/demands"))
        assert "找到 1 人" in text(client.get("/experts"))

    def test_stands_without_any_demand(self, client):
        assert "企业有难题" in text(client.get("/"))

    def test_shows_the_season_that_is_open(self, client, session, noon):
        session.add(Season(code="weihai-2020", year=today().year))
        shown = text(client.get("/"))
        assert "正在报名" in shown
        assert "起止日期另行公布" in shown


class TestExperts:
    def test_an_expert_is_found_by_what_they_can_do(self, client, session):
        factories.capability(session, factories.expert(session, name="林守拙"), title="无心磨床圆度控制")
        factories.expert(session, name="宋远帆")
        shown = text(client.get("/experts", query_string={"q": "无心磨床"}))
        assert ("林守拙" in shown, "宋远帆" in shown) == (True, False)

    def test_kinds_are_told_apart(self, client, session):
        factories.expert(session, name="林守拙", kind=ExpertKind.skilled)
        factories.expert(session, name="宋远帆")
        shown = text(client.get("/experts?kind=skilled"))
        assert ("林守拙" in shown, "宋远帆" in shown) == (True, False)

    def test_who_is_no_longer_admitted_is_not_listed(self, client, session):
        gone = factories.expert(session, name="林守拙")
        gone.user.grants[0].status = Admission.revoked
        assert "林守拙" not in text(client.get("/experts"))
        assert client.get(f"/experts/{gone.id}").status_code == 404

    def test_the_page_shows_proof_and_no_phone(self, client, session):
        expert = factories.capability(session).expert
        shown = text(client.get(f"/experts/{expert.id}"))
        assert "检测报告 2025" in shown
        assert "未核" in shown
        assert expert.user.phone not in shown
        assert expert.user.email not in shown

    def test_a_hidden_capability_stays_hidden(self, client, session):
        hidden = factories.capability(session, title="不想让人看的", status=CapabilityStatus.hidden)
        assert "不想让人看的" not in text(client.get(f"/experts/{hidden.expert_id}"))

    @pytest.mark.parametrize("query", ["kind=x", "district=%27", "page=0", "q=%25_%5C", "q=%00"])
    def test_odd_addresses_get_a_plain_answer(self, client, session, query):
        factories.expert(session)
        assert client.get(f"/experts?{query}").status_code == 200


class TestContests:
    @pytest.fixture
    def season(self, session):
        return factories.add(session, Season(code="weihai-2020", year=2026))

    def test_each_rule_names_its_clause(self, client, season):
        shown = text(client.get(f"/contests/{season.id}"))
        assert "威工发〔2020〕16号" in shown
        assert shown.count("出处：") > 20
        assert "2026 年 1 月 1 日到 2026 年 12 月 31 日" in shown

    def test_what_the_notice_leaves_open_is_said(self, client, season):
        assert "通知没有写" in text(client.get(f"/contests/{season.id}"))

    def test_only_staff_read_the_remarks_on_the_notice(self, client, session, season):
        assert "通知里要留意的地方" not in text(client.get(f"/contests/{season.id}"))
        client.login(factories.staff(session))
        assert "通知里要留意的地方" in text(client.get(f"/contests/{season.id}"))

    def test_an_unknown_season_is_not_there(self, client):
        assert client.get(f"/contests/{uuid.uuid4()}").status_code == 404


class TestRefusals:
    def test_an_unknown_page_offers_a_search(self, client):
        shown = text(client.get("/nothing-here"), 404)
        assert 'action="/demands"' in shown

    def test_a_page_of_another_role_says_who_may_open_it(self, client, session):
        client.login(factories.contact(session))
        assert "能打开的人" in text(client.get("/staff/board"), 403)


class TestFailedForm:
    def test_the_summary_links_to_each_field_and_the_title_says_so(self, client):
        shown = text(client.post("/login", data={"login": "", "password": ""}), 422)
        assert "<title>出错了：" in shown
        assert "有 2 处要改" in shown
        assert 'href="#login"' in shown
        assert 'aria-describedby="login-error"' in shown

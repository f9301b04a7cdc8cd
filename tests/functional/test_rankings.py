"""推荐排序 under the staff desk: read the comparison, choose, hold, go back, stop; each with a reason and audited."""

import pytest

from matching.learning import rankers
from models.accounts import Role
from models.audit import AuditEvent
from models.rankers import RankerState
from tests import factories


@pytest.fixture
def version(session):
    return factories.ranker_version(session)


@pytest.fixture
def desk(client, session):
    return client.login(factories.staff(session))


def acts(session) -> list[str]:
    return [event.action for event in session.query(AuditEvent).order_by(AuditEvent.at)
            if event.action.startswith("ranker.")]


def test_without_any_version_the_page_says_what_comes(desk):
    page = desk.get("/staff/ranking").text
    assert "基础排序" in page
    assert "还没有学出一版" in page


def test_the_overview_shows_the_figure_and_why_it_waits(desk, version, session):
    page = desk.get("/staff/ranking").text
    assert "0.500 → 0.700" in page
    assert "更好，马上会启用" in page


def test_a_version_shows_demand_by_demand_what_moved(desk, session):
    demand, partner, other = factories.demand(session), factories.expert(session), factories.expert(session)
    looks = [{"demand": demand.id.hex, "before": 0.5, "after": 1.0, "partners": [[partner.id.hex, 3, 1]],
              "moved": [[partner.id.hex, 3, 1], [other.id.hex, 1, 2], ["0" * 32, 2, 3]]}]
    shown = factories.ranker_version(session)
    shown.comparison = shown.comparison | {"looks": looks}
    page = " ".join(desk.get(f"/staff/ranking/{shown.number}").text.split())
    assert demand.title in page
    assert f"{partner.name}（3 → 1）" in page
    assert f"{other.name}（1 → 2）" in page
    assert "已离开平台（2 → 3）" in page


def test_choosing_holding_stopping_and_going_back(desk, session, version):
    assert desk.post(f"/staff/ranking/{version.number}/use", data={"use_reason": "看过，好"}).status_code == 302
    assert rankers.in_use(session).id == version.id
    assert "看过，好" in desk.get("/staff/ranking").text
    desk.post("/staff/ranking/rollback", data={"rollback_reason": "企业说不准"})
    assert (rankers.in_use(session), rankers.control(session).automatic) == (None, False)
    desk.post("/staff/ranking/automatic", data={"on": "1", "automatic_reason": "改好了"})
    assert rankers.control(session).automatic
    other = factories.ranker_version(session)
    desk.post(f"/staff/ranking/{other.number}/hold", data={"hold_reason": "再等等"})
    assert other.state is RankerState.held
    assert acts(session) == ["ranker.chosen", "ranker.rolled_back", "ranker.stopped", "ranker.released", "ranker.held"]


@pytest.mark.parametrize(("path", "field"), [("{}/use", "use_reason"), ("{}/hold", "hold_reason"),
                                             ("automatic", "automatic_reason"), ("rollback", "rollback_reason")])
def test_without_a_reason_nothing_changes_and_the_page_says_where(desk, session, path, field):
    factories.ranker_version(session, state=RankerState.in_use)
    waiting = factories.ranker_version(session)
    answer = desk.post(f"/staff/ranking/{path.format(waiting.number)}", data={field: " "})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert acts(session) == []


def test_a_version_of_another_encoder_cannot_be_chosen_and_the_page_says_why(desk, session):
    foreign = factories.ranker_version(session, encoder="another@1")
    page = desk.get(f"/staff/ranking/{foreign.number}").text
    assert "照另一个向量模型学的" in page
    assert "人工启用" not in page
    assert desk.post(f"/staff/ranking/{foreign.number}/use", data={"use_reason": "试试"}).status_code == 409


def test_one_in_use_of_another_encoder_is_said_to_rest(desk, session):
    factories.ranker_version(session, encoder="another@1", state=RankerState.in_use)
    assert "换回原来的模型，它会接着用" in desk.get("/staff/ranking").text


@pytest.mark.parametrize("role", [Role.enterprise, Role.expert, Role.broker])
def test_nobody_else_gets_in(client, session, version, role):
    client.login(factories.member(session, role, factories.organisation(session)))
    assert client.get("/staff/ranking").status_code == 403
    assert client.post("/staff/ranking/rollback", data={"rollback_reason": "x"}).status_code == 403


def test_an_unknown_version_is_not_found(desk):
    assert desk.get("/staff/ranking/99999").status_code == 404

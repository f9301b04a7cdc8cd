"""利益回避 on the page: declared by one side, unseen by the other, counted below the list."""

import pytest

from ingestion.interests import declare
from models.engagements import Engagement, Introduction
from tests import factories


@pytest.fixture
def expert(session):
    return factories.expert(session)


def test_an_expert_declares_and_withdraws(client, session, expert):
    firm = factories.organisation(session)
    client.login(expert.user)
    page = client.post("/conflicts", data={"against": firm.name, "reason": "亲属任职"}, follow_redirects=True)
    assert "已申报" in page.text
    assert "亲属任职" in page.text


def test_what_is_wrong_stands_beside_its_field(client, expert):
    client.login(expert.user)
    page = client.post("/conflicts", data={"against": "没有这家", "reason": "亲属任职"})
    assert page.status_code == 422
    assert "没有找到叫这个名字的" in page.text
    assert "没有这家" in page.text


def test_on_the_pages_both_sides_are_told_and_nothing_begins(client, session, expert):
    demand = factories.demand(session)
    declare(session, demand.author, against=expert.organisation.name, reason="三年内有控股关系")
    form = {"demand_id": demand.id, "expert_id": expert.id, "note": "两边都做薄壁管"}
    client.login(expert.user)
    refused = [client.get(f"/demands/{demand.id}/take"),
               client.post(f"/demands/{demand.id}/take", data={"approach": "先测跳动来源"})]
    client.login(demand.author)
    refused += [client.post("/engagements/invite", data=form), client.post("/introductions/request", data=form)]
    assert [(page.status_code, "利益回避" in page.text) for page in refused] == [(403, True)] * 4
    assert not any("控股" in page.text for page in refused)
    page = client.login(factories.broker(session).user).post("/introductions/new", data=form)
    assert (page.status_code, 'id="expert_id-error"' in page.text, "利益回避" in page.text) == (403, True, True)
    assert session.query(Engagement).count() == session.query(Introduction).count() == 0

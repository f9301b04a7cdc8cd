"""利益回避 on the page: declared by one side, unseen by the other, counted below the list."""

import pytest

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

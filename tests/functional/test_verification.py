"""The verification desk: queue, item, and the four things staff can decide."""

import datetime as dt

import pytest

from engagements import verification
from models.base import clock_at, now, today
from models.contests import Season
from models.contracts import CollaborationStatus, Finding, Verification
from tests import factories
from tests.support.stories import confirmed, introduced, talks

OPINIONS = ("party_b", "demand", "party_a", "number", "amount", "signed_on", "name", "type", "seal")


@pytest.fixture
def story(session):
    return talks(session)


@pytest.fixture
def item(session, story):
    return confirmed(session, story).collaboration


@pytest.fixture
def clerk(session):
    return factories.staff(session)


def decision(act="approve", **changes) -> dict:
    """The form filled for a scan without text: every row has an opinion."""
    said = {"act": act, "revision": "1", "original_seen": "1", "receipt": "S-118"}
    return said | {f"opinion-{name}": "看过原件，一致" for name in OPINIONS} | changes


def test_the_queue_shows_the_oldest_first_and_who_is_late(client, session, clerk):
    with clock_at(now() - dt.timedelta(days=20)):
        old = confirmed(session, talks(session), name="等得最久的合同").collaboration
    confirmed(session, talks(session), name="今天到的合同")
    page = client.login(clerk).get("/staff/verify").text
    assert page.index("等得最久的合同") < page.index("今天到的合同")
    assert "超时 1 件" in page
    assert "今天到<" in page
    assert old.number in page


def test_an_empty_queue_says_so(client, clerk):
    assert "今天核完了" in client.login(clerk).get("/staff/verify").text


def test_the_queue_is_searched_by_number_and_firm(client, session, clerk, item, story):
    client.login(clerk)
    assert item.contract.revision.name in client.get("/staff/verify", query_string={"q": story.expert.name}).text
    assert "没有找到" in client.get("/staff/verify", query_string={"q": "没有这一件"}).text


def test_an_item_without_its_file_asks_for_every_row(client, clerk, item):
    page = client.login(clerk).get(f"/staff/verify/{item.id}").text
    assert "扫描件找不到了" in page
    assert page.count('name="opinion-') == len(OPINIONS)


def test_members_and_administrators_do_not_verify(client, session, story, item):
    for person in (story.firm, story.person, factories.member(session, "admin")):
        assert client.login(person).get(f"/staff/verify/{item.id}").status_code == 403
        assert client.post(f"/staff/verify/{item.id}", data=decision()).status_code == 403


def test_an_approval_goes_on_to_the_next_item_and_can_be_undone(client, session, clerk, item):
    other = confirmed(session, talks(session)).collaboration
    answer = client.login(clerk).post(f"/staff/verify/{item.id}", data=decision())
    assert f"/staff/verify/{other.id}?done={item.id}" in answer.location
    assert item.status is CollaborationStatus.verified
    assert 'data-jb-key="z"' in client.get(answer.location).text
    assert client.post(f"/staff/verify/{item.id}/undo").status_code == 302
    assert item.status is CollaborationStatus.confirmed


def test_a_missing_opinion_keeps_what_was_typed(client, session, clerk, item):
    answer = client.login(clerk).post(f"/staff/verify/{item.id}",
                                      data=decision(**{"opinion-seal": "", "opinion-amount": "<i>大小写</i>一致"}))
    assert answer.status_code == 422
    assert 'id="opinion-seal-error"' in answer.text
    assert "&lt;i&gt;大小写&lt;/i&gt;一致" in answer.text
    assert session.query(Verification).count() == 0


def test_without_the_original_nothing_passes(client, clerk, item):
    form = decision()
    del form["original_seen"]
    answer = client.login(clerk).post(f"/staff/verify/{item.id}", data=form)
    assert (answer.status_code, 'href="#original_seen"' in answer.text) == (422, True)


@pytest.mark.parametrize(("act", "finding"), [
    ("return", Finding.returned), ("second", Finding.second_opinion), ("recuse", Finding.recused),
])
def test_other_decisions_need_a_reason(client, session, clerk, item, act, finding):
    url = f"/staff/verify/{item.id}"
    refused = client.login(clerk).post(url, data=decision(act))
    assert (refused.status_code, f'id="reason-{act}-error"' in refused.text) == (422, True)
    assert client.post(url, data=decision(act, **{f"reason-{act}": "乙方章名看不清"})).status_code == 302
    assert session.query(Verification).one().finding is finding


def test_a_decision_that_does_not_exist_is_refused(client, clerk, item):
    assert client.login(clerk).post(f"/staff/verify/{item.id}", data=decision("burn")).status_code == 422


def test_the_second_of_two_verifiers_is_told(client, session, clerk, item):
    client.login(clerk).post(f"/staff/verify/{item.id}", data=decision())
    answer = client.login(factories.staff(session)).post(f"/staff/verify/{item.id}", data=decision())
    assert answer.status_code == 409
    assert "已经有人处理过" in answer.text


def test_a_colleague_of_a_party_sees_why_they_may_not(client, session, story, item):
    colleague = factories.member(session, "staff", story.demand.organisation)
    assert "同一个单位" in client.login(colleague).get(f"/staff/verify/{item.id}").text
    assert client.post(f"/staff/verify/{item.id}", data=decision()).status_code == 403


def test_the_sides_read_the_reason_of_a_return(client, session, clerk, story, item):
    verification.send_back(session, clerk, item, revision=1, reason="乙方公章盖偏，看不清")
    page = client.login(story.firm).get(f"/contracts/{item.contract_id}").text
    assert "乙方公章盖偏，看不清" in page
    assert "更正内容" in page


def test_who_claims_the_contract_in_which_group_is_shown(client, session, clerk, story):
    factories.add(session, Season(code="weihai-2020", year=today().year))
    broker = introduced(session, story)
    item = confirmed(session, story).collaboration
    page = client.login(clerk).get(f"/staff/verify/{item.id}").text
    assert f"{story.expert.name} 用在技术攻关组" in page
    assert f"{broker.name} 用在校企合作组" in page


def test_staff_read_the_scan_of_any_contract(client, session, settings, clerk, item):
    scan = item.contract.revision.scan
    settings.files_folder.mkdir(parents=True)
    (settings.files_folder / scan.sha256).write_bytes(b"%PDF-1.4")
    answer = client.login(clerk).get(f"/contracts/{item.contract_id}/scan")
    assert answer.headers["Content-Disposition"].startswith("attachment")

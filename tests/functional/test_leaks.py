"""The leak check as people meet it: marked while writing, listed before handing in, shown to staff with the reason."""

import re

import pytest

from models.demands import Demand, DemandStatus
from tests import factories
from tests.functional.test_postings import STEP1, STEP2, fill, value_of

STEP1 = STEP1 | {"problem": "张村镇车间用 LG-880 机卷制，漆面在节口处起泡，每批两千支里有一百多支返工，一天卷八百支。"}
ABSTRACT = "一家渔具企业的涂层盐雾后起泡，现在用 LG-880 机卷制，想改工艺。"
STEP3 = {"confidentiality": "summary", "abstract": ABSTRACT, "offers": "喷涂线", "ownership": "共有"}
REASON = "这型号全行业都在用"


@pytest.fixture
def author(session):
    return factories.contact(session, factories.organisation(session, name="威海澜竿渔具有限公司"), name="乔以宁")


@pytest.fixture
def draft(client, session, author, noon):
    client.login(author)
    key = value_of(client.get("/my/demands/new").text, "key")
    client.post("/my/demands/new", data=STEP1 | {"key": key})
    demand = session.query(Demand).one()
    fill(client, demand, 2, STEP2)
    fill(client, demand, 3, STEP3)
    return demand


def hand_in(client, demand, **fields):
    version = value_of(client.get(f"/my/demands/{demand.id}/review").text, "version")
    return client.post(f"/my/demands/{demand.id}/review", data={"version": version} | fields)


def marks(page: str) -> list[str]:
    return re.findall(r'<mark class="jb-gap">([^<]*)', page)


def test_words_are_marked_while_they_are_typed(client, draft):
    page = client.post("/my/demands/hints", data=STEP3 | {
        "step": "3", "demand_id": str(draft.id), "abstract": "张村镇的澜竿用 LG-880 机"}).text
    assert marks(page) == ["张村镇", "澜竿", "LG-880"]
    assert "只写到区市" in page


def test_nothing_is_marked_where_nothing_is_sealed(client, draft):
    page = client.post("/my/demands/hints", data=STEP3 | {
        "step": "3", "demand_id": str(draft.id), "confidentiality": "public"}).text
    assert marks(page) == []


def test_a_name_is_refused_beside_its_field_and_marked(client, draft):
    answer = fill(client, draft, 3, STEP3 | {"abstract": "澜竿的涂层盐雾后起泡，想找专家改进底漆和固化的工艺。"})
    assert answer.status_code == 422
    assert "摘要里有能认出您的字" in answer.text
    assert "澜竿" in marks(answer.text)


def test_doubtful_words_ask_for_a_reason_before_they_go_out(client, session, draft):
    page = client.get(f"/my/demands/{draft.id}/review").text
    assert marks(page).count("LG-880") == 2  # in the list, and in what the public sees
    refused = hand_in(client, draft)
    assert refused.status_code == 422
    assert 'href="#leak_reason"' in refused.text
    assert hand_in(client, draft, leak_reason=REASON).status_code == 302
    assert session.get(Demand, draft.id).status is DemandStatus.submitted


def test_staff_read_the_reason_and_post(client, session, draft):
    hand_in(client, draft, leak_reason=REASON)
    staff = client.login(factories.staff(session))
    page = staff.get(f"/staff/diagnosis/{draft.id}").text
    assert REASON in page
    assert 'name="leak_reason"' not in page
    staff.post(f"/staff/diagnosis/{draft.id}/publish", data={"version": draft.version})
    assert session.get(Demand, draft.id).status is DemandStatus.published


def test_staff_write_a_reason_of_their_own_for_what_came_since(client, session, draft):
    hand_in(client, draft, leak_reason=REASON)
    draft.abstract += "在张村镇。"
    session.commit()
    staff = client.login(factories.staff(session))
    path, version = f"/staff/diagnosis/{draft.id}/publish", {"version": draft.version}
    refused = staff.post(path, data=version)
    assert refused.status_code == 422
    assert 'name="leak_reason"' in refused.text
    assert staff.post(path, data=version | {"leak_reason": "张村镇有上百家渔具厂"}).status_code == 302

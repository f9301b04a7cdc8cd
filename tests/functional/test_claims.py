"""旧账 as people meet it: both sides answer what an old sheet says; lists go out as their readers see them."""

import io
import threading

import openpyxl
import pytest
from sqlalchemy import func, select

from ingestion.sheets import batches, exporting
from jobs import sheets
from models.accounts import Role
from models.audit import AuditEvent
from models.base import today
from models.claims import ClaimedContract, ClaimedEngagement
from models.contracts import ContractStatus, fingerprint
from models.demands import Confidentiality, CooperationType
from models.engagements import Engagement, Opening, Side, Stage
from models.sheets import SheetKind
from tests import factories
from tests.support import stories


@pytest.fixture
def claim(session) -> ClaimedEngagement:
    firm = factories.contact(session)
    return factories.add(session, ClaimedEngagement(
        demand=factories.demand(session, firm), expert=factories.expert(session), opening=Opening.invitation,
        stage=Stage.contract, began_on=today(), changed_on=today()))


def sides(claim) -> dict[Side, object]:
    return {Side.enterprise: claim.demand.author, Side.expert: claim.expert.user}


def answer(client, person, claim, what="confirm"):
    return client.login(person).post(f"/engagements/claims/{claim.id}/{what}")


def test_both_sides_confirm_and_only_then_there_is_an_engagement(client, session, claim):
    people = sides(claim)
    assert "旧表里的对接" in client.login(people[Side.expert]).get("/engagements").text
    answer(client, people[Side.expert], claim)
    assert session.scalars(select(Engagement)).first() is None
    assert "等对方" in client.get("/engagements").text
    answer(client, people[Side.enterprise], claim)
    engagement = session.scalars(select(Engagement)).one()
    assert (engagement.stage, engagement.opening) == (Stage.interest, Opening.invitation)
    assert engagement.accepted_at is not None
    assert set(session.scalars(select(AuditEvent.action))) >= {"engagement.claim_confirmed", "engagement.from_claim"}


def test_one_side_can_not_confirm_for_both(client, session, claim):
    for _ in range(2):
        last = answer(client, claim.expert.user, claim)
    assert last.status_code == 409
    assert session.scalars(select(Engagement)).first() is None


def test_what_one_side_denies_is_over(client, session, claim):
    answer(client, claim.demand.author, claim, "deny")
    assert answer(client, claim.expert.user, claim).status_code == 409
    assert "企业说没有这回事" in client.login(factories.staff(session)).get("/staff/imports/claims").text


def test_nobody_else_learns_of_it(client, session, claim):
    for person in (factories.contact(session), factories.expert(session).user, factories.staff(session)):
        assert answer(client, person, claim).status_code == 404


def test_an_interest_declared_since_keeps_them_apart(client, session, claim):
    declared = {"against": claim.demand.organisation.name, "reason": "亲属任职"}
    client.login(claim.expert.user).post("/conflicts", data=declared)
    assert answer(client, claim.expert.user, claim).status_code == 403


def test_a_claimed_contract_fills_the_form_and_is_recorded_like_any_other(client, session):
    story = stories.talks(session)
    terms = stories.terms(session, story)
    texts = {name: getattr(terms, name) for name in ("name", "party_a", "party_b", "signed_on", "amount")}
    factories.add(session, ClaimedContract(
        **texts, demand=story.demand, expert=story.expert, contract_number="XJ-1", type=CooperationType.service,
        expected_benefit=0, status=ContractStatus.confirmed,
        fingerprint=fingerprint(story.demand.organisation_id, "XJ-1")))
    client.login(story.firm)
    assert "旧表里的合同" in client.get("/contracts").text
    form = client.get(f"/engagements/{story.engagement.id}/contract").text
    assert 'value="XJ-1"' in form
    assert "照工会导入的旧表填的" in form
    contract = stories.recorded(session, story)
    assert contract.status is ContractStatus.recorded
    assert "旧表里的合同" not in client.get("/contracts").text


def test_before_both_sides_talk_no_old_contract_tells_an_enterprises_name(client, session, claim):
    factories.add(session, ClaimedContract(
        demand=claim.demand, expert=claim.expert, contract_number="XJ-1", type=CooperationType.service, name="旧合同",
        signed_on=today(), amount=1, expected_benefit=0, status=ContractStatus.confirmed, fingerprint="0" * 64,
        party_a=claim.demand.organisation.name, party_b="乙方"))
    assert claim.demand.organisation.name not in client.login(claim.expert.user).get("/contracts").text
    for person in sides(claim).values():
        answer(client, person, claim)
    assert claim.demand.organisation.name in client.login(claim.expert.user).get("/contracts").text


def cells(response) -> list[dict]:
    head, *rows = openpyxl.load_workbook(io.BytesIO(response.data)).active.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_the_hall_goes_out_as_it_is_shown(client, session):
    sealed = factories.demand(session, title="保密的题目一条", problem="只给企业看的全文", confidentiality=Confidentiality.nda,
                              abstract="公开的摘要，说到起皱和成品率，别的不说")
    factories.demand(session, title="不列出来的题目", confidentiality=Confidentiality.internal)
    factories.demand(session, title="公开的题目一条", industry_code="C3411")
    client.login(factories.contact(session))
    rows = cells(client.get("/demands/hall.xlsx"))
    assert {row["标题"] for row in rows} == {"保密的题目一条", "公开的题目一条"}
    hidden = next(row for row in rows if row["标题"] == sealed.title)
    assert (hidden["难题"], hidden["需求单位"], hidden["公开摘要"]) == ("（未公开）", "（未公开）", sealed.abstract)
    assert [row["标题"] for row in cells(client.get("/demands/hall.xlsx?field=C34"))] == ["公开的题目一条"]


def test_own_lists_hold_nobody_elses_rows(client, session):
    story = stories.talks(session)
    stories.confirmed(session, story)
    factories.engagement(session)
    client.login(story.person)
    assert [row["专家"] for row in cells(client.get("/engagements/engagements.xlsx"))] == [story.expert.name]
    assert len(cells(client.get("/contracts/contracts.xlsx"))) == 1


def test_an_enterprise_that_stays_unnamed_on_the_page_stays_so_in_the_sheet(client, session):
    demand = factories.demand(session, confidentiality=Confidentiality.nda, abstract="公开的摘要" * 5)
    asked = factories.engagement(session, demand, accepted_at=None)
    client.login(asked.expert.user)
    assert cells(client.get("/engagements/engagements.xlsx"))[0]["需求单位"] == "（未公开）"


@pytest.mark.parametrize(("path", "roles"), [
    ("/demands/hall.xlsx", "member"), ("/events/events.xlsx", "member"), ("/experts/experts.xlsx", "staff"),
    ("/staff/members/members.xlsx", "admin"), ("/staff/imports/export/member.xlsx", "admin"),
    ("/staff/diagnosis/demands.xlsx", "staff")])
def test_who_may_take_a_list_out(client, session, path, roles):
    staff = {Role.staff, Role.admin}
    may = {"member": staff | {Role.enterprise}, "staff": staff, "admin": {Role.admin}}
    for role in (Role.enterprise, Role.staff, Role.admin):
        client.login(factories.member(session, role))
        assert (client.get(path).status_code == 200) is (role in may[roles]), role
    client.logout()
    assert client.get(path).status_code == 302


def test_of_two_who_bring_the_same_sheet_at_once_one_writes_it(private_database, settings):
    with private_database.write() as session:
        pairs = [(factories.demand(session), factories.expert(session)) for _ in range(3)]
        header = exporting.header(SheetKind.engagement)
        lines = [[demand.number, "", "", str(expert.id), "", "", "专家揭榜", "签约", "", "2026-03-01", "2026-03-02", ""]
                 for demand, expert in pairs]
        staff = [factories.staff(session).id for _ in range(2)]
    data = "\n".join("\t".join(line) for line in (header, *lines)).encode()
    ids = [_opened(private_database, settings, person, data) for person in staff]
    at_once = [threading.Thread(target=sheets.work, args=(private_database, settings, one)) for one in ids]
    for thread in at_once:
        thread.start()
    for thread in at_once:
        thread.join()
    with private_database.read() as session:
        assert session.scalar(select(func.count()).select_from(ClaimedEngagement)) == 3
        found = [batches.find_batch(session, one) for one in ids]
    assert sum(one.written.get("new", 0) for one in found) == 3


def _opened(database, settings, person, data):
    with database.write() as session:
        actor = session.get(factories.User, person)
        batch = batches.open_batch(session, settings, actor, SheetKind.engagement, "旧账.tsv", data)
    sheets.work(database, settings, batch.id)
    with database.write() as session:
        found = batches.find_batch(session, batch.id)
        batches.start(session, session.get(factories.User, person), found, partial=False)
    return batch.id


def test_denying_asks_first_what_it_means(client, session, claim):
    page = client.login(claim.expert.user).get(f"/engagements/claims/{claim.id}/deny").text
    assert "不能改回来" in page
    assert claim.demand.title in page
    assert claim.demand.organisation.name not in page
    session.refresh(claim)
    assert claim.denied_by is None

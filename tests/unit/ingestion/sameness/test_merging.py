"""Merging moves links, keeps the alias, never touches what was proved; rings, repeats and wrong roles are refused."""

import pytest
from sqlalchemy import func, select

from ingestion import organisations
from ingestion.admission import likenesses
from ingestion.sameness import clusters, merging
from ingestion.sameness.organisations import alike, similar
from models.accounts import Admission, OrganisationKind, Role, RoleGrant
from models.audit import AuditEvent
from models.contracts import fingerprint
from models.demands import DemandStatus, Follow
from models.errors import Conflict, Forbidden, Invalid
from models.ledger import LedgerLeaf
from models.sameness import standing
from tests import factories
from tests.support.stories import confirmed, talks


@pytest.fixture
def clerk(session):
    return factories.staff(session)


def two(session):
    """An organisation that came with an import, and the same with its credit code."""
    return (factories.organisation(session, name="澜竿渔具", uscc=None),
            factories.organisation(session, name="威海澜竿渔具有限公司"))


@pytest.mark.parametrize(("one", "other", "same"), [
    ("威海澜竿渔具有限公司", "澜竿渔具", True), ("威海 澜竿渔具（本部）有限公司", "威海市澜竿渔具有限责任公司", True),
    ("海岬大学", "海岬大学机械工程学院", True), ("海岬大学", "海岬大学附属幼儿园", False),
    ("远帆食品有限公司", "远航食品有限公司", False), ("威海有限公司", "威海有限公司", False), ("", "威海", False),
])
def test_names_of_one_organisation(one, other, same):
    assert alike(one, other) is alike(other, one) is same


def test_people_profiles_and_demands_move_and_the_alias_stays(session, clerk):
    old, kept = two(session)
    person = factories.contact(session, old)
    demand = factories.demand(session, person)
    merge = merging.merge_organisations(session, clerk, old, kept, "同一家，导入时没有代码")
    assert demand.organisation is kept
    assert [grant.organisation for grant in person.grants] == [kept]
    assert (old.status, old.name, standing(session, old)) == (Admission.revoked, "澜竿渔具", kept)
    assert merge.moved["demand"] == [str(demand.id)]
    assert session.scalar(select(AuditEvent).where(AuditEvent.action == "organisation.merged")).subject_id == kept.id


def test_contracts_and_the_ledger_are_not_rewritten(session, clerk):
    story = talks(session)
    contract = confirmed(session, story)
    firm = story.demand.organisation
    firm.uscc = None
    before = session.scalars(select(LedgerLeaf.body).order_by(LedgerLeaf.idx)).all()
    paper = (contract.fingerprint, contract.revision.party_a, contract.collaboration.ledger_index)
    merging.merge_organisations(session, clerk, firm, factories.organisation(session), "同一家单位")
    assert session.scalars(select(LedgerLeaf.body).order_by(LedgerLeaf.idx)).all() == before
    assert (contract.fingerprint, contract.revision.party_a, contract.collaboration.ledger_index) == paper
    assert contract.fingerprint == fingerprint(firm.id, contract.revision.contract_number)


def test_a_role_held_at_both_stays_where_it_is(session, clerk):
    old, kept = two(session)
    person = factories.contact(session, old)
    factories.grant(session, person, Role.enterprise, kept)
    merging.merge_organisations(session, clerk, old, kept, "同一家单位")
    assert session.scalar(select(func.count()).select_from(RoleGrant).where(RoleGrant.organisation_id == old.id)) == 1


@pytest.mark.parametrize("change", [
    {"uscc": factories.credit_code(987654)}, {"kind": OrganisationKind.university},
])
def test_two_organisations_are_not_made_one(session, clerk, change):
    old, kept = two(session)
    for column, value in change.items():
        setattr(old, column, value)
    with pytest.raises(Conflict):
        merging.merge_organisations(session, clerk, old, kept, "同一家单位")


def test_no_rings_no_repeats_no_self_no_reason_no_members(session, clerk):
    old, kept = two(session)
    with pytest.raises(Conflict):
        merging.merge_organisations(session, clerk, kept, kept, "同一家单位")
    with pytest.raises(Invalid):
        merging.merge_organisations(session, clerk, old, kept, "是")
    with pytest.raises(Forbidden):
        merging.merge_organisations(session, factories.contact(session, kept), old, kept, "同一家单位")
    merging.merge_organisations(session, clerk, old, kept, "同一家单位")
    for pair in ((old, kept), (kept, old)):
        with pytest.raises(Conflict):
            merging.merge_organisations(session, clerk, *pair, "再来一次")


def test_who_applies_under_the_alias_is_led_to_the_kept_one(session, clerk):
    old, kept = two(session)
    merging.merge_organisations(session, clerk, old, kept, "同一家单位")
    values = {"kind": OrganisationKind.enterprise, "name": old.name, "uscc": factories.credit_code(777)}
    with pytest.raises(Invalid, match="已并入"):
        organisations.find_or_add(session, values)
    assert similar(session, "澜竿渔具厂") == [kept]


def test_staff_see_a_name_that_is_alike_before_they_admit(session, clerk):
    old, _kept = two(session)
    grant = factories.grant(session, factories.user(session), Role.enterprise, old, Admission.applied)
    assert [one.name for one in likenesses(session, grant)] == ["威海澜竿渔具有限公司"]


def test_a_demand_posted_twice_becomes_one_and_its_followers_follow_on(session, clerk):
    person, follower = factories.contact(session), factories.user(session)
    one, twice = factories.demand(session, person), factories.demand(session, person)
    session.add(Follow(user_id=follower.id, demand_id=twice.id))
    session.flush()
    merging.merge_demands(session, clerk, twice, one, "同一条发了两遍")
    assert (twice.status, twice.events[-1].actor) == (DemandStatus.withdrawn, clerk)
    assert one.number in twice.events[-1].reason
    assert session.get(Follow, (follower.id, one.id)) is not None
    with pytest.raises(Conflict):
        merging.merge_demands(session, clerk, one, twice, "再来一次")


def test_a_demand_that_somebody_talks_about_is_not_merged_away(session, clerk):
    story = talks(session)
    other = factories.demand(session, story.firm)
    with pytest.raises(Conflict, match="有人在谈"):
        merging.merge_demands(session, clerk, story.demand, other, "同一条发了两遍")
    with pytest.raises(Conflict, match="两家"):
        merging.merge_demands(session, clerk, factories.demand(session), other, "同一条发了两遍")


def test_a_cluster_holds_the_demands_of_several_enterprises(session, clerk):
    one, two_, three = (factories.demand(session) for _ in range(3))
    cluster = clusters.group(session, clerk, (one, two_), "钓竿插接跳动")
    assert clusters.group(session, clerk, (two_, three), "别的名字") is cluster
    assert set(clusters.together_with(session, one)) == {two_, three}
    clusters.ungroup(session, clerk, cluster)
    assert clusters.together_with(session, one) == []


def test_what_does_not_belong_together_is_not_grouped(session, clerk):
    person = factories.contact(session)
    own = (factories.demand(session, person), factories.demand(session, person))
    with pytest.raises(Conflict, match="至少要两家"):
        clusters.group(session, clerk, own, "同一个难题")
    with pytest.raises(Conflict, match="张榜中"):
        clusters.group(session, clerk, (own[0], factories.demand(session, status=DemandStatus.draft)), "同一个难题")
    with pytest.raises(Forbidden):
        clusters.group(session, person, (own[0], factories.demand(session)), "同一个难题")
    others = (factories.demand(session), factories.demand(session))
    for mine, other in zip(own, others, strict=True):
        clusters.group(session, clerk, (mine, other), "同一个难题")
    with pytest.raises(Conflict, match="两组"):
        clusters.group(session, clerk, others, "合成一组")

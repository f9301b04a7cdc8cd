import dataclasses

import pytest
from sqlalchemy import select

from ingestion import admission, registration
from ingestion.findings import InvalidForm
from ingestion.organisations import OrganisationForm
from ingestion.registration import Applicant, RoleForm
from models.accounts import Admission, Broker, Expert, OrganisationKind, Role, User
from models.audit import AuditEvent, Notice
from models.base import today
from models.capabilities import CapabilityStatus
from models.errors import Conflict, Forbidden, Invalid
from tests import factories

APPLICANT = Applicant("何清越", "19900000501", "he@jiebang.example", "我家住在北洋湾边上第三排", True)
FIRM = OrganisationForm("enterprise", "威海澜竿试验渔具有限公司", factories.credit_code(9_000_001), "371002", "2444")
COLLEGE = OrganisationForm("university", "海岬试验大学", factories.credit_code(9_000_002), "371071")
AS_FIRM = RoleForm("enterprise", FIRM)
AS_EXPERT = RoleForm("expert", COLLEGE, "university", "教授", "复合材料")


def errors(call, *args) -> dict[str, str]:
    with pytest.raises(InvalidForm) as caught:
        call(*args)
    return {error.field: error.message for error in caught.value.errors}


class TestRegister:
    def test_waits_for_staff(self, session):
        user = registration.register(session, APPLICANT, AS_FIRM)
        assert user.roles == frozenset()
        assert [grant.status for grant in user.grants] == [Admission.applied]
        assert user.grants[0].organisation.status is Admission.applied

    def test_keeps_no_password(self, session):
        user = registration.register(session, APPLICANT, AS_FIRM)
        assert APPLICANT.password not in user.password_hash

    def test_lists_every_wrong_field(self, session):
        applicant = Applicant("", "123", "nobody", "short", False)
        form = RoleForm("enterprise", dataclasses.replace(FIRM, uscc="91110000600037341", name=""))
        assert set(errors(registration.register, session, applicant, form)) == {
            "name", "phone", "email", "password", "organisation_name", "uscc", "accepted_terms"}

    def test_refuses_a_phone_in_use(self, session):
        factories.user(session, phone=APPLICANT.phone)
        assert "直接登录" in errors(registration.register, session, APPLICANT, AS_FIRM)["phone"]

    def test_joins_an_organisation_that_is_there(self, session):
        firm = factories.organisation(session, uscc=FIRM.uscc, name=FIRM.name)
        user = registration.register(session, APPLICANT, AS_FIRM)
        assert user.grants[0].organisation is firm

    def test_refuses_another_organisations_code(self, session):
        factories.organisation(session, uscc=FIRM.uscc, name="成山试验海食有限公司")
        with pytest.raises(Invalid, match="登记的是“成山试验海食有限公司”"):
            registration.register(session, APPLICANT, AS_FIRM)

    def test_refuses_staff_roles(self, session):
        with pytest.raises(Invalid, match="不能自己申请"):
            registration.register(session, APPLICANT, dataclasses.replace(AS_FIRM, role="admin"))

    def test_university_experts_come_through_a_university(self, session):
        form = dataclasses.replace(AS_EXPERT, organisation=FIRM)
        assert "高校、科研院所" in errors(registration.register, session, APPLICANT, form)["kind"]

    def test_writes_the_audit_row(self, session):
        user = registration.register(session, APPLICANT, AS_FIRM)
        assert session.scalar(select(AuditEvent).where(AuditEvent.subject_id == user.id)).action == "user.registered"


class TestFurtherRoles:
    def test_one_person_may_hold_several(self, session):
        user = registration.register(session, APPLICANT, AS_EXPERT)
        registration.apply_role(session, user, RoleForm("broker", COLLEGE))
        assert {grant.role for grant in user.grants} == {Role.expert, Role.broker}

    def test_the_same_twice_is_refused(self, session):
        user = registration.register(session, APPLICANT, AS_EXPERT)
        with pytest.raises(Conflict, match="正在等工会核对"):
            registration.apply_role(session, user, AS_EXPERT)

    def test_a_returned_one_may_be_mended(self, session):
        user = registration.register(session, APPLICANT, AS_EXPERT)
        grant = user.grants[0]
        admission.return_with_reason(session, factories.staff(session), grant, "职称证书看不清")
        assert registration.apply_role(session, user, AS_EXPERT) is grant
        assert (grant.status, grant.reason) == (Admission.applied, "")


class TestApprove:
    def test_records_the_day_of_joining(self, session, noon):
        user = registration.register(session, APPLICANT, AS_EXPERT)
        admission.approve(session, factories.staff(session), user.grants[0])
        expert = session.scalar(select(Expert).where(Expert.user_id == user.id))
        assert (expert.joined_on, expert.title) == (today(), "教授")
        assert expert.organisation.joined_on == today()
        assert user.roles == {Role.expert}

    def test_makes_a_broker(self, session):
        user = registration.register(session, APPLICANT, RoleForm("broker", COLLEGE))
        admission.approve(session, factories.staff(session), user.grants[0])
        assert session.scalar(select(Broker).where(Broker.user_id == user.id)).name == "何清越"

    def test_tells_the_person(self, session):
        user = registration.register(session, APPLICANT, AS_FIRM)
        admission.approve(session, factories.staff(session), user.grants[0])
        assert "已通过" in session.scalar(select(Notice).where(Notice.user_id == user.id)).text

    def test_is_staff_work(self, session):
        user = registration.register(session, APPLICANT, AS_FIRM)
        with pytest.raises(Forbidden):
            admission.approve(session, factories.contact(session), user.grants[0])

    def test_is_never_ones_own(self, session):
        staff = factories.staff(session)
        grant = factories.grant(session, staff, Role.broker, factories.organisation(session), Admission.applied)
        with pytest.raises(Forbidden, match="自己的申请"):
            admission.approve(session, staff, grant)

    def test_happens_once(self, session):
        user = registration.register(session, APPLICANT, AS_FIRM)
        staff = factories.staff(session)
        admission.approve(session, staff, user.grants[0])
        with pytest.raises(Conflict):
            admission.approve(session, staff, user.grants[0])


class TestReturnAndRevoke:
    def test_a_return_needs_a_reason(self, session):
        user = registration.register(session, APPLICANT, AS_FIRM)
        with pytest.raises(Invalid, match="写上退回原因"):
            admission.return_with_reason(session, factories.staff(session), user.grants[0], " ")

    def test_revoking_ends_the_role_and_hides_postings(self, session):
        capability = factories.capability(session)
        grant = capability.expert.user.grants[0]
        admission.revoke(session, factories.staff(session), grant, "本人申请停用")
        assert capability.expert.user.roles == frozenset()
        assert capability.status is CapabilityStatus.hidden


def test_likenesses_point_at_nearly_the_same_name(session):
    factories.organisation(session, name="威海澜竿试验渔具股份有限公司")
    user = registration.register(session, APPLICANT, AS_FIRM)
    assert [like.name for like in admission.likenesses(session, user.grants[0])] == ["威海澜竿试验渔具股份有限公司"]


def test_the_operator_adds_staff_at_once(session):
    user = registration.add_user(session, "沈望舒", "shen@jiebang.example", "19900000900", "核验台上坐着的第一位同事", Role.staff)
    assert session.get(User, user.id).roles == {Role.staff}


def test_kinds_of_organisation_per_role():
    from_enterprise = {OrganisationKind.enterprise}
    assert registration.organisations.kinds_for(Role.enterprise) == from_enterprise

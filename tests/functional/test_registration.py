"""Coming in through the pages: what is wrong stands beside its field, what was typed stays, staff decide."""

import html
import re

import pytest
from sqlalchemy import func, select

from models.accounts import Admission, Role, RoleGrant, User
from tests import factories

GOOD = {
    "kind": "university", "organisation_name": "海岬试验大学", "uscc": factories.credit_code(9_100_001),
    "district_code": "371071", "expert_kind": "university", "title": "教授", "field": "复合材料", "name": "何清越",
    "phone": "19900000601", "email": "he@jiebang.example", "password": "我家住在北洋湾边上第三排", "accepted_terms": "1",
}
HTML = "<script>alert(1)</script>"


def error_of(page: str, field: str) -> str:
    """The message beside a field, as a reader hears it."""
    found = re.search(rf'id="{field}-error">(.*?)</p>', page, re.DOTALL)
    return html.unescape(re.sub(r"<[^>]+>|\s+", "", found[1])).removeprefix("出错：") if found else ""


def accounts(session) -> int:
    return session.scalar(select(func.count()).select_from(User))


@pytest.fixture
def staff(session):
    return factories.staff(session)


class TestRegister:
    @pytest.mark.parametrize("role", ["enterprise", "expert", "broker"])
    def test_each_role_comes_in_its_own_way(self, client, session, role):
        kind = "enterprise" if role == "enterprise" else "university"
        answer = client.post(f"/register/{role}", data=GOOD | {"kind": kind})
        assert answer.location == "/login"
        assert session.scalar(select(RoleGrant.role)) == role

    @pytest.mark.parametrize(("field", "typed", "says"), [
        ("uscc", "91110000600037341", "应为18位，现在是17位"), ("uscc", "911100006000373411", "校验位不对"),
        ("phone", "1990000", "11位"), ("email", "nobody", "邮箱不对"), ("password", "short", "至少12位"),
        ("name", "", "写上姓名"), ("organisation_name", "海\x00岬大学", "控制字符"), ("title", "", "写上职称"),
        ("district_code", "999999", "选所在区市"), ("kind", "enterprise", "高校、科研院所")])
    def test_a_wrong_field_says_why_and_changes_nothing(self, client, session, field, typed, says):
        before = accounts(session)
        answer = client.post("/register/expert", data=GOOD | {field: typed})
        assert answer.status_code == 422
        assert says in error_of(answer.text, field)
        assert accounts(session) == before

    def test_what_was_typed_stays_but_the_password(self, client):
        page = client.post("/register/expert", data=GOOD | {"phone": "123", "name": "何清越"}).text
        assert 'value="何清越"' in page
        assert GOOD["password"] not in page
        assert "<title>出错了：" in page

    def test_terms_must_be_accepted(self, client):
        page = client.post("/register/expert", data={k: v for k, v in GOOD.items() if k != "accepted_terms"}).text
        assert "勾选同意" in error_of(page, "accepted_terms")

    def test_html_stays_text(self, client):
        page = client.post("/register/expert", data=dict.fromkeys(GOOD, HTML)).text
        assert HTML not in page
        assert html.escape(HTML) in page

    def test_the_same_form_twice_makes_one_account(self, client, session):
        before = accounts(session)
        client.post("/register/expert", data=GOOD)
        again = client.post("/register/expert", data=GOOD)
        assert "已经注册过" in error_of(again.text, "phone")
        assert accounts(session) == before + 1

    def test_staff_is_no_role_to_ask_for(self, client):
        assert client.post("/register/admin", data=GOOD).status_code == 404

    def test_extra_fields_are_ignored(self, client, session):
        client.post("/register/expert", data=GOOD | {"status": "approved", "role": "admin"})
        assert session.scalar(select(RoleGrant.status)) is Admission.applied


class TestAdmission:
    @pytest.fixture
    def grant(self, client, session):
        client.post("/register/expert", data=GOOD)
        return session.scalars(select(RoleGrant).where(RoleGrant.role == Role.expert)).one()

    def test_staff_see_code_and_likenesses(self, client, session, staff, grant):
        factories.user(session, name="何清越")
        page = client.login(staff).get(f"/staff/members/{grant.id}").text
        assert GOOD["uscc"] in page
        assert "同名的人" in page
        assert GOOD["phone"] not in page

    def test_approval_opens_the_role(self, client, session, staff, grant):
        client.login(staff).post(f"/staff/members/{grant.id}/approve")
        assert session.get(RoleGrant, grant.id).user.roles == {Role.expert}

    def test_two_staff_at_once(self, client, session, staff, grant):
        client.login(staff).post(f"/staff/members/{grant.id}/approve")
        assert client.login(factories.staff(session)).post(f"/staff/members/{grant.id}/approve").status_code == 409

    def test_a_return_without_reason_is_asked_for_one(self, client, staff, grant):
        answer = client.login(staff).post(f"/staff/members/{grant.id}/return", data={"reason": ""})
        assert (answer.status_code, error_of(answer.text, "reason")) == (422, "写上退回原因")

    def test_a_returned_person_sees_why_and_applies_again(self, client, session, staff, grant):
        client.login(staff).post(f"/staff/members/{grant.id}/return", data={"reason": "职称证书看不清，请再传"})
        client.login(grant.user)
        assert "职称证书看不清" in client.get("/account").text
        assert 'value="教授"' in client.get("/account/roles/expert").text
        client.post("/account/roles/expert", data=GOOD | {"title": "副教授"})
        assert session.get(RoleGrant, grant.id).status is Admission.applied

    def test_members_do_not_decide(self, client, session, grant):
        client.login(factories.contact(session))
        assert client.post(f"/staff/members/{grant.id}/approve").status_code == 403


class TestAccount:
    def test_a_phone_of_another_is_refused(self, client, session):
        other, person = factories.user(session), factories.user(session)
        page = client.login(person).post("/account/contact", data={
            "name": "林守拙", "phone": other.phone, "email": person.email, "password": factories.PASSWORD})
        assert "已经注册过" in error_of(page.text, "phone")

    def test_changing_the_phone_takes_the_password(self, client, session):
        person = factories.user(session)
        changes = {"name": "林守拙", "phone": "19900000777", "email": person.email}
        page = client.login(person).post("/account/contact", data=changes | {"password": "wrong"})
        assert "现在的密码" in error_of(page.text, "password")
        client.post("/account/contact", data=changes | {"password": factories.PASSWORD})
        assert session.get(User, person.id).phone == "19900000777"

    def test_a_new_password_ends_other_logins(self, app, client, session):
        person = factories.user(session)
        elsewhere = app.test_client()
        elsewhere.session = session
        elsewhere.login(person)
        client.login(person).post("/account/password", data={
            "present_password": factories.PASSWORD, "new_password": "新的一句很长的密码也记得住"})
        assert client.get("/account").status_code == 200
        assert elsewhere.get("/account").location.startswith("/login")

    def test_the_copy_of_ones_data_holds_no_password(self, client, session):
        person = factories.contact(session)
        data = client.login(person).get("/account/data.json")
        assert data.json["account"]["phone"] == person.phone
        assert "password_hash" not in data.text

    def test_an_organisation_is_changed_by_its_own_people(self, client, session):
        person = factories.contact(session)
        client.login(person).post("/account/organisation", data={
            "short_name": "澜竿", "district_code": "371003", "industry_code": "C2444", "address": "听潮路 18 号"})
        assert person.organisation_for(Role.enterprise).short_name == "澜竿"

    @pytest.mark.parametrize("path", ["/account", "/account/messages", "/desk", "/register", "/register/enterprise"])
    def test_the_pages_open(self, client, session, path):
        assert client.login(factories.expert(session).user).get(path, follow_redirects=True).status_code == 200


def test_a_name_like_an_admitted_organisations_is_asked_about_once(client, session):
    factories.organisation(session, name="威海澜竿渔具有限公司")
    fields = {"organisation_name": "澜竿渔具有限公司", "uscc": factories.credit_code(4321), "district_code": "371002",
              "name": "林试", "phone": "19900004321", "email": "lin@jiebang.example", "password": factories.PASSWORD,
              "accepted_terms": "1"}
    page = client.post("/register/enterprise", data=fields).text
    assert "威海澜竿渔具有限公司" in page
    assert 'name="same_sure"' in page
    assert client.post("/register/enterprise", data=fields | {"same_sure": "1"}).status_code == 302

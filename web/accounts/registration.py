"""Coming in: choose a role, say who you are and for which organisation; staff decide."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ingestion import registration
from ingestion.organisations import OrganisationForm, kinds_for
from ingestion.registration import OPEN_ROLES, Applicant, RoleForm
from ingestion.sameness.organisations import similar
from models.accounts import Admission, ExpertKind, Organisation, Role
from models.errors import Conflict, Invalid, NotFound
from web import access, names
from web.identity import me, user
from web.limits import REGISTER, limiter
from web.refusals import NONE, Refusal, refusal_of
from web.sessions import db


@access.public
def register():
    """Which of the three a person is. Somebody logged in adds a role to their account."""
    return render_template("accounts/register.html", to="accounts.add_role" if user() else "accounts.register_as")


@access.public
@limiter.limit(REGISTER, methods=["POST"])
def register_as(role: str):
    wanted = open_role(role)
    if user() is not None:
        return redirect(url_for("accounts.add_role", role=role))
    if request.method == "GET":
        return page(wanted, NONE)
    fields = request.form
    applicant = Applicant(fields.get("name", ""), fields.get("phone", ""), fields.get("email", ""),
                          fields.get("password", ""), "accepted_terms" in fields)
    if near := namesakes():
        return page(wanted, NONE, near)
    try:
        registration.register(db(), applicant, role_form(wanted))
    except Invalid as error:
        return page(wanted, refusal_of(error))
    flash(_("登记好了。工会一般 2 个工作日内核对，现在可以登录看进度"), "success")
    return redirect(url_for("session.login"))


@access.member
def add_role(role: str):
    """A further role, or a returned one with mended facts."""
    wanted = open_role(role)
    if request.method == "GET":
        return page(wanted, NONE)
    if near := namesakes():
        return page(wanted, NONE, near)
    try:
        registration.apply_role(db(), me(), role_form(wanted))
    except (Invalid, Conflict) as error:
        return page(wanted, refusal_of(error))
    flash(_("申请已提交，工会一般 2 个工作日内核对"), "success")
    return redirect(url_for("accounts.profile"))


def open_role(value: str) -> Role:
    if value not in OPEN_ROLES:
        raise NotFound(_("没有这种身份"))
    return Role(value)


def role_form(role: Role) -> RoleForm:
    fields = request.form
    organisation = OrganisationForm(
        kind=fields.get("kind", "") if role is not Role.enterprise else "enterprise",
        name=fields.get("organisation_name", ""), uscc=fields.get("uscc", ""),
        district_code=fields.get("district_code", ""), industry_code=fields.get("industry_code", ""),
        address=fields.get("address", ""), short_name=fields.get("short_name", ""))
    return RoleForm(role, organisation, fields.get("expert_kind", ""), fields.get("title", ""), fields.get("field", ""))


def namesakes() -> list[Organisation]:
    """Admitted organisations with a name like the one typed and another code, until the person says it is another."""
    if "same_sure" in request.form:
        return []
    code = request.form.get("uscc", "").strip().upper()
    return [one for one in similar(db(), request.form.get("organisation_name", ""))
            if one.status is Admission.approved and one.uscc != code and one.uscc is not None]


def page(role: Role, refusal: Refusal, near: Sequence[Organisation] = ()):
    """The form of one role, with what was typed. A password is never sent back."""
    returned = None
    if user() is not None:
        returned = next((grant for grant in me().grants if grant.role is role), None)
    kinds = kinds_for(role) if role is not Role.expert else kinds_for(role, ExpertKind.university) | kinds_for(role)
    return render_template(
        "accounts/form.html", role=role, typed=request.form or prefilled(returned), refusal=refusal,
        errors=refusal.errors, failed=bool(refusal.problems), returned=returned, near=near,
        kinds=[(kind, name) for kind, name in names.ORGANISATION_KIND.items() if kind in kinds]), refusal.status


def prefilled(grant) -> dict[str, str]:
    """What a returned application said, to be mended."""
    if grant is None or grant.organisation is None:
        return {}
    firm = grant.organisation
    return {"kind": firm.kind, "organisation_name": firm.name, "short_name": firm.short_name, "uscc": firm.uscc or "",
            "district_code": firm.district_code, "industry_code": firm.industry_code, "address": firm.address,
            "expert_kind": grant.detail.get("kind", ""), "title": grant.detail.get("title", ""),
            "field": grant.detail.get("field", "")}

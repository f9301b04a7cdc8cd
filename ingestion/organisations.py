"""The organisation a person applies with: found by its 统一社会信用代码, or new."""

import re
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from ingestion.findings import Findings
from ingestion.validation import choice, code, credit_code, industry, line
from models import codes
from models.accounts import ExpertKind, Organisation, OrganisationKind, Role
from models.errors import Invalid
from models.sameness import standing

LEGAL_FORM = re.compile(r"(有限责任公司|股份有限公司|有限公司|集团|公司|厂)+$")
KIND_NAMES = {
    OrganisationKind.enterprise: "企业", OrganisationKind.university: "高校", OrganisationKind.institute: "科研院所",
    OrganisationKind.studio: "工匠工作室", OrganisationKind.union: "工会",
}
ANY = frozenset(OrganisationKind)


@dataclass(frozen=True)
class OrganisationForm:
    """An organisation as typed."""

    kind: str
    name: str
    uscc: str
    district_code: str = ""
    industry_code: str = ""
    address: str = ""
    short_name: str = ""


def kinds_for(role: Role, expert_kind: ExpertKind | None = None) -> frozenset[OrganisationKind]:
    """Which organisations a role may be held for: university experts through a university, and so on."""
    if role is Role.enterprise:
        return frozenset({OrganisationKind.enterprise})
    if role is Role.expert and expert_kind is ExpertKind.university:
        return frozenset({OrganisationKind.university, OrganisationKind.institute})
    if role is Role.expert:
        return frozenset({OrganisationKind.enterprise, OrganisationKind.studio})
    return ANY


def bare_name(name: str) -> str:
    """A name without its legal form and brackets, by which near duplicates are found."""
    return LEGAL_FORM.sub("", re.sub(r"[（(].*?[)）]|\s", "", name))


def checked(form: OrganisationForm, allowed: frozenset[OrganisationKind]) -> dict:
    """Column values of a new organisation. InvalidForm naming each wrong field."""
    findings = Findings()
    kind = findings.check(choice, form.kind, OrganisationKind, "kind", "选单位类型")
    if kind is not None and kind not in allowed:
        names = "、".join(KIND_NAMES[one] for one in KIND_NAMES if one in allowed)
        findings.add(f"这个身份要用{names}入驻，请改选单位类型", "kind")
    values = {
        "kind": kind,
        "name": findings.check(line, form.name, "organisation_name", "单位全称", most=120, least=4),
        "short_name": findings.check(line, form.short_name, "short_name", "简称", most=20),
        "uscc": findings.check(credit_code, form.uscc),
        "district_code": findings.check(code, form.district_code, codes.divisions(), "district_code", "选所在区市"),
        "industry_code": findings.check(industry, form.industry_code, optional=True),
        "address": findings.check(line, form.address, "address", "地址", most=200),
    }
    findings.settle()
    return values


def find_or_add(session: Session, values: dict) -> Organisation:
    """The organisation with this credit code, or a new one that waits for approval. Flushes.

    Invalid where code and name belong to different organisations.
    """
    found = session.scalar(select(Organisation).where(Organisation.uscc == values["uscc"]))
    if found is not None:
        if bare_name(found.name) != bare_name(values["name"]):
            raise Invalid(f"这个代码登记的是“{found.name}”，和您写的名称不一样，请核对", field="organisation_name")
        if found.kind is not values["kind"]:
            raise Invalid(f"“{found.name}”登记为{KIND_NAMES[found.kind]}，请改选单位类型", field="kind")
        return found
    namesake = session.scalar(select(Organisation).where(Organisation.name == values["name"]))
    if namesake is not None and (kept := standing(session, namesake)) is not namesake:
        raise Invalid(f"“{namesake.name}”已并入“{kept.name}”，请填它的名称和代码", field="organisation_name")
    if namesake is not None and namesake.uscc:
        raise Invalid(f"“{values['name']}”已用另一个统一社会信用代码登记，请核对代码", field="uscc")
    if namesake is not None:  # a body that came with an import, now claimed
        namesake.uscc = values["uscc"]
        return namesake
    organisation = Organisation(**values)
    session.add(organisation)
    session.flush()
    return organisation

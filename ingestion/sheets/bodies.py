"""Organisations that a sheet names beside something else: a demand's firm, an expert's university."""

import uuid
from collections.abc import Set
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from models.accounts import Admission, Organisation, OrganisationKind

ENDINGS = ((OrganisationKind.studio, ("工作室",)), (OrganisationKind.institute, ("研究院", "研究所", "科学院")),
           (OrganisationKind.university, ("大学", "学院", "学校")), (OrganisationKind.union, ("工会",)))


def guessed_kind(name: str) -> OrganisationKind:
    """What a body is, by the end of its name."""
    return next((kind for kind, endings in ENDINGS if name.endswith(endings)), OrganisationKind.enterprise)


def bodies_named(session: Session, names: Set[str]) -> dict[str, uuid.UUID]:
    """Name → id; a body that is not there comes in without its code, to be claimed at 入驻."""
    if not names:
        return {}
    query = select(Organisation.name, Organisation.id).where(Organisation.name.in_(names))
    found: dict[str, uuid.UUID] = {row.name: row.id for row in session.execute(query)}
    lacking: list[dict[str, Any]] = [
        {"id": uuid.uuid4(), "name": name, "kind": guessed_kind(name), "status": Admission.applied}
        for name in sorted(names - found.keys())]
    if lacking:
        session.execute(insert(Organisation), lacking)
    return found | {row["name"]: row["id"] for row in lacking}

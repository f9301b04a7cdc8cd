"""Lists as sheets that read again: the same columns that an import knows, every value as it would be typed."""

import io
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import xlsxwriter
from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from ingestion.organisations import KIND_NAMES as ORGANISATION_KINDS
from ingestion.sheets.escaping import escaped
from ingestion.sheets.fields import FIELDS, KIND_NAMES, UNIT_LABELS
from ingestion.sheets.kinds.capabilities import write_claims
from ingestion.sheets.kinds.demands import COOPERATION, LEVELS, write_targets
from ingestion.sheets.kinds.experts import KINDS as EXPERT_KINDS
from ingestion.sheets.values import written_wan
from models.accounts import Expert, Organisation
from models.capabilities import Capability, CapabilityStatus
from models.demands import Demand, DemandStatus
from models.sheets import SheetKind

CELL_MOST = 32_000
"""Characters of a cell; XLSX holds 32,767, and a mark may come before."""
POSTED = (DemandStatus.published, DemandStatus.taken, DemandStatus.expired, DemandStatus.closed)
FETCHED = 1_000
COOPERATION_WORDS = {kind: words for words, kind in COOPERATION.items()}
LEVEL_WORDS = {level: words for words, level in LEVELS.items()}
EXPERT_WORDS = {kind: words for words, kind in EXPERT_KINDS.items()}
LEFT_OUT = frozenset({"budget"})
"""Fields that only imports know: an export writes the least and the most apart."""


def header(kind: SheetKind) -> list[str]:
    return [UNIT_LABELS.get(field.key, field.label) for field in FIELDS[kind] if field.key not in LEFT_OUT]


def rows(session: Session, kind: SheetKind, *only: ColumnElement[bool]) -> Iterator[list[str]]:
    """The values under `header`, in the order in which they came in: what is public, or what `only` says instead."""
    query, write = WRITERS[kind]
    query = query.where(*(only or PUBLIC.get(kind, ())))
    keys = [field.key for field in FIELDS[kind] if field.key not in LEFT_OUT]
    for one in session.scalars(query.execution_options(yield_per=FETCHED)):
        values = write(one)
        yield [values[key] for key in keys]


def workbook(kind: SheetKind, lines: Sequence[list[str]]) -> bytes:
    """The lines as XLSX: all text, nothing a formula, what is too long for a cell going on in a further column."""
    names = header(kind)
    parts = [max((-(-len(escaped(line[place])) // CELL_MOST) for line in lines), default=1) or 1
             for place in range(len(names))]
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                                      "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet(KIND_NAMES[kind])
        bold = book.add_format({"bold": True, "bottom": 1})
        titles = [name if part == 0 else f"{name}（续{part}）" for name, n in zip(names, parts, strict=True)
                  for part in range(n)]
        for column, title in enumerate(titles):
            sheet.write_string(0, column, title, bold)
            sheet.set_column(column, column, 40 if title.startswith(("难题", "简介", "标题")) else 18)
        for number, line in enumerate(lines, 1):
            column = 0
            for text, n in zip(line, parts, strict=True):
                whole = escaped(text)
                for part in range(n):
                    if (piece := whole[part * CELL_MOST:(part + 1) * CELL_MOST]):
                        sheet.write_string(number, column, escaped(piece) if part else piece)
                    column += 1
        sheet.freeze_panes(1, 0)
    return buffer.getvalue()


def _number(row: Demand | Capability) -> str:
    """By what a row is known again: the number of the sheet it came from, else its own."""
    return row.external_id if row.source == "file" and row.external_id else str(row.id)


def _demand(demand: Demand) -> dict[str, Any]:
    return {
        "_id": (demand.number if demand.source != "file" and demand.number else _number(demand)), "title": demand.title,
        "text": demand.problem, "targets": write_targets(demand.targets), "constraints": demand.constraints,
        "tried": demand.tried, "industry_code": demand.industry_code, "district_code": demand.district_code,
        "cooperation_type": COOPERATION_WORDS.get(demand.cooperation_type, ""),
        "budget_min": written_wan(demand.budget_min), "budget_max": written_wan(demand.budget_max),
        "deadline": demand.deadline.isoformat() if demand.deadline else "",
        "confidentiality": LEVEL_WORDS[demand.confidentiality], "abstract": demand.abstract, "offers": demand.offers,
        "ownership": demand.ownership, "firm": demand.organisation.name if demand.organisation else ""}


def _capability(capability: Capability) -> dict[str, Any]:
    return {"_id": _number(capability), "title": capability.title, "text": capability.summary,
            "field": capability.field, "claims": write_claims(capability.claims),
            "expert": str(capability.expert_id or "")}


def _organisation(body: Organisation) -> dict[str, Any]:
    return {"_id": str(body.id), "name": body.name, "short_name": body.short_name,
            "kind": ORGANISATION_KINDS[body.kind], "uscc": body.uscc or "", "district_code": body.district_code,
            "industry_code": body.industry_code, "address": body.address}


def _expert(expert: Expert) -> dict[str, Any]:
    return {"_id": str(expert.id), "name": expert.name, "phone": expert.user.phone, "email": expert.user.email,
            "kind": EXPERT_WORDS[expert.kind], "organisation": expert.organisation.name, "title": expert.title,
            "field": expert.field, "bio": expert.bio, "district_code": expert.district_code,
            "capacity": str(expert.capacity)}


PUBLIC = {SheetKind.demand: (Demand.status.in_(POSTED),),
          SheetKind.capability: (Capability.status == CapabilityStatus.published,)}
WRITERS: dict[SheetKind, tuple[Select, Callable[[Any], dict[str, Any]]]] = {
    SheetKind.demand: (select(Demand).order_by(Demand.created_at, Demand.id).options(
        selectinload(Demand.targets), joinedload(Demand.organisation)), _demand),
    SheetKind.capability: (select(Capability).order_by(
        Capability.created_at, Capability.id).options(selectinload(Capability.claims)), _capability),
    SheetKind.organisation: (select(Organisation).order_by(Organisation.created_at, Organisation.id), _organisation),
    SheetKind.expert: (select(Expert).order_by(Expert.created_at, Expert.id).options(
        joinedload(Expert.user), joinedload(Expert.organisation)), _expert),
}

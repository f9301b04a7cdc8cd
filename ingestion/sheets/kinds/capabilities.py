"""Capabilities in a sheet: recommended by themselves, or under the expert whose number stands beside them."""

import re
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session, selectinload

from ingestion.findings import Findings
from ingestion.sheets import given_away
from ingestion.sheets.cells import Cells
from ingestion.sheets.judging import Judged, Origin, Problem, Verdict
from ingestion.sheets.keys import as_id, content_key, ids_among, plain
from ingestion.sheets.lines import joined, parted
from ingestion.sheets.posted import refuse_anothers, refuse_problems, write_traces
from ingestion.validation import line, text
from models.accounts import Expert
from models.base import now, today
from models.capabilities import Capability, CapabilityClaim, CapabilityStatus, ProofKind
from models.errors import Invalid
from models.index import PostingKind
from models.sheets import SheetKind

PROOFS = {"论文": ProofKind.paper, "专利": ProofKind.patent, "合同": ProofKind.contract, "检测报告": ProofKind.test_report,
          "班组记录": ProofKind.shop_record, "所在单位证明": ProofKind.employer, "暂无": ProofKind.none, "": ProofKind.none}
PROOF_WORDS = {kind: words for words, kind in PROOFS.items() if words}
MOST_CLAIMS = 50


class CapabilityRows:
    kind = SheetKind.capability
    unique: tuple[str, ...] = ()

    def key(self, cells: Cells) -> str:
        return cells("_id").strip() or content_key(cells("title"), cells("expert"))

    def read(self, cells: Cells, key: str) -> dict[str, Any]:
        findings = Findings()
        values: dict[str, Any] = {
            "external_id": findings.check(line, key, cells.name("_id"), "编号"),
            "title": findings.check(line, cells("title"), cells.name("title"), "标题", most=300, least=1)}
        if cells.given("text"):
            values["summary"] = findings.check(text, cells("text"), cells.name("text"), "正文", most=100_000)
        if cells.given("field"):
            values["field"] = findings.check(line, cells("field"), cells.name("field"), "领域")
        if cells.given("claims"):
            values["claims"] = findings.check(read_claims, cells("claims"), cells.name("claims"))
        if cells.given("expert"):
            values["expert_id"] = findings.check(_expert, cells("expert"), cells.name("expert"))
        self.further(findings, cells, values)
        findings.settle()
        return values

    def further(self, findings: Findings, cells: Cells, values: Mapping[str, Any]) -> None:
        """What is checked of an expert's own besides; a value that is wrong already is None."""

    def known(self, session: Session, origin: Origin, keys: Sequence[str]) -> Mapping[str, Capability]:
        ids = ids_among(keys)
        query = select(Capability).options(selectinload(Capability.claims))
        found = {ids[one.id]: one for one in session.scalars(query.where(Capability.id.in_(ids)))} if ids else {}
        return found | {one.external_id: one for one in session.scalars(
            query.where(Capability.source == origin.source, Capability.external_id.in_(keys)))}

    def settle(self, session: Session, origin: Origin, rows: Sequence[Judged], cells: Mapping[int, Cells]) -> None:
        wanted = {one.values["expert_id"] for one in rows if one.values.get("expert_id")}
        there = set(session.scalars(select(Expert.id).where(Expert.id.in_(wanted)))) if wanted else set()
        self._find_twins(session, [one for one in rows if one.verdict is Verdict.new])
        for one in rows:
            if one.verdict not in (Verdict.new, Verdict.changed):
                continue
            refuse_problems(one, given_away.check_capability, cells[one.row.number], one.values)
            if one.values.get("expert_id") and one.values["expert_id"] not in there:
                one.problems.append(Problem(one.row.number, cells[one.row.number].name("expert"),
                                            "没有这个编号的专家。先导入专家，或把这一格清空"))
                one.verdict = Verdict.refused
        refuse_anothers(rows, origin, "这条能力是专家自己登记的。请专家在网站上改，或换一个编号")

    def _find_twins(self, session: Session, rows: Sequence[Judged]) -> None:
        held = session.execute(select(Capability.title, Capability.summary).where(
            Capability.title.in_({one.values["title"] for one in rows}),
            Capability.status == CapabilityStatus.published))
        there = {(plain(title), plain(summary)) for title, summary in held}
        for one in rows:
            if (plain(one.values["title"]), plain(one.values.get("summary", ""))) in there:
                one.verdict, one.note = Verdict.duplicate, "标题和简介都一样的能力已经登记，没有再加"

    def same(self, held: Capability, values: Mapping[str, Any]) -> bool:
        return all(_held(held, column) == value for column, value in values.items() if column != "external_id")

    def write(self, session: Session, origin: Origin, rows: Sequence[Judged]) -> None:
        written = insert_capabilities(session, origin, [
            (as_id(one.key) or uuid.uuid4(), one.values) for one in rows if one.held is None],
            CapabilityStatus.published)
        for one in rows:
            if one.held is not None:
                change(session, one.held, one.values)
                written.append((one.held.id, False))
        session.flush()
        write_traces(session, origin, PostingKind.capability, Capability, written)


def insert_capabilities(session: Session, origin: Origin, rows: Sequence[tuple[uuid.UUID, Mapping[str, Any]]],
                        status: CapabilityStatus) -> list[tuple[uuid.UUID, bool]]:
    """New capabilities in one state, each with its id and values."""
    if not rows:
        return []
    at, made, claims = now(), [], []
    for capability_id, values in rows:
        made.append({"summary": "", "field": "", "expert_id": None} | {
            column: value for column, value in values.items() if column != "claims"} | {
            "id": capability_id, "source": origin.source, "status": status, "created_at": at, "updated_at": at})
        claims += [{"id": uuid.uuid4(), "capability_id": capability_id, "position": position, **claim}
                   for position, claim in enumerate(values.get("claims") or (), 1)]
    session.execute(insert(Capability), made)
    if claims:
        session.execute(insert(CapabilityClaim), claims)
    return [(row["id"], True) for row in made]


def change(session: Session, capability: Capability, values: Mapping[str, Any]) -> None:
    """Give a capability what its row says; a claim whose words stay the same keeps its verification."""
    for column, value in values.items():
        if column == "claims":
            verified = {(one.text, one.year, one.proof) for one in capability.claims if one.verified}
            capability.claims.clear()
            session.flush()  # positions are unique: the old rows must be gone before the new ones come
            capability.claims.extend(CapabilityClaim(
                position=at, verified=(one["text"], one["year"], one["proof"]) in verified, **one)
                for at, one in enumerate(value, 1))
        elif column != "external_id":
            setattr(capability, column, value)
    capability.updated_at = now()


def _held(capability: Capability, column: str) -> Any:
    if column == "claims":
        return [{"text": one.text, "year": one.year, "proof": one.proof} for one in capability.claims]
    return getattr(capability, column)


def write_claims(claims: Sequence[CapabilityClaim]) -> str:
    """One line a claim: what was done | year | proof."""
    return "\n".join(joined((one.text, str(one.year or ""), PROOF_WORDS[one.proof])) for one in claims)


def read_claims(value: str, field: str) -> list[dict[str, Any]]:
    """Claims from lines: 跳动量由 0.08 mm 降到 0.025 mm | 2024 | 检测报告. A line without bars is the claim's text."""
    lines = [part.strip() for part in value.replace("\r", "\n").split("\n") if part.strip()]
    if len(lines) > MOST_CLAIMS:
        raise Invalid(f"做成过的事最多 {MOST_CLAIMS} 行，现在 {len(lines)} 行", field=field)
    return [_claim(one, number, field) for number, one in enumerate(lines, 1)]


def _claim(typed: str, number: int, field: str) -> dict[str, Any]:
    words, year, proof = (*parted(typed), "", "")[:3]
    if year and not (re.fullmatch(r"\d{4}", year) and 1950 <= int(year) <= today().year):
        raise Invalid(f"第 {number} 行的年份写四位，比如 2024，不晚于今年", field=field)
    if proof not in PROOFS:
        raise Invalid(f"第 {number} 行的凭据写 {'、'.join(PROOF_WORDS.values())}", field=field)
    return {"text": line(words, field, f"第 {number} 行", most=300, least=1), "year": int(year) if year else None,
            "proof": PROOFS[proof]}


def _expert(value: str, field: str) -> uuid.UUID | None:
    typed = value.strip()
    if typed and as_id(typed) is None:
        raise Invalid("专家编号照专家表里导出的写，没有就留空", field=field)
    return as_id(typed)

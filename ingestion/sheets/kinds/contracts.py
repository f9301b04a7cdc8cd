"""Contracts in a sheet: recorded ones stay as their sides recorded them, others fill a form and are none."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from ingestion.findings import Findings
from ingestion.sheets.cells import Cells
from ingestion.sheets.judging import Judged, Origin, Verdict
from ingestion.sheets.kinds.demands import COOPERATION
from ingestion.sheets.kinds.pairs import (
    ClaimRows,
    Held,
    Pair,
    Parties,
    among,
    check_parties,
    expert_id,
    live,
    number_of,
    of_pairs,
    refuse_against,
)
from ingestion.sheets.values import past_day, sheet_day, sheet_yuan
from ingestion.sheets.words import CONTRACT_STATES, STANDINGS, code_of, code_or_none
from ingestion.validation import line
from models.claims import ClaimedContract, ClaimedEngagement
from models.contracts import Contract, ContractStatus, fingerprint, normal_number
from models.engagements import Engagement
from models.sheets import SheetKind

STANDS = "和双方在平台上登记的不一样，表格改不了。要改请双方在合同页更正"
TAKEN = "这个合同号已经在另一次对接里登记过。请核对合同号"
TEXTS = (("contract_number", "合同编号", 80), ("name", "合同名称", 200), ("party_a", "甲方", 120), ("party_b", "乙方", 120))
MONEY = (("amount", "合同金额"), ("expected_benefit", "预计创效"))


class ContractRows(ClaimRows):
    kind = SheetKind.contract
    table = ClaimedContract

    @staticmethod
    def facts(one: Contract | ClaimedContract) -> dict[str, Any]:
        says = one if isinstance(one, ClaimedContract) else one.revision
        came = None if isinstance(one, ClaimedContract) else one.collaboration
        standing, number = ((one.standing, one.collaboration_number) if isinstance(one, ClaimedContract)
                            else (came and came.status, came.number if came else ""))
        return {name: getattr(says, name) for name in (
            "contract_number", "name", "party_a", "party_b", "type", "signed_on", "starts_on", "ends_on", "amount",
            "expected_benefit")} | {"status": one.status, "standing": standing, "collaboration_number": number}

    def read(self, cells: Cells, key: str) -> dict[str, Any]:
        findings = Findings()
        values: dict[str, Any] = {}
        findings.check(number_of, cells("demand"), cells.name("demand"), "需求编号")
        findings.check(expert_id, cells("expert"), cells.name("expert"))
        for name, label, most in TEXTS:
            values[name] = findings.check(line, cells(name), cells.name(name), label, most=most, least=1)
        values["type"] = findings.check(code_of, cells("type"), cells.name("type"), "合同类型", COOPERATION)
        values["signed_on"] = findings.check(past_day, cells("signed_on"), cells.name("signed_on"), "签订日期",
                                             cells.columns.from_1904)
        for name in ("starts_on", "ends_on"):
            values[name] = findings.check(sheet_day, cells(name), cells.name(name), "合同期限",
                                          from_1904=cells.columns.from_1904)
        for name, label in MONEY:
            values[name] = findings.check(sheet_yuan, cells(name), cells.name(name), label,
                                          cells.columns.units.get(name, ""))
        values["status"] = findings.check(code_of, cells("status"), cells.name("status"), "状态", CONTRACT_STATES)
        values["standing"] = findings.check(code_or_none, cells("standing"), cells.name("standing"), "核验", STANDINGS)
        values["collaboration_number"] = findings.check(
            line, cells("collaboration_number"), cells.name("collaboration_number"), "合作编号", most=20)
        _check_whole(findings, cells, values)
        findings.settle()
        return values

    def known(self, session: Session, origin: Origin, keys: Sequence[str]) -> Mapping[str, Held]:
        pairs = Parties(session, origin, keys).pairs(keys)
        if not pairs:
            return {}
        real = session.scalars(select(Contract).join(Contract.engagement).where(among(Engagement, pairs)).options(
            joinedload(Contract.engagement), selectinload(Contract.revisions), joinedload(Contract.collaboration)))
        written = of_pairs(real, pairs)
        claims = of_pairs(session.scalars(select(ClaimedContract).where(among(ClaimedContract, pairs))), pairs)
        return {key: Held(written.get(key), claims.get(key)) for key in written.keys() | claims.keys()}

    def settle(self, session: Session, origin: Origin, rows: Sequence[Judged], cells: Mapping[int, Cells]) -> None:
        some = live(rows)
        parties = Parties(session, origin, [one.key for one in some])
        pairs = parties.pairs([one.key for one in some])
        together = _together(session, pairs)
        for one in some:
            check_parties(one, cells[one.row.number], parties)
            demand, expert = parties.of(one.key)
            if demand is None or expert is None or demand.organisation_id is None:
                continue
            if (demand.id, expert.id) not in together:
                one.refuse(cells[one.row.number].name("demand"), "这条需求和这位专家之间没有对接。先导入对接")
            if one.verdict is Verdict.changed and one.held.real is not None:
                refuse_against(one, cells[one.row.number], self.facts(one.held.real), STANDS)
            if one.verdict is Verdict.changed:
                one.held = one.held.claim
            one.values |= {"demand_id": demand.id, "expert_id": expert.id,
                           "fingerprint": fingerprint(demand.organisation_id, one.values["contract_number"])}
        coming = [one for one in some if one.verdict in (Verdict.new, Verdict.changed)]
        self._refuse_other_papers(session, coming, cells)

    def _refuse_other_papers(self, session: Session, rows: Sequence[Judged], cells: Mapping[int, Cells]) -> None:
        """The same paper between another pair is refused: recorded here, claimed by a sheet, or twice in this one."""
        marks = [one.values["fingerprint"] for one in rows]
        holders = {one.fingerprint: (one.engagement.demand_id, one.engagement.expert_id) for one in session.scalars(
            select(Contract).where(Contract.fingerprint.in_(marks)).options(joinedload(Contract.engagement)))}
        holders |= {one.fingerprint: (one.demand_id, one.expert_id) for one in session.scalars(
            select(ClaimedContract).where(ClaimedContract.fingerprint.in_(marks)))}
        for one in rows:
            own: Pair = (one.values["demand_id"], one.values["expert_id"])
            if holders.setdefault(one.values["fingerprint"], own) != own:
                one.refuse(cells[one.row.number].name("contract_number"), TAKEN)


def _together(session: Session, pairs: Mapping[Pair, str]) -> set[Pair]:
    """The pairs between which there is an engagement, or a claim of one."""
    if not pairs:
        return set()
    return {(one.demand_id, one.expert_id) for table in (Engagement, ClaimedEngagement)
            for one in session.execute(select(table.demand_id, table.expert_id).where(among(table, pairs)))}


def _check_whole(findings: Findings, cells: Cells, values: Mapping[str, Any]) -> None:
    """What takes a look at more than one cell, or at a figure's size."""
    for name, label in MONEY:
        least = 1 if name == "amount" else 0
        if values[name] is None or values[name] < least:
            findings.add(f"写上{label}" if values[name] is None else f"{label}写错了，请核对", cells.name(name))
    if values["contract_number"] and not normal_number(values["contract_number"]):
        findings.add("合同编号要有数字或字母", cells.name("contract_number"))
    if values["starts_on"] and values["ends_on"] and values["ends_on"] < values["starts_on"]:
        findings.add("合同期限的最后一天在第一天前面，请核对", cells.name("ends_on"))
    if values["standing"] and values["status"] is not ContractStatus.confirmed:
        findings.add("只有已成合作的才谈得上核验", cells.name("standing"))

"""Engagements in a sheet: what people did here stays as it is, anything else is a claim that both sides may confirm."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ingestion.findings import Findings
from ingestion.sheets.cells import Cells
from ingestion.sheets.judging import Judged, Origin, Verdict
from ingestion.sheets.kinds.pairs import (
    ClaimRows,
    Held,
    Parties,
    among,
    check_parties,
    expert_id,
    live,
    number_of,
    of_pairs,
    refuse_against,
)
from ingestion.sheets.values import past_day
from ingestion.sheets.words import ENDS, OPENINGS, STAGES, code_of, code_or_none
from models.base import city_day
from models.claims import ClaimedEngagement
from models.engagements import Engagement, Stage
from models.sheets import SheetKind

STANDS = "双方在平台上走到了另一步，表格改不了。以平台上的为准"
ANSWERED = "已经有一方答复过，表格不能再改。以平台上的为准"


class EngagementRows(ClaimRows):
    kind = SheetKind.engagement
    table = ClaimedEngagement

    @staticmethod
    def facts(one: Engagement | ClaimedEngagement) -> dict[str, Any]:
        began, changed = ((one.began_on, one.changed_on) if isinstance(one, ClaimedEngagement)
                          else (city_day(one.created_at), city_day(one.updated_at)))
        return {"opening": one.opening, "stage": one.stage, "end_code": one.end_code, "began_on": began,
                "changed_on": changed}

    def read(self, cells: Cells, key: str) -> dict[str, Any]:
        findings = Findings()
        findings.check(number_of, cells("demand"), cells.name("demand"), "需求编号")
        findings.check(expert_id, cells("expert"), cells.name("expert"))
        values: dict[str, Any] = {
            "opening": findings.check(code_of, cells("opening"), cells.name("opening"), "怎么开始的", OPENINGS),
            "stage": findings.check(code_of, cells("stage"), cells.name("stage"), "走到哪一步", STAGES),
            "end_code": findings.check(code_or_none, cells("end_code"), cells.name("end_code"), "为什么结束", ENDS)}
        for name, label in (("began_on", "从哪天起"), ("changed_on", "最近变动")):
            values[name] = findings.check(past_day, cells(name), cells.name(name), label, cells.columns.from_1904)
        if values["stage"] and (values["stage"] is Stage.ended) != (values["end_code"] is not None):
            findings.add("已结束的写为什么结束，没有结束的不写", cells.name("end_code"))
        if values["began_on"] and values["changed_on"] and values["changed_on"] < values["began_on"]:
            findings.add("最近变动在开始以前，请核对", cells.name("changed_on"))
        findings.settle()
        return values

    def known(self, session: Session, origin: Origin, keys: Sequence[str]) -> Mapping[str, Held]:
        pairs = Parties(session, origin, keys).pairs(keys)
        if not pairs:
            return {}
        tables: tuple[Any, ...] = (Engagement, ClaimedEngagement)
        real, claims = (of_pairs(session.scalars(select(table).where(among(table, pairs))), pairs) for table in tables)
        return {key: Held(real.get(key), claims.get(key)) for key in real.keys() | claims.keys()}

    def settle(self, session: Session, origin: Origin, rows: Sequence[Judged], cells: Mapping[int, Cells]) -> None:
        parties = Parties(session, origin, [one.key for one in live(rows)])
        for one in live(rows):
            check_parties(one, cells[one.row.number], parties)
            if one.verdict is Verdict.changed and one.held.real is not None:
                refuse_against(one, cells[one.row.number], self.facts(one.held.real), STANDS)
            elif one.verdict is Verdict.changed and one.held.claim.answered:
                refuse_against(one, cells[one.row.number], self.facts(one.held.claim), ANSWERED)
            if one.verdict is Verdict.changed:
                one.held = one.held.claim
            demand, expert = parties.of(one.key)
            if demand and expert:
                one.values |= {"demand_id": demand.id, "expert_id": expert.id}

"""Engagements in a sheet: what people did here stays as it is, anything else is a claim that both sides may confirm."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from ingestion.findings import Findings
from ingestion.sheets.cells import Cells
from ingestion.sheets.judging import Judged, Origin, Verdict
from ingestion.sheets.kinds.pairs import (
    Held,
    Parties,
    among,
    check_parties,
    expert_id,
    live,
    number_of,
    of_pairs,
    pair_key,
    refuse_against,
)
from ingestion.sheets.values import sheet_day
from ingestion.sheets.words import ENDS, OPENINGS, STAGES, code_of, code_or_none
from models.audit import record_each
from models.base import CITY_TIME, now, today
from models.claims import ClaimedEngagement
from models.engagements import Engagement, Stage
from models.errors import Invalid
from models.sheets import SheetKind

STANDS = "双方在平台上走到了另一步，表格改不了。以平台上的为准"
ANSWERED = "已经有一方答复过，表格不能再改。以平台上的为准"


class EngagementRows:
    kind = SheetKind.engagement
    unique: tuple[str, ...] = ()

    def key(self, cells: Cells) -> str:
        return pair_key(cells)

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
                refuse_against(one, cells[one.row.number], facts(one.held.real), STANDS)
            elif one.verdict is Verdict.changed and one.held.claim.answered:
                refuse_against(one, cells[one.row.number], facts(one.held.claim), ANSWERED)
            if one.verdict is Verdict.changed:
                one.held = one.held.claim
            demand, expert = parties.of(one.key)
            if demand and expert:
                one.values |= {"demand_id": demand.id, "expert_id": expert.id}

    def same(self, held: Held, values: Mapping[str, Any]) -> bool:
        """As it is here, or as an earlier sheet said it before it was confirmed."""
        return any(facts(one) == values for one in (held.real, held.claim) if one is not None)

    def write(self, session: Session, origin: Origin, rows: Sequence[Judged]) -> None:
        written = write_claims(session, origin, ClaimedEngagement, rows)
        record_each(session, origin.actor, "engagement.claimed", ClaimedEngagement, written, **batch_of(origin))


def facts(one: Engagement | ClaimedEngagement) -> dict[str, Any]:
    """What a sheet says of it."""
    began, changed = ((one.began_on, one.changed_on) if isinstance(one, ClaimedEngagement)
                      else (city_day(one.created_at), city_day(one.updated_at)))
    return {"opening": one.opening, "stage": one.stage, "end_code": one.end_code, "began_on": began,
            "changed_on": changed}


def city_day(moment: dt.datetime) -> dt.date:
    return moment.astimezone(CITY_TIME).date()


def past_day(value: str, field: str, label: str, from_1904: bool) -> dt.date:
    """A day that has come. Invalid for none, and for one that is yet to come."""
    found = sheet_day(value, field, label, from_1904=from_1904)
    if found is None:
        raise Invalid(f"写上{label}", field=field)
    if found > today():
        raise Invalid(f"{label}还没到，请核对", field=field)
    return found


def write_claims(session: Session, origin: Origin, table: Any, rows: Sequence[Judged]) -> list[uuid.UUID]:
    """New claims, and changed ones that nobody has answered. Their ids. Flushes."""
    made = [{"id": uuid.uuid4(), "version": 1, "batch_id": origin.batch_id, "created_at": now(),
             "created_by_id": origin.actor and origin.actor.id, **one.values} for one in rows if one.held is None]
    if made:
        session.execute(insert(table), made)
    changed = [one for one in rows if one.held is not None]
    for one in changed:
        for column, value in one.values.items():
            setattr(one.held, column, value)
    session.flush()
    return [row["id"] for row in made] + [one.held.id for one in changed]


def batch_of(origin: Origin) -> dict[str, str]:
    return {"batch": str(origin.batch_id)} if origin.batch_id else {}

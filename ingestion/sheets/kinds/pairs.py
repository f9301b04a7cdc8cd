"""Rows that stand between one demand and one expert: whom they mean, and that the sheet means the same as the city.

What people did here is not changed by a sheet. A row that says the same is unchanged; one that says otherwise is
refused in the columns that differ; one about a pair that nobody here knows of becomes a claim (models/claims.py).
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, insert, select
from sqlalchemy.orm import Session, joinedload

from ingestion.sheets.cells import Cells
from ingestion.sheets.escaping import WITHHELD
from ingestion.sheets.judging import Judged, Origin, Verdict
from ingestion.sheets.keys import as_id
from ingestion.sheets.kinds.demands import DemandRows
from models.accounts import Expert
from models.audit import record_each
from models.base import now
from models.claims import ClaimedContract, ClaimedEngagement
from models.demands import Demand
from models.errors import Invalid

SEPARATOR = "\x1f"
Pair = tuple[uuid.UUID, uuid.UUID]
"""The ids of a demand and an expert."""


@dataclass(frozen=True)
class Held:
    """What is there of a pair: `real` is what people did here, `claim` what an earlier sheet said; one at least."""

    real: Any = None
    claim: Any = None


class ClaimRows:
    """What rows about a pair have in common: a sheet of them ends in claims, never in what people did."""

    table: type[ClaimedEngagement | ClaimedContract]
    facts: "staticmethod[[Any], dict[str, Any]]"
    """What a sheet says of a claim, or of what people did."""
    unique: tuple[str, ...] = ()

    def key(self, cells: Cells) -> str:
        """The numbers of demand and expert as the sheet has them. Empty where one is missing: the row is refused."""
        demand, expert = cells("demand").strip(), cells("expert").strip()
        return f"{demand}{SEPARATOR}{expert}" if demand and expert else ""

    def same(self, held: Held, values: Mapping[str, Any]) -> bool:
        """As it is here, or as an earlier sheet said it before it was confirmed."""
        return any(self.facts(one) == values for one in (held.real, held.claim) if one is not None)

    def write(self, session: Session, origin: Origin, rows: Sequence[Judged]) -> None:
        """New claims, and changed ones that nobody has answered. Flushes."""
        made = [{"id": uuid.uuid4(), "version": 1, "batch_id": origin.batch_id, "created_at": now(),
                 "created_by_id": origin.actor and origin.actor.id, **one.values} for one in rows if one.held is None]
        if made:
            session.execute(insert(self.table), made)
        changed = [one for one in rows if one.held is not None]
        for one in changed:
            for column, value in one.values.items():
                setattr(one.held, column, value)
        session.flush()
        written = [row["id"] for row in made] + [one.held.id for one in changed]
        act = f"{self.table.__tablename__.removeprefix('claimed_')}.claimed"
        record_each(session, origin.actor, act, self.table, written, **origin.batch)


def number_of(value: str, field: str, label: str) -> str:
    if not value.strip():
        raise Invalid(f"写上{label}，照导出的写", field=field)
    return value.strip()


def expert_id(value: str, field: str) -> uuid.UUID:
    """An expert's number as the sheet of experts has it. Invalid for anything else."""
    found = as_id(number_of(value, field, "专家编号"))
    if found is None:
        raise Invalid("专家编号照专家表里导出的写", field=field)
    return found


class Parties:
    """The demands and experts that some rows name, looked up at once."""

    def __init__(self, session: Session, origin: Origin, keys: Iterable[str]):
        numbers = [key.split(SEPARATOR) for key in keys if SEPARATOR in key]
        self.demands: Mapping[str, Demand] = DemandRows().known(session, origin, [demand for demand, _ in numbers])
        ids = {found for _, expert in numbers if (found := as_id(expert))}
        self.experts = {str(one.id): one for one in session.scalars(
            select(Expert).where(Expert.id.in_(ids)).options(joinedload(Expert.organisation)))} if ids else {}

    def of(self, key: str) -> tuple[Demand | None, Expert | None]:
        demand, _, expert = key.partition(SEPARATOR)
        return self.demands.get(demand), self.experts.get(str(as_id(expert)))

    def pairs(self, keys: Iterable[str]) -> dict[Pair, str]:
        """The pair of each key that names two who are there."""
        found = {key: self.of(key) for key in keys}
        return {(demand.id, expert.id): key for key, (demand, expert) in found.items() if demand and expert}


def among(table: Any, pairs: Iterable[Pair]):
    """The condition that a row of `table` is about a demand and an expert of the pairs; `of_pairs` picks.

    Two lists of ids, not a list of pairs: a database looks five hundred of those up one by one.
    """
    wanted = list(pairs)
    return and_(table.demand_id.in_({demand for demand, _ in wanted}),
                table.expert_id.in_({expert for _, expert in wanted}))


def of_pairs(rows: Iterable[Any], pairs: Mapping[Pair, str]) -> dict[str, Any]:
    """Key → the row about that very pair; a contract is about the pair of its engagement."""
    found = {}
    for one in rows:
        between = one if hasattr(one, "demand_id") else one.engagement
        key = pairs.get((between.demand_id, between.expert_id))
        if key is not None:
            found[key] = one
    return found


def check_parties(row: Judged, cells: Cells, parties: Parties) -> None:
    """Refuse a row whose demand or expert is not there, or whose names are not theirs: it may mean somebody else."""
    demand, expert = parties.of(row.key)
    if demand is None:
        row.refuse(cells.name("demand"), "没有这个编号的需求。先导入需求")
    if expert is None:
        row.refuse(cells.name("expert"), "没有这个编号的专家。先导入专家")
    if demand is None or expert is None:
        return
    if demand.organisation is None:
        row.refuse(cells.name("demand"), "这条需求没有单位，谁也不能确认。先补上需求单位")
    there = {"title": demand.title, "firm": demand.organisation.name if demand.organisation else "",
             "expert_name": expert.name, "employer": expert.organisation.name}
    for key, value in there.items():
        if cells(key).strip() not in ("", WITHHELD, value):
            row.refuse(cells.name(key), f"和编号对不上：这个编号的是“{value[:40]}”。请核对编号，不要把别家的写进来")
    if demand.organisation_id == expert.organisation_id:
        row.refuse(cells.name("expert"), "专家和企业是同一个单位，不能算对接")


def refuse_against(row: Judged, cells: Cells, there: Mapping[str, Any], why: str) -> None:
    """Refuse a row in every column in which it says otherwise than what people did here."""
    for key, value in row.values.items():
        if key in there and there[key] != value:
            row.refuse(cells.name(key), why)


def live(rows: Sequence[Judged]) -> list[Judged]:
    return [one for one in rows if one.verdict in (Verdict.new, Verdict.changed, Verdict.unchanged)]

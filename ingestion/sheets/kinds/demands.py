"""Demands in a sheet: published at once, since staff or the operator bring them in; known again by their number."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session, selectinload

from ingestion import amounts
from ingestion.findings import Findings
from ingestion.sheets import given_away
from ingestion.sheets.bodies import bodies_named
from ingestion.sheets.cells import Cells, division, trade
from ingestion.sheets.judging import Judged, Origin, Verdict
from ingestion.sheets.keys import as_id, content_key, ids_among, plain
from ingestion.sheets.lines import joined, parted
from ingestion.sheets.posted import refuse_anothers, refuse_problems, write_traces
from ingestion.sheets.values import has_unit, sheet_day, sheet_range, sheet_yuan
from ingestion.sheets.words import DEMAND_STATES, code_of
from ingestion.validation import line, text
from models.base import now
from models.demands import Confidentiality, CooperationType, Demand, DemandEvent, DemandStatus, DemandTarget
from models.errors import Invalid
from models.index import PostingKind
from models.sheets import SheetKind

LONG = 100_000
LEVELS = {"全文公开": Confidentiality.public, "摘要公开": Confidentiality.summary,
          "签保密协议": Confidentiality.nda, "不公开": Confidentiality.internal}
COOPERATION = {
    "技术开发": CooperationType.development, "技术转让": CooperationType.transfer, "技术许可": CooperationType.licence,
    "技术咨询": CooperationType.consulting, "技术服务": CooperationType.service,
}
BODIES = {"text": ("problem", "正文"), "constraints": ("constraints", "约束条件"), "tried": ("tried", "已试过的办法"),
          "offers": ("offers", "企业能提供的条件")}
MOST_TARGETS = 30
NEVER_CHANGED = frozenset({"external_id", "state"})
COMES_IN = {DemandStatus.taken: DemandStatus.expired, DemandStatus.closed: DemandStatus.expired,
            DemandStatus.expired: DemandStatus.expired, DemandStatus.withdrawn: DemandStatus.withdrawn,
            DemandStatus.draft: DemandStatus.draft, DemandStatus.submitted: DemandStatus.draft,
            DemandStatus.returned: DemandStatus.draft}
"""What a demand of that state comes in as. 已揭榜 and 已办结 rest on contracts, which no sheet makes: it is only not open."""
OWNERS_ONLY = "这条需求是企业自己发布的。请企业在网站上改，或换一个编号"


class DemandRows:
    kind = SheetKind.demand
    unique: tuple[str, ...] = ()
    most: Mapping[str, int] = {"title": 300, **dict.fromkeys(BODIES, LONG), "abstract": 500}
    """Characters of a text."""

    def key(self, cells: Cells) -> str:
        return cells("_id").strip() or content_key(cells("title"), cells("firm"))

    def read(self, cells: Cells, key: str) -> dict[str, Any]:
        """`confidentiality`, `abstract` and the like only where the file has them: without, a demand keeps its own."""
        findings = Findings()
        values: dict[str, Any] = {
            "external_id": findings.check(line, key, cells.name("_id"), "编号"),
            "title": findings.check(line, cells("title"), cells.name("title"), "标题", most=self.most["title"],
                                    least=1)}
        for name, (column, label) in BODIES.items():
            if cells.given(name):
                values[column] = findings.check(text, cells(name), cells.name(name), label, most=self.most[name])
        self._terms(findings, cells, values)
        self._disclosure(findings, cells, values)
        if cells.given("targets"):
            values["targets"] = findings.check(read_targets, cells("targets"), cells.name("targets"))
        if cells("state").strip():
            values["state"] = findings.check(code_of, cells("state"), cells.name("state"), "榜上状态", DEMAND_STATES)
        if cells.given("firm"):
            values["firm"] = findings.check(line, cells("firm"), cells.name("firm"), "需求单位")
        self.further(findings, cells, values)
        findings.settle()
        return values

    def further(self, findings: Findings, cells: Cells, values: Mapping[str, Any]) -> None:
        """What is checked of drafts besides; a value that is wrong already is None."""

    def _terms(self, findings: Findings, cells: Cells, values: dict[str, Any]) -> None:
        if cells.given("industry_code"):
            values["industry_code"] = findings.check(trade, cells("industry_code"), cells.name("industry_code"))
        if cells.given("district_code"):
            values["district_code"] = findings.check(division, cells("district_code"), cells.name("district_code"))
        if cells.given("cooperation_type"):
            values["cooperation_type"] = findings.check(_cooperation, cells("cooperation_type"),
                                                        cells.name("cooperation_type"))
        if cells.given("deadline"):
            values["deadline"] = findings.check(sheet_day, cells("deadline"), cells.name("deadline"), "截止日期",
                                                from_1904=cells.columns.from_1904)
        self._budget(findings, cells, values)

    def _budget(self, findings: Findings, cells: Cells, values: dict[str, Any]) -> None:
        units = cells.columns.units
        if cells.given("budget"):
            found = findings.check(sheet_range, cells("budget"), cells.name("budget"), "投入", units.get("budget", ""))
            values["budget_min"], values["budget_max"] = found or (None, None)
        for name, label in (("budget_min", "最低投入"), ("budget_max", "最高投入")):
            if cells.given(name):
                values[name] = findings.check(sheet_yuan, cells(name), cells.name(name), label, units.get(name, ""))
        low, high = values.get("budget_min"), values.get("budget_max")
        try:
            amounts.budget(low, high, any(has_unit(cells(name)) for name in ("budget", "budget_min", "budget_max")))
        except Invalid as error:
            column = error.field if cells.given(error.field) else "budget"
            findings.add(error.message, cells.name(column))

    def _disclosure(self, findings: Findings, cells: Cells, values: dict[str, Any]) -> None:
        if cells.given("confidentiality"):
            values["confidentiality"] = findings.check(_level, cells("confidentiality"), cells.name("confidentiality"))
        if cells.given("abstract"):
            values["abstract"] = findings.check(text, cells("abstract"), cells.name("abstract"), "公开摘要",
                                                most=self.most["abstract"])
        if cells.given("ownership"):
            values["ownership"] = findings.check(line, cells("ownership"), cells.name("ownership"), "成果归谁", most=200)

    def known(self, session: Session, origin: Origin, keys: Sequence[str]) -> Mapping[str, Demand]:
        ids = ids_among(keys)
        query = select(Demand).options(selectinload(Demand.targets), selectinload(Demand.organisation))
        found = {one.number: one for one in session.scalars(query.where(Demand.number.in_(keys)))}
        found |= {ids[one.id]: one for one in session.scalars(query.where(Demand.id.in_(ids)))} if ids else {}
        return found | {one.external_id: one for one in session.scalars(
            query.where(Demand.source == origin.source, Demand.external_id.in_(keys)))}

    def settle(self, session: Session, origin: Origin, rows: Sequence[Judged], cells: Mapping[int, Cells]) -> None:
        self._find_twins(session, [one for one in rows if one.verdict is Verdict.new])
        for one in rows:
            if one.verdict in (Verdict.new, Verdict.changed):
                refuse_problems(one, given_away.check_demand, cells[one.row.number], one.values, one.held)
        refuse_anothers(rows, origin, OWNERS_ONLY)

    def _find_twins(self, session: Session, rows: Sequence[Judged]) -> None:
        """A demand with the same title and text that is open already, whoever posted it, is not posted twice."""
        held = session.execute(select(Demand.title, Demand.problem).where(
            Demand.title.in_({one.values["title"] for one in rows}),
            Demand.status.in_((DemandStatus.published, DemandStatus.submitted, DemandStatus.taken))))
        there = {(plain(title), plain(problem)) for title, problem in held}
        for one in rows:
            if (plain(one.values["title"]), plain(one.values.get("problem", ""))) in there:
                one.verdict, one.note = Verdict.duplicate, "标题和正文都一样的需求已经张榜，没有再加"

    def same(self, held: Demand, values: Mapping[str, Any]) -> bool:
        """Where it stands on the board moves by what people do, never by a sheet."""
        return all(_held(held, column) == value for column, value in values.items() if column not in NEVER_CHANGED)

    def write(self, session: Session, origin: Origin, rows: Sequence[Judged]) -> None:
        firms = bodies_named(session, {one.values["firm"] for one in rows if one.values.get("firm")})
        ids = insert_demands(session, origin, [
            (as_id(one.key) or uuid.uuid4(), one.values | _posted(one.values, now()) | {
                "organisation_id": firms.get(one.values.get("firm", ""))}) for one in rows if one.held is None])
        for one in rows:
            if one.held is not None:
                change(session, one.held, one.values, firms)
                ids.append((one.held.id, False))
        session.flush()
        write_traces(session, origin, PostingKind.demand, Demand, ids)


def _posted(values: Mapping[str, Any], at: dt.datetime) -> dict[str, Any]:
    """In which state a row comes in, and since when everybody sees it."""
    status = COMES_IN.get(values.get("state"), DemandStatus.published)
    return {"status": status, "published_at": None if status is DemandStatus.draft else at}


def insert_demands(session: Session, origin: Origin,
                   rows: Sequence[tuple[uuid.UUID, Mapping[str, Any]]]) -> list[tuple[uuid.UUID, bool]]:
    """New demands, each with its id and values, `status` among these; `firm` and `state` are left to who calls."""
    if not rows:
        return []
    at, made, targets = now(), [], []
    for demand_id, values in rows:
        columns = {column: value for column, value in values.items() if column not in ("targets", "firm", "state")}
        made.append({"budget_min": None, "budget_max": None, "deadline": None, "cooperation_type": None} | columns | {
            "id": demand_id, "source": origin.source, "updated_at": at})
        targets += [{"id": uuid.uuid4(), "demand_id": demand_id, "position": position, **target}
                    for position, target in enumerate(values.get("targets") or (), 1)]
    for alike in _alike(made):
        session.execute(insert(Demand), alike)
    if targets:
        session.execute(insert(DemandTarget), targets)
    session.execute(insert(DemandEvent), [
        {"id": uuid.uuid4(), "demand_id": row["id"], "status": row["status"], "at": at,
         "actor_id": origin.actor.id if origin.actor else None} for row in made])
    return [(row["id"], True) for row in made]


def _alike(rows: list[dict]) -> list[list[dict]]:
    """Rows with the same columns together: one statement each."""
    groups: dict[tuple, list[dict]] = {}
    for row in rows:
        groups.setdefault(tuple(sorted(row)), []).append(row)
    return list(groups.values())


def change(session: Session, demand: Demand, values: Mapping[str, Any], firms: Mapping[str, uuid.UUID]) -> None:
    """Give a demand what its row says."""
    for column, value in values.items():
        if column == "targets":
            demand.targets.clear()
            session.flush()  # positions are unique: the old rows must be gone before the new ones come
            demand.targets.extend(DemandTarget(position=at, **target) for at, target in enumerate(value, 1))
        elif column == "firm":
            demand.organisation_id = firms.get(value)
        elif column not in NEVER_CHANGED:
            setattr(demand, column, value)
    demand.updated_at = now()


def _held(demand: Demand, column: str) -> Any:
    if column == "targets":
        return [{"what": one.what, "figure": one.figure, "measure": one.measure, "required": one.required}
                for one in demand.targets]
    if column == "firm":
        return demand.organisation.name if demand.organisation else ""
    return getattr(demand, column)


def number_of(demand: Demand) -> str:
    """By what a demand is known again: its own number, that of the sheet it came from, else its id."""
    if demand.source == "file":
        return demand.external_id or str(demand.id)
    return demand.number or str(demand.id)


def write_targets(targets: Sequence[DemandTarget]) -> str:
    """One line a target: what | figure | how it is measured | 必须 or 最好."""
    return "\n".join(joined((one.what, one.figure, one.measure, "必须" if one.required else "最好")) for one in targets)


def read_targets(value: str, field: str) -> list[dict[str, Any]]:
    """Targets from lines: 跳动量 | ≤0.03 mm | 百分表 | 必须. A line without bars is the target's whole text."""
    lines = [part.strip() for part in value.replace("\r", "\n").split("\n") if part.strip()]
    if len(lines) > MOST_TARGETS:
        raise Invalid(f"指标最多 {MOST_TARGETS} 行，现在 {len(lines)} 行", field=field)
    return [_target(one, number, field) for number, one in enumerate(lines, 1)]


def _target(typed: str, number: int, field: str) -> dict[str, Any]:
    what, figure, measure, required = (*parted(typed), "", "", "")[:4]
    return {"what": line(what, field, f"第 {number} 行指标", most=120, least=1),
            "figure": line(figure, field, f"第 {number} 行指标值", most=120),
            "measure": line(measure, field, f"第 {number} 行怎么测", most=300), "required": required != "最好"}


def _level(value: str, name: str) -> Confidentiality:
    value = value.strip() or "全文公开"
    if value in LEVELS:
        return LEVELS[value]
    try:
        return Confidentiality(value)
    except ValueError:
        raise Invalid("谁能看到全文写 " + "、".join(LEVELS), field=name) from None


def _cooperation(value: str, name: str) -> CooperationType | None:
    value = value.strip()
    if not value or value in COOPERATION:
        return COOPERATION.get(value)
    try:
        return CooperationType(value)
    except ValueError:
        raise Invalid("合作方式写 " + "、".join(COOPERATION), field=name) from None

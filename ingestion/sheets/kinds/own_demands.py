"""An enterprise's own demands in a sheet: drafts that it then completes and hands in, as if it had typed them."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from ingestion.demand_forms import ABSTRACT, LONG_TEXT, MAX_TARGETS, PROBLEM, TITLE, TargetRow, check_deadline
from ingestion.demands import EDITABLE, STATUS_NAMES
from ingestion.findings import Findings, errors_of
from ingestion.organisations import bare_name
from ingestion.sheets import given_away
from ingestion.sheets.cells import Cells
from ingestion.sheets.judging import Judged, Origin, Verdict
from ingestion.sheets.keys import content_key, ids_among, plain
from ingestion.sheets.kinds.demands import DemandRows, change, insert_demands
from ingestion.sheets.posted import note_twins, refuse_problems, write_audit
from models.accounts import Organisation
from models.demands import Demand, DemandStatus
from models.errors import Invalid

PREFILLED = ("industry_code", "district_code")
"""What a new draft has from its enterprise where the sheet says nothing."""


class OwnDemandRows(DemandRows):
    """Known again are the enterprise's demands only, by their number, their id or an earlier sheet's number."""

    most: Mapping[str, int] = {"title": TITLE, "text": PROBLEM, "constraints": LONG_TEXT, "tried": LONG_TEXT,
                               "offers": LONG_TEXT, "abstract": ABSTRACT}

    def key(self, cells: Cells) -> str:
        return cells("_id").strip() or content_key(cells("title"))

    def read(self, cells: Cells, key: str) -> dict[str, Any]:
        values = super().read(cells, key)
        return {column: value for column, value in values.items() if value or column not in PREFILLED}

    def further(self, findings: Findings, cells: Cells, values: Mapping[str, Any]) -> None:
        """The bounds of the form on the site, so that every draft can be opened there and saved."""
        typed = Findings()
        check_deadline(typed, values.get("deadline"), whole=False)
        typed.check(_check_targets, values.get("targets") or ())
        for one in typed.errors:
            findings.add(one.message, cells.name(one.field or ""))

    def known(self, session: Session, origin: Origin, keys: Sequence[str]) -> Mapping[str, Demand]:
        own = select(Demand).where(Demand.organisation_id == origin.owner_id).options(
            selectinload(Demand.targets), selectinload(Demand.organisation))
        ids = ids_among(keys)
        found = {one.external_id: one for one in session.scalars(
            own.where(Demand.source == origin.source, Demand.external_id.in_(keys)))}
        found |= {ids[one.id]: one for one in session.scalars(own.where(Demand.id.in_(ids)))} if ids else {}
        return found | {one.number: one for one in session.scalars(own.where(Demand.number.in_(keys)))}

    def settle(self, session: Session, origin: Origin, rows: Sequence[Judged], cells: Mapping[int, Cells]) -> None:
        firm = session.get_one(Organisation, origin.owner_id)
        self._find_own_twins(session, firm, [one for one in rows if one.verdict is Verdict.new])
        others = set(session.scalars(select(Demand.number).where(
            Demand.number.in_({one.key for one in rows if one.verdict is Verdict.new}))))
        for one in rows:
            if one.verdict not in (Verdict.new, Verdict.changed):
                continue
            row = cells[one.row.number]
            refuse_problems(one, given_away.check_contacts, row, one.values)
            if not _names(firm, one.values.get("firm", "")):
                one.refuse(row.name("firm"), f"“{one.values['firm']}”不是您的单位。只能上传{firm.name}的需求，这一格可以空着")
            if one.key in others:
                one.refuse(row.name("_id"), "这是别的单位的需求编号。新的需求请把编号空着，或换一个自己的编号")
            if one.verdict is Verdict.changed and one.held.status not in EDITABLE:
                one.refuse("", f"这条需求{STATUS_NAMES[one.held.status]}，不能用表改。先在网站上撤回，再传")

    def _find_own_twins(self, session: Session, firm: Organisation, rows: Sequence[Judged]) -> None:
        held = session.execute(select(Demand.title, Demand.problem).where(
            Demand.organisation_id == firm.id, Demand.title.in_({one.values["title"] for one in rows})))
        note_twins(rows, held, "problem", "标题和难题都一样的需求您已经有了，没有再加")

    def same(self, held: Demand, values: Mapping[str, Any]) -> bool:
        return super().same(held, {column: value for column, value in values.items() if column != "firm"})

    def write(self, session: Session, origin: Origin, rows: Sequence[Judged]) -> None:
        """Drafts, of which nobody but their enterprise hears: nothing is indexed before it is posted."""
        firm = session.get_one(Organisation, origin.owner_id)
        every = {column: getattr(firm, column) for column in PREFILLED} | {
            "organisation_id": firm.id, "author_id": origin.actor.id if origin.actor else None,
            "status": DemandStatus.draft}
        ids = insert_demands(session, origin, [(uuid.uuid4(), every | one.values) for one in rows if one.held is None])
        for one in rows:
            if one.held is not None:
                change(session, one.held, {key: value for key, value in one.values.items() if key != "firm"}, {})
                ids.append((one.held.id, False))
        session.flush()
        write_audit(session, origin, "demand", Demand, ids)


def _check_targets(targets: Sequence[Mapping[str, Any]]) -> None:
    """Invalid, for the field `targets`, where the form on the site would not take them."""
    findings = Findings()
    if len(targets) > MAX_TARGETS:
        findings.add(f"指标最多 {MAX_TARGETS} 行，现在 {len(targets)} 行", "targets")
    for number, one in enumerate(targets[:MAX_TARGETS], 1):
        try:
            TargetRow(**one).checked(number, number, whole=False)
        except Invalid as error:
            for wrong in errors_of(error):
                findings.add(wrong.message, "targets")
    findings.settle()


def _names(firm: Organisation, typed: str) -> bool:
    """Whether a cell is empty or means this very organisation."""
    return not typed or plain(typed) in {plain(name) for name in (firm.name, firm.short_name, bare_name(firm.name))}

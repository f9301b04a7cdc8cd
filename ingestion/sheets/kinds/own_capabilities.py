"""An expert's own capabilities in a sheet: hidden until the expert has looked at each and shows it."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from ingestion.capabilities import FIELD, MAX_CLAIMS, SUMMARY, TITLE, ClaimRow
from ingestion.findings import Findings
from ingestion.sheets import given_away
from ingestion.sheets.cells import Cells
from ingestion.sheets.judging import Judged, Origin, Verdict
from ingestion.sheets.keys import content_key, ids_among
from ingestion.sheets.kinds.capabilities import CapabilityRows, change, insert_capabilities
from ingestion.sheets.posted import note_twins, refuse_problems, write_audit
from ingestion.validation import line, text
from models.accounts import Expert
from models.capabilities import Capability, CapabilityStatus
from models.sheets import SheetKind


class OwnCapabilityRows(CapabilityRows):
    """Every row keeps the bounds of the form on the site, since showing a capability asks for nothing more."""

    kind = SheetKind.capability

    def key(self, cells: Cells) -> str:
        return cells("_id").strip() or content_key(cells("title"))

    def read(self, cells: Cells, key: str) -> dict[str, Any]:
        values = super().read(cells, key)
        return {column: value for column, value in values.items() if value or column != "field"}

    def further(self, findings: Findings, cells: Cells, values: Mapping[str, Any]) -> None:
        for name, column, check, bounds in (("title", "title", line, TITLE), ("text", "summary", text, SUMMARY),
                                            ("field", "field", line, FIELD)):
            if values.get(column) or name == "text":
                findings.check(check, values.get(column) or "", cells.name(name), cells.columns.labels[name], **bounds)
        typed = Findings()
        claims = values.get("claims") or ()
        if len(claims) > MAX_CLAIMS:
            typed.add(f"做成过的事最多写 {MAX_CLAIMS} 条，现在 {len(claims)} 条", "claims")
        for number, one in enumerate(claims[:MAX_CLAIMS], 1):
            typed.check(ClaimRow(one["text"], str(one["year"] or ""), one["proof"]).checked, number, number)
        for one in typed.errors:
            findings.add(one.message, cells.name("claims"))

    def known(self, session: Session, origin: Origin, keys: Sequence[str]) -> Mapping[str, Capability]:
        own = select(Capability).where(Capability.expert_id == origin.owner_id).options(
            selectinload(Capability.claims))
        ids = ids_among(keys)
        found = {one.external_id: one for one in session.scalars(
            own.where(Capability.source == origin.source, Capability.external_id.in_(keys)))}
        return found | ({ids[one.id]: one for one in session.scalars(own.where(Capability.id.in_(ids)))} if ids else {})

    def settle(self, session: Session, origin: Origin, rows: Sequence[Judged], cells: Mapping[int, Cells]) -> None:
        expert = session.get_one(Expert, origin.owner_id)
        self._find_own_twins(session, expert, [one for one in rows if one.verdict is Verdict.new])
        for one in rows:
            if one.verdict not in (Verdict.new, Verdict.changed):
                continue
            row = cells[one.row.number]
            refuse_problems(one, given_away.check_capability, row, one.values)
            if one.values.get("expert_id") not in (None, expert.id):
                one.refuse(row.name("expert"), "这不是您的专家编号。只能上传自己的本领，这一格可以空着")
            if one.verdict is Verdict.changed and one.held.status is CapabilityStatus.published:
                one.refuse("", "这条本领正公开着，不能用表改。先在网站上收起，再传")

    def _find_own_twins(self, session: Session, expert: Expert, rows: Sequence[Judged]) -> None:
        held = session.execute(select(Capability.title, Capability.summary).where(
            Capability.expert_id == expert.id, Capability.title.in_({one.values["title"] for one in rows})))
        note_twins(rows, held, "summary", "标题和简介都一样的本领您已经登记了，没有再加")

    def same(self, held: Capability, values: Mapping[str, Any]) -> bool:
        return super().same(held, {column: value for column, value in values.items() if column != "expert_id"})

    def write(self, session: Session, origin: Origin, rows: Sequence[Judged]) -> None:
        expert = session.get_one(Expert, origin.owner_id)
        every = {"field": expert.field}
        written = insert_capabilities(session, origin, [
            (uuid.uuid4(), every | one.values | {"expert_id": expert.id}) for one in rows if one.held is None],
            CapabilityStatus.hidden)
        for one in rows:
            if one.held is not None:
                change(session, one.held, {key: value for key, value in one.values.items() if key != "expert_id"})
                written.append((one.held.id, False))
        session.flush()
        write_audit(session, origin, "capability", Capability, written)

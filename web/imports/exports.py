"""Lists taken out as sheets that can be brought in again, and the mistakes of an import as a sheet to be mended."""

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import ColumnElement

from ingestion.capabilities import expert_of
from ingestion.sheets import batches, exporting
from ingestion.sheets.corrections import corrected_copy
from ingestion.sheets.fields import KIND_NAMES
from models.accounts import Role
from models.base import today
from models.capabilities import Capability
from models.demands import Demand
from models.errors import NotFound
from models.sheets import BatchState, SheetBatch, SheetKind
from web import access
from web.downloads import attachment
from web.identity import me
from web.imports.places import STAFF
from web.limits import EXPORT, limiter
from web.sessions import db, pause
from web.sheets import XLSX


@access.staff
@limiter.limit(EXPORT)
def export(kind):
    """Every row of a kind. People's phone numbers are in it: for staff only."""
    if kind not in set(SheetKind):
        raise NotFound(_("没有这种表"))
    kind = SheetKind(kind)
    lines = list(exporting.rows(db(), kind))
    pause()
    return attachment(exporting.workbook(kind, lines), f"{KIND_NAMES[kind]}-{today().isoformat()}.xlsx", XLSX)


@access.roles(Role.enterprise)
@limiter.limit(EXPORT)
def own_demands():
    """Every demand of one's enterprise, drafts too."""
    firm = me().organisation_for(Role.enterprise)
    return _own(SheetKind.demand, Demand.organisation_id == firm.id)


@access.roles(Role.expert)
@limiter.limit(EXPORT)
def own_capabilities():
    """Every capability of one's own, hidden ones too."""
    return _own(SheetKind.capability, Capability.expert_id == expert_of(db(), me()).id)


def _own(kind: SheetKind, mine: ColumnElement[bool]):
    lines = list(exporting.rows(db(), kind, mine))
    pause()
    return attachment(exporting.workbook(kind, lines), f"{KIND_NAMES[kind]}-{today().isoformat()}.xlsx", XLSX)


@access.staff
@limiter.limit(EXPORT)
def errors(batch_id):
    return mistakes(STAFF.find(batch_id))


def mistakes(batch: SheetBatch):
    """What is wrong with a batch, as a sheet to be mended and brought in again."""
    wrong = batches.problems(db(), batch)
    if not wrong:
        raise NotFound(_("这次导入没有错"))
    pause()
    table = batches.table_of_batch(current_app.extensions["settings"], batch)
    only_wrong = batch.state in (BatchState.running, BatchState.done)
    copy = corrected_copy(table, wrong, only_wrong=only_wrong)
    return attachment(copy, f"改错-{batch.name.rsplit('.', 1)[0]}.xlsx", XLSX)

"""Lists taken out as sheets that can be brought in again, and the mistakes of an import as a sheet to be mended."""

from flask import current_app
from flask_babel import gettext as _

from ingestion.capabilities import expert_of
from ingestion.sheets import batches
from ingestion.sheets.corrections import corrected_copy
from models.accounts import Role
from models.capabilities import Capability
from models.demands import Demand
from models.errors import Forbidden, NotFound
from models.sheets import BatchState, SheetBatch, SheetKind
from web import access
from web.downloads import attachment
from web.identity import has_role, me
from web.imports.places import STAFF
from web.limits import EXPORT, limiter
from web.lists import as_sheet
from web.sessions import db, pause
from web.sheets import XLSX


@access.staff
@limiter.limit(EXPORT)
def export(kind):
    """Every row of a kind. People's phone numbers are in it: for staff only."""
    if kind not in set(SheetKind):
        raise NotFound(_("没有这种表"))
    if SheetKind(kind) is SheetKind.member and not has_role(Role.admin):
        raise Forbidden(_("成员的手机号和邮箱在里面，只有管理员可以导出"))
    return as_sheet(SheetKind(kind))


@access.roles(Role.enterprise)
@limiter.limit(EXPORT)
def own_demands():
    """Every demand of one's enterprise, drafts too."""
    firm = me().organisation_for(Role.enterprise)
    return as_sheet(SheetKind.demand, Demand.organisation_id == firm.id)


@access.roles(Role.expert)
@limiter.limit(EXPORT)
def own_capabilities():
    """Every capability of one's own, hidden ones too."""
    return as_sheet(SheetKind.capability, Capability.expert_id == expert_of(db(), me()).id)


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

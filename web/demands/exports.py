"""The hall as a sheet: what its filters leave, and of each demand what the hall shows."""

from flask import request

from ingestion.sheets.writers import demand_row, listed_demand_row
from models.accounts import Role
from models.sheets import SheetKind
from web import access
from web.demands import listing
from web.demands.filters import Filters
from web.demands.found import demand_ids
from web.identity import has_role
from web.limits import EXPORT, limiter
from web.lists import as_sheet


@access.member
@limiter.limit(EXPORT)
def hall():
    """For members: it costs as much as a thousand pages of the list. Staff may read every full text, and get it."""
    filters = Filters.read(request.args)
    found = demand_ids(filters.q, filters.taken) if filters.q else None
    write = demand_row if has_role(Role.staff, Role.admin) else listed_demand_row
    from_hall = listing.where(filters, found)
    return as_sheet(SheetKind.demand, *from_hall, write=write)

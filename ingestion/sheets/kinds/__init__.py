"""The kinds of rows that sheets bring in and take out, one module each."""

from ingestion.sheets.judging import RowKind
from ingestion.sheets.kinds.capabilities import CapabilityRows
from ingestion.sheets.kinds.demands import DemandRows
from ingestion.sheets.kinds.experts import ExpertRows
from ingestion.sheets.kinds.organisations import OrganisationRows
from models.sheets import SheetKind

ROWS: dict[SheetKind, RowKind] = {rows.kind: rows for rows in (DemandRows(), CapabilityRows(), OrganisationRows(),
                                                               ExpertRows())}

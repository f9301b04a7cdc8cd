"""The kinds of rows that sheets bring in and take out, one module each."""

from ingestion.sheets.fields import SheetKind
from ingestion.sheets.judging import RowKind
from ingestion.sheets.kinds.capabilities import CapabilityRows
from ingestion.sheets.kinds.demands import DemandRows
from ingestion.sheets.kinds.experts import ExpertRows
from ingestion.sheets.kinds.organisations import OrganisationRows

ROWS: dict[SheetKind, RowKind] = {rows.kind: rows for rows in (DemandRows(), CapabilityRows(), OrganisationRows(),
                                                               ExpertRows())}

"""The kinds of rows that sheets bring in and take out, one module each."""

from ingestion.sheets.judging import RowKind
from ingestion.sheets.kinds.activities import ActivityRows
from ingestion.sheets.kinds.calendar import CalendarRows
from ingestion.sheets.kinds.capabilities import CapabilityRows
from ingestion.sheets.kinds.conflicts import ConflictRows
from ingestion.sheets.kinds.contracts import ContractRows
from ingestion.sheets.kinds.demands import DemandRows
from ingestion.sheets.kinds.engagements import EngagementRows
from ingestion.sheets.kinds.experts import ExpertRows
from ingestion.sheets.kinds.members import MemberRows
from ingestion.sheets.kinds.organisations import OrganisationRows
from ingestion.sheets.kinds.own_capabilities import OwnCapabilityRows
from ingestion.sheets.kinds.own_demands import OwnDemandRows
from models.sheets import SheetKind

ROWS: dict[SheetKind, RowKind] = {rows.kind: rows for rows in (
    OrganisationRows(), ExpertRows(), MemberRows(), CapabilityRows(), DemandRows(), ActivityRows(), ConflictRows(),
    EngagementRows(), ContractRows(), CalendarRows())}
"""In the order in which they are brought into an empty city: each names only what comes before it."""
OWN_ROWS: dict[SheetKind, RowKind] = {rows.kind: rows for rows in (OwnDemandRows(), OwnCapabilityRows())}
"""What members bring in of their own: drafts."""

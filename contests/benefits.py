"""Realised benefit in the ledger: each report is a further entry that cites the collaboration, never a change of it."""

from sqlalchemy.orm import Session

from contests import leaves
from ledger import log
from models.accounts import User
from models.contracts import BenefitReport, Collaboration


def record_benefit(session: Session, collaboration: Collaboration, report: BenefitReport) -> int:
    """Enter a flushed report under the name of who made it; sets its `ledger_index`, flushes, returns the index."""
    reporter = session.get_one(User, report.reported_by_id)
    leaf = log.append(session, "benefit.reported", leaves.benefit(report, reporter.name, collaboration),
                      refs=[collaboration.ledger_index], event_id=report.id)
    report.ledger_index = leaf.index
    session.flush()
    return leaf.index

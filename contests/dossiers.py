"""One entrant's evidence as a dossier ZIP: the registration, the claims it rests on, their contracts and findings."""

import pathlib
import typing
from collections.abc import Callable, Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from ledger import dossier, log
from ledger.canonical import loads
from ledger.leaf import Entry as LedgerEntry
from models.contests import Entry
from models.contracts import BenefitReport, Collaboration
from models.errors import Conflict
from models.files import StoredFile

WITHHELD = {"brokers", "claimant.id", "confirmed", "reporter.id", "verifier.id"}
"""Fields that stay hidden: other people's shares, and ids that mean something only on the platform."""
SCAN = "contract.scan"
EXTENSIONS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


def write_dossier(session: Session, entry: Entry, locate: Callable[[StoredFile], pathlib.Path],
                  out: typing.BinaryIO) -> None:
    """Write the dossier of a submitted entry. `locate` gives the path of a stored file's bytes.

    Conflict before submission, and while the newest leaf waits to be signed (a minute at most); Refused over 200 MB.
    """
    if entry.ledger_index is None:
        raise Conflict("还没有提交报名，没有可以导出的佐证包")
    material = log.material(session, sorted(_indexes(entry) | _benefit_indexes(session, entry)))
    opened = {one.index: sorted(one.openings.keys() - WITHHELD) for one in material.entries}
    dossier.build(material, out, disclose=opened, attachments=_scans(session, material.entries, locate))


def _indexes(entry: Entry) -> set[int]:
    found = {entry.ledger_index}
    for row in entry.evidence:
        found |= {row.ledger_index, *_collaboration_indexes(row.collaboration)}
    return found


def _benefit_indexes(session: Session, entry: Entry) -> set[int]:
    """The reports of realised benefit on the entry's contracts."""
    contracts = [row.contract_id for row in entry.evidence]
    return set(session.scalars(select(BenefitReport.ledger_index).where(
        BenefitReport.contract_id.in_(contracts), BenefitReport.ledger_index.is_not(None))))


def _collaboration_indexes(collaboration: Collaboration) -> set[int]:
    return {collaboration.ledger_index, *(act.ledger_index for act in collaboration.verifications)}


def _scans(session: Session, entries: Iterable[LedgerEntry],
           locate: Callable[[StoredFile], pathlib.Path]) -> list[dossier.Attachment]:
    """The contract scans whose hashes the disclosed fields state, each once."""
    hashes = {loads(one.openings[SCAN].value) for one in entries if SCAN in one.openings}
    stored = session.scalars(select(StoredFile).where(StoredFile.sha256.in_(hashes)).order_by(StoredFile.uploaded_at))
    by_hash = {file.sha256: file for file in stored}
    return [dossier.Attachment(sha256, EXTENSIONS[file.media_type], locate(file)) for sha256, file in
            sorted(by_hash.items())]
